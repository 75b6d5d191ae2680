"""What a person does to issues. Each action returns what undoes it, and changes what it says or nothing."""

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import Connection, bindparam, select, update

from app.model import IssueState
from app.store.revision import bump
from app.store.schema import issues


class Undo(Struct, frozen=True):
    """How things were: (issue, its state, whether it was unread)."""

    before: tuple[tuple[int, IssueState, bool], ...]


def set_state(connection: Connection, issue_ids: Sequence[int], state: IssueState) -> Undo:
    """Resolve, mute or reopen issues. What a person has dealt with counts as read."""
    before = _as_they_are(connection, issue_ids)
    _apply(connection, Undo(tuple((issue_id, state, False) for issue_id, _state, _unread in before.before)))
    return before


def set_unread(connection: Connection, issue_ids: Sequence[int], unread: bool) -> Undo:
    """Mark issues as read or unread."""
    before = _as_they_are(connection, issue_ids)
    _apply(connection, Undo(tuple((issue_id, state, unread) for issue_id, state, _unread in before.before)))
    return before


def undo(connection: Connection, undo: Undo) -> None:
    """Put the issues back to how they were. Their events, and what arrived since, stay."""
    _apply(connection, undo)


def _as_they_are(connection: Connection, issue_ids: Sequence[int]) -> Undo:
    rows = connection.execute(
        select(issues.c.id, issues.c.state, issues.c.unread).where(issues.c.id.in_(issue_ids))
    )
    return Undo(tuple((row.id, IssueState(row.state), row.unread) for row in rows))


def _apply(connection: Connection, target: Undo) -> None:
    if not target.before:
        return
    revision = bump(connection)
    connection.execute(
        update(issues)
        .where(issues.c.id == bindparam("issue"))
        .values(state=bindparam("new_state"), unread=bindparam("new_unread"), revision=revision),
        [
            {"issue": issue_id, "new_state": state, "new_unread": unread}
            for issue_id, state, unread in target.before
        ],
    )
