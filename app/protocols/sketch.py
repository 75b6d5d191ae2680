"""An event in outline, told apart from its id and its time: in a flood the same is told again and again.

A protocol whose `outline` can tell that much before it has built the event gives a sketch of it, and what
was made of the last event with the same sketch need not be made again.
"""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from app.protocols.delivery import Delivery


class Sketch(Struct, frozen=True):
    """A report that is one event, with nothing beside it and no problem.

    `same` is everything that the event is filed by, except what the report itself says, `event_id` and
    `timestamp`. `deliver` builds the event.
    """

    same: bytes
    event_id: str
    timestamp: datetime
    deliver: Callable[[], Delivery]


Outlined = Delivery | Sketch


def delivered(outlined: Outlined) -> Delivery:
    """The delivery itself."""
    return outlined.deliver() if isinstance(outlined, Sketch) else outlined
