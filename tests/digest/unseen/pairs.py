"""A pair of events and what a developer says of them, apart from those that grouping was tuned on.

What is made of recordings, of `messages` and of `written` was made before its author had seen the algorithm;
the tables in `named` and `logged` were added afterwards, where there seemed to be gaps.
"""

from random import Random

from msgspec import Struct

from app.model import Event

Two = tuple[Event, Event]


class Base(Struct, frozen=True):
    """A real event, and the name by which a failure is reported."""

    name: str
    event: Event


class Pair(Struct, frozen=True):
    """Two events that tell of the `same` bug, or not; `kind` is the transformation between them."""

    name: str
    kind: str
    same: bool
    one: Event
    two: Event


def dice(*names: str) -> Random:
    """Chance that falls alike in every run."""
    return Random("/".join(names))
