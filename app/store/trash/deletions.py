"""The table `deletions`: what was deleted, a row an act, as long as anything of it can be brought back."""

from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, update

from app.model import from_micros
from app.secrets_in_text import hide
from app.store import schema as t
from app.store.prepared import Prepared

# How long what was deleted can be brought back.
LASTS = 86_400_000_000
# Where it cannot be removed when it is due, it is tried again after this time.
AGAIN_AFTER = 3_600_000_000
LISTED = 200


class Deletion(Struct, frozen=True, kw_only=True):
    """An act of deleting: `issues` is how many of them can still be brought back, until `goes_at`."""

    id: int
    at: datetime
    goes_at: datetime
    title: str
    issues: int


def begin(connection: Connection, title: str, now: int) -> int:
    """Store that something is deleted now, in microseconds; returns the deletion's number."""
    row = insert(t.deletions).values(at=now, due_at=now + LASTS, title=title)
    return int(connection.execute(row.returning(t.deletions.c.id)).scalar_one())


def listed(connection: Connection, limit: int = LISTED) -> list[Deletion]:
    """The newest deletions of which anything can be brought back, the newest first."""
    rows = connection.execute(select(*t.deletions.c).order_by(t.deletions.c.id.desc()).limit(limit)).all()
    return [
        Deletion(
            id=row.id,
            at=from_micros(row.at),
            goes_at=from_micros(row.at + LASTS),
            title=hide(row.title),
            issues=_NUMBER.value(connection, number=row.id),
        )
        for row in rows
    ]


def issues_of(connection: Connection, number: int) -> list[int]:
    """The issues of a deletion that are still in the trash, in their order."""
    return [issue for (issue,) in _ISSUES.rows(connection, number=number)]


def are_any(connection: Connection, number: int, issue_ids: Collection[int]) -> bool:
    """Whether any of these issues is in the trash by this deletion."""
    deleted = t.deleted_issues.c
    query = select(deleted.issue_id).where(deleted.deletion_id == number, deleted.issue_id.in_(issue_ids))
    return connection.execute(query.limit(1)).first() is not None


def is_over(connection: Connection, number: int, now: int) -> bool:
    """Whether the day is over in which this deletion can be undone, or nothing of it is left."""
    at = connection.execute(select(t.deletions.c.at).where(t.deletions.c.id == number)).scalar()
    return at is None or at + LASTS <= now


def end_empty(connection: Connection, number: int) -> None:
    """Forget a deletion of which nothing is left."""
    left = exists().where(t.deleted_issues.c.deletion_id == t.deletions.c.id)
    connection.execute(delete(t.deletions).where(t.deletions.c.id == number, ~left))


def next_due(connection: Connection) -> int | None:
    """When the next one is to be removed for good, in microseconds."""
    due: int | None = _NEXT_DUE.value(connection)
    return due


def due(connection: Connection, now: int) -> Sequence[int]:
    """The deletions that are due, by number, the longest first."""
    columns = t.deletions.c
    query = select(columns.id).where(columns.due_at <= now).order_by(columns.due_at).limit(LISTED)
    return connection.execute(query).scalars().all()


def put_off(connection: Connection, number: int, now: int) -> None:
    """Try again later: some of it cannot be removed yet."""
    row = t.deletions.c.id == number
    connection.execute(update(t.deletions).where(row).values(due_at=now + AGAIN_AFTER))


_OF_DELETION = t.deleted_issues.c.deletion_id == bindparam("number")
_NUMBER = Prepared(select(func.count()).select_from(t.deleted_issues).where(_OF_DELETION))
_ISSUES = Prepared(
    select(t.deleted_issues.c.issue_id).where(_OF_DELETION).order_by(t.deleted_issues.c.issue_id)
)
_NEXT_DUE = Prepared(select(t.deletions.c.due_at).order_by(t.deletions.c.due_at).limit(1))
