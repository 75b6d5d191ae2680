"""A sketch of a report, known before its event is built, so that a flood of equal events is built once.

A protocol whose `outline` can give a sketch lets the digest reuse what it made of the last event with an
equal one.
"""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from app.protocols.delivery import Delivery


class Sketch(Struct, frozen=True):
    """A report that holds one event, no attachments, no feedback, and has no problem.

    `same` is everything that the event is filed by, except `event_id`, `timestamp` and what the report itself
    says. `deliver` builds the event.
    """

    same: bytes
    event_id: str
    timestamp: datetime
    deliver: Callable[[], Delivery]


Outlined = Delivery | Sketch


def delivered(outlined: Outlined) -> Delivery:
    """The delivery, built from the sketch where there is one."""
    return outlined.deliver() if isinstance(outlined, Sketch) else outlined
