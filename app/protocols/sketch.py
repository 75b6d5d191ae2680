"""A sketch of a report, made before its event is built, so that of a flood of equal events one is built.

Where a protocol's `outline` returns a sketch, the digest reuses the result of the last event with an equal
one.
"""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from app.protocols.delivery import Delivery


class Sketch(Struct, frozen=True):
    """A report that holds one event, no attachments, no feedback, and has no problem.

    `encode` writes down everything that filing the event depends on, except `event_id`, `timestamp` and the
    report's own fields: equal for events that are filed alike; None where that cannot be done. `deliver`
    builds the event. `trace_id` is the trace that it belongs to, empty where it names none.
    """

    encode: Callable[[], bytes | None]
    event_id: str
    timestamp: datetime
    deliver: Callable[[], Delivery]
    trace_id: str = ""


Outlined = Delivery | Sketch


def delivered(outlined: Outlined) -> Delivery:
    """The delivery, built from the sketch where there is one."""
    return outlined.deliver() if isinstance(outlined, Sketch) else outlined
