"""What is wished for from outside the engine's process, which sees that somebody has written, and does it.

A wish is taken back only when what it asks for has begun, so that it outlives an engine that is killed.
"""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select

from app.store.schema import wishes


class Kind(StrEnum):
    """What can be wished for. `RUN`: that the job named by the argument runs now."""

    RUN = "run"


class Wish(Struct, frozen=True):
    """A wish that waits."""

    id: int
    kind: str
    argument: str


def add(connection: Connection, kind: Kind, argument: str, now: int) -> None:
    """Wish for something; `now` in microseconds."""
    connection.execute(insert(wishes).values(kind=kind, argument=argument, at=now))


def waiting(connection: Connection) -> list[Wish]:
    """All wishes, the oldest first."""
    rows = connection.execute(select(wishes.c.id, wishes.c.kind, wishes.c.argument).order_by(wishes.c.id))
    return [Wish(*row) for row in rows]


def take_back(connection: Connection, granted: Sequence[Wish]) -> None:
    """These have been granted."""
    connection.execute(delete(wishes).where(wishes.c.id.in_([wish.id for wish in granted])))
