"""Puts issues into the trash and takes them out again, each in the caller's transaction.

Who deletes many does so in steps, as with every act on issues. Deleting reads no event: a step of 150 issues
takes some ten milliseconds at a million events.
"""

from collections.abc import Collection, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, bindparam, delete, select, update

from app.store import bulk, sqlite
from app.store import schema as t
from app.store.grouping import corrections, regrouping
from app.store.grouping.regrouping import CannotRegroup
from app.store.inbox.counts import event_counts
from app.store.inbox.issues import fixes, issue_keys
from app.store.prepared import Prepared
from app.store.revision import bump
from app.store.trash import deletions

Key = tuple[int, str]


class CannotDelete(Exception):
    """Something cannot be deleted now; the text is a sentence for people."""


class Restored(Struct, frozen=True):
    """The issues that are back, and how many newer ones each took in that had come for its keys meanwhile."""

    issues: tuple[int, ...] = ()
    merged: int = 0


def delete_issues(connection: Connection, issue_ids: Collection[int], deletion: int) -> tuple[int, ...]:
    """Put these issues into the trash, as far as they are shown; returns which they were.

    Raises `CannotDelete` where a correction of their grouping is being undone.
    """
    found = tuple(sorted(issue for (issue,) in _SHOWN.rows(connection, issues=sqlite.values_of(issue_ids))))
    if not found:
        return ()
    busy = corrections.undoing(connection, found)
    if busy is not None:
        raise CannotDelete(f"“{busy.title}” is being undone just now; try again when that is done.")
    put_in(connection, [(issue, deletion, None) for issue in found])
    fixes.withdraw(connection, found)
    return found


def put_in(connection: Connection, rows: Sequence[tuple[int, int, int | None]]) -> None:
    """Hide issues, given as (issue, deletion, the issue it was carved from), and put their keys aside."""
    issues = [issue for issue, *_rest in rows]
    given = sqlite.values_of(issues)
    bulk.add(connection, t.deleted_issues, rows)
    _count_events(connection, event_counts.stored(connection, issues))
    bulk.add(connection, t.deleted_keys, list(_KEYS.rows(connection, issues=given)))
    _REMOVE_KEYS.run(connection, issues=given)
    _HIDE.run(connection, issues=given, new_revision=bump(connection))


def restore_issues(connection: Connection, deletion: int, issue_ids: Collection[int], now: int) -> Restored:
    """Bring back those of these issues that this deletion put into the trash.

    An issue that has come meanwhile for a key of one of them is merged into it, or it into an older one.
    """
    # What is to be removed may have lost events already.
    if deletions.is_over(connection, deletion, now):
        return Restored()
    given = sqlite.values_of(issue_ids)
    found = tuple(sorted(issue for (issue,) in _OF_DELETION.rows(connection, issues=given, number=deletion)))
    if not found:
        return Restored()
    taken = take_out(connection, found)
    deletions.end_empty(connection, deletion)
    return Restored(found, sum(_merge(connection, issue, key, now) for issue, key in taken))


def take_out(connection: Connection, issue_ids: Collection[int]) -> list[tuple[int, Key]]:
    """Show these issues again; returns those of their keys that lead to another issue by now."""
    given = sqlite.values_of(issue_ids)
    _count_events(connection, -event_counts.stored(connection, issue_ids))
    keys = list(_DELETED_KEYS.rows(connection, issues=given))
    bulk.add_missing(connection, t.issue_keys, keys)
    forget(connection, issue_ids)
    _SHOW.run(connection, issues=given, new_revision=bump(connection))
    leads = issue_keys.find(connection, [(project, key) for project, key, *_rest in keys])
    return [
        (issue, (project, key)) for project, key, issue, _algorithm in keys if leads[project, key] != issue
    ]


def forget(connection: Connection, issue_ids: Collection[int]) -> None:
    """Remove the rows of the trash about these issues."""
    given = sqlite.values_of(issue_ids)
    _FORGET_KEYS.run(connection, issues=given)
    _FORGET.run(connection, issues=given)


def are_there(connection: Connection) -> bool:
    """Whether anything is in the trash."""
    return _ANY.first(connection) is not None


def without_deleted(connection: Connection, events: Sequence[int]) -> list[int]:
    """These events, by number, without those of issues in the trash."""
    if not are_there(connection):
        return list(events)
    deleted = {event for (event,) in _DELETED_EVENTS.rows(connection, events=sqlite.values_of(events))}
    return [event for event in events if event not in deleted]


def _merge(connection: Connection, issue: int, key: Key, now: int) -> int:
    # Where an issue had several keys, its first merge may have settled this one, too.
    other = issue_keys.find(connection, [key])[key]
    into = corrections.hidden(connection, [issue]).get(issue, issue)
    if other == into:
        return 0
    try:
        regrouping.merge(connection, (into, other), min(into, other), now)
    except CannotRegroup:
        # The other one is being regrouped just now. Both stay, and the key leads to the newer one.
        return 0
    return 1


def _count_events(connection: Connection, more: int) -> None:
    connection.execute(update(t.state).values(deleted_events=t.state.c.deleted_events + more))


_AMONG = sqlite.among(t.issues.c.id, "issues")
_SHOWN = Prepared(select(t.issues.c.id).where(_AMONG, t.issues.c.merged_into.is_(None)))
_SET: dict[str, Any] = {"revision": bindparam("new_revision")}
_HIDE = Prepared(update(t.issues).where(_AMONG).values(merged_into=t.IN_TRASH, **_SET))
_SHOW = Prepared(update(t.issues).where(_AMONG).values(merged_into=None, **_SET))
_KEY = t.issue_keys.c
_KEYS = Prepared(select(_KEY.issue_id, _KEY.key, _KEY.algorithm).where(sqlite.among(_KEY.issue_id, "issues")))
_REMOVE_KEYS = Prepared(delete(t.issue_keys).where(sqlite.among(_KEY.issue_id, "issues")))
_TRASHED = t.deleted_issues.c
_OF_DELETION = Prepared(
    select(_TRASHED.issue_id).where(
        sqlite.among(_TRASHED.issue_id, "issues"),
        _TRASHED.deletion_id == bindparam("number"),
        _TRASHED.carved_from.is_(None),
    )
)
_DELETED_KEYS = Prepared(
    select(t.issues.c.project_id, t.deleted_keys.c.key, t.deleted_keys.c.issue_id, t.deleted_keys.c.algorithm)
    .join_from(t.deleted_keys, t.issues, t.issues.c.id == t.deleted_keys.c.issue_id)
    .where(sqlite.among(t.deleted_keys.c.issue_id, "issues"))
)
_FORGET = Prepared(delete(t.deleted_issues).where(sqlite.among(_TRASHED.issue_id, "issues")))
_FORGET_KEYS = Prepared(delete(t.deleted_keys).where(sqlite.among(t.deleted_keys.c.issue_id, "issues")))
_ANY = Prepared(select(_TRASHED.issue_id).limit(1))
_DELETED_EVENTS = Prepared(
    select(t.events.c.id)
    .join_from(t.events, t.deleted_issues, _TRASHED.issue_id == t.events.c.issue_id)
    .where(sqlite.among(t.events.c.id, "events"))
)
