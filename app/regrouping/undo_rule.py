"""What a rule has put together since it was made, put where it would be, had the rule never been.

While a rule is in force, new events begin issues by its keys, and join others than they would have joined.
When it is undone they are read again. A key that is known leads them; one that is not goes on with the issue
that they are in, if nothing else there has a key that leads to it, and else begins an issue.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from app.digest import grouping
from app.regrouping import stored_events
from app.regrouping.stored_events import Reread
from app.store import bulk
from app.store import schema as t
from app.store.grouping import fold_issue
from app.store.inbox import tallies


def issue_for(connection: Connection, event: Reread, home: int, revision: int) -> int:
    """The issue of an event whose key nobody knows; from now on the key leads to it."""
    issue = home
    if _has_others(connection, home):
        issue = tallies.open_issue(connection, home, event.weight, event.weight.at, revision)
    row = (event.project_id, event.keys[0], issue, grouping.CURRENT.ALGORITHM)
    bulk.add_missing(connection, t.issue_keys, [row])
    return issue


def _has_others(connection: Connection, home: int) -> bool:
    keys = t.issue_keys.c
    leading = set(connection.execute(select(keys.key).where(keys.issue_id == home)).scalars())
    return any(leading.intersection(other.keys) for other in _stored(connection, home))


def end_if_empty(connection: Connection, issue: int, into: int, revision: int) -> None:
    """An issue that its last stored event has left for `into` is given up."""
    left = select(t.events.c.id).where(t.events.c.issue_id == issue).limit(1)
    if connection.execute(left).first() is None:
        fold_issue.give_up(connection, issue, into, revision)


def recount(connection: Connection, issue: int, revision: int) -> None:
    """Let an issue that events have left tell of those that stayed."""
    weights = [event.weight for event in _stored(connection, issue)]
    if weights:
        fold_issue.recount(connection, issue, weights, revision)


def _stored(connection: Connection, issue: int) -> Iterable[Reread]:
    events = select(t.events.c.id).where(t.events.c.issue_id == issue).order_by(t.events.c.id)
    return stored_events.read(connection, list(connection.execute(events).scalars()))
