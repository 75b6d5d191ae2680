"""The table `listener_failures`: one row a listener, place and error, with a count; the newest stay."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, delete, func, insert, select, update

from app.model import from_micros
from app.secrets_in_text import hide
from app.store.schema import listener_failures as failures

MOST_FAILURES = 100


class NewFailure(Struct, frozen=True, kw_only=True):
    """A failure of `listener` at `place` (file:line), at a time in microseconds."""

    at: int
    listener: str
    place: str
    error: str
    traceback: str


class ListenerFailure(Struct, frozen=True, kw_only=True):
    """A failure as it is stored: `at` is when it happened last, `count` how often it has."""

    id: int
    at: datetime
    listener: str
    place: str
    error: str
    traceback: str
    count: int


def record(connection: Connection, failed: Sequence[NewFailure]) -> None:
    """Store failures, and count those that are stored already. The newest `MOST_FAILURES` stay."""
    for new in failed:
        same = (
            (failures.c.listener == new.listener)
            & (failures.c.place == new.place)
            & (failures.c.error == new.error)
        )
        again = update(failures).where(same)
        values = {"at": new.at, "traceback": new.traceback}
        if not connection.execute(again.values(values | {"count": failures.c.count + 1})).rowcount:
            about = {"listener": new.listener, "place": new.place, "error": new.error}
            connection.execute(insert(failures).values(values | about | {"count": 1}))
    newest = select(failures.c.id).order_by(failures.c.at.desc(), failures.c.id.desc()).limit(MOST_FAILURES)
    if connection.execute(select(func.count()).select_from(failures)).scalar_one() > MOST_FAILURES:
        connection.execute(delete(failures).where(failures.c.id.not_in(newest)))


def listed(connection: Connection) -> list[ListenerFailure]:
    """All failures, the newest first."""
    rows = connection.execute(select(*failures.c).order_by(failures.c.at.desc(), failures.c.id.desc()))
    return [_failure(**row) for row in rows.mappings()]


def _failure(*, at: int, error: str, traceback: str, **others: Any) -> ListenerFailure:
    return ListenerFailure(at=from_micros(at), error=hide(error), traceback=hide(traceback), **others)
