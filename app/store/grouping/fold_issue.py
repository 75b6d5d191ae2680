"""The two movements that every correction of grouping is made of, and their opposites.

To *fold* an issue into another adds its counters (events, users, events by tag and by hour) there and hides
it: its own counters stay, frozen. To *carve* a part out of an issue gives the part an issue of its own. Each
returns what takes the movement back.
"""

from collections.abc import Collection, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, select, update

from app.model import IssueState
from app.store import schema as t
from app.store import sqlite
from app.store.database import Connection
from app.store.inbox.counts import tallies
from app.store.inbox.counts.tallies import CountedEvent, Tally
from app.store.inbox.issues import descriptions, issue_keys
from app.store.prepared import Prepared

# A merged issue gets the first of these states that one of the issues has.
_STRONGEST = (IssueState.REGRESSED, IssueState.OPEN, IssueState.RESOLVED, IssueState.MUTED)
# What describes an issue, the number of its latest event (`latest`), and its times.
_DESCRIPTION = (*descriptions.NAMES, "latest", "first_seen", "last_seen")
_STATUS = ("state", "unread", "muted_until", "mute_rule", "resolved_in", "escalated_at", "resolved_commit")


class Fold(Struct, frozen=True, tag="fold"):
    """`issue` was folded into `into`, whose columns were `before`, and which had met `users`.

    `made` are the columns of its status (state, unread, mute …) afterwards.
    """

    issue: int
    into: int
    before: dict[str, Any]
    users: tuple[str, ...]
    made: dict[str, Any]


class Carve(Struct, frozen=True, tag="carve"):
    """`part` was carved out of `of`."""

    part: int
    of: int


class IssuePart(Struct, frozen=True):
    """What is to be carved out: its counters, its latest event, and when its first one arrived.

    Of the rest, `rest_users` are the users it has met, `rest` is the latest event, and `rest_first_seen` is
    when the first one arrived.
    """

    tally: Tally
    latest: CountedEvent
    first_seen: int
    rest_users: frozenset[str]
    rest: CountedEvent
    rest_first_seen: int


def fold(connection: Connection, issue: int, into: int, revision: int) -> Fold:
    """Fold `issue` into `into`; the one that was seen last gives the title, the more urgent one the state."""
    source, target = _row(connection, issue), _row(connection, into)
    users = tallies.users(connection, into)
    values: dict[str, Any] = {}
    if source["last_seen"] > target["last_seen"]:
        values |= {name: source[name] for name in _DESCRIPTION}
    values["first_seen"] = min(source["first_seen"], target["first_seen"])
    values["last_seen"] = max(source["last_seen"], target["last_seen"])
    if _STRONGEST.index(source["state"]) < _STRONGEST.index(target["state"]):
        values |= {name: source[name] for name in _STATUS}
    values |= {name: bool(source[name] or target[name]) for name in ("unread", "pinned")}
    _set(connection, into, values | {"revision": revision})
    tallies.add(connection, into, tallies.read(connection, issue))
    # As it is described now: its latest event may be removed while it is hidden.
    hidden = {name: source[name] for name in (*descriptions.NAMES, "latest")}
    _set(connection, issue, hidden | {"merged_into": into, "revision": revision})
    made = _row(connection, into)
    return Fold(issue, into, target, tuple(sorted(users)), {name: made[name] for name in _STATUS})


def unfold(connection: Connection, folded: Fold, revision: int) -> None:
    """Bring the folded issue back as it was.

    A status that a user has given the other one since stays; its description and times are those of before,
    and what has arrived since is to be counted in again (`absorb`).
    """
    tallies.take_off(connection, folded.into, tallies.read(connection, folded.issue), folded.users)
    # A merge of an older version recorded no number of an event.
    values = {name: folded.before.get(name) for name in _DESCRIPTION}
    now = _row(connection, folded.into)
    # A merge of an older version recorded no commit.
    if {name: now[name] for name in folded.made} == folded.made:
        values |= {name: folded.before.get(name) for name in _STATUS}
    if _row(connection, folded.issue)["pinned"]:
        values["pinned"] = bool(folded.before.get("pinned"))
    _set(connection, folded.into, values | {"revision": revision})
    _set(connection, folded.issue, {"merged_into": None, "revision": revision})


def carve(connection: Connection, of: int, part: IssuePart, revision: int) -> Carve:
    """Give a part of `of` an issue of its own."""
    number = tallies.open_issue(connection, of, part.latest, part.first_seen, revision)
    tallies.add(connection, number, part.tally)
    tallies.take_off(connection, of, part.tally, part.rest_users)
    times = {"first_seen": part.rest_first_seen, "last_seen": part.rest.at, "revision": revision}
    _set(connection, of, _description(part.rest) | times)
    return Carve(number, of)


def uncarve(connection: Connection, carved: Carve, revision: int) -> None:
    """Put a part back, and remove its issue."""
    part, whole = _row(connection, carved.part), _row(connection, carved.of)
    tallies.add(connection, carved.of, tallies.read(connection, carved.part))
    values: dict[str, Any] = {}
    if part["last_seen"] > whole["last_seen"]:
        values |= {name: part[name] for name in _DESCRIPTION}
    values["first_seen"] = min(part["first_seen"], whole["first_seen"])
    values |= {name: bool(part[name] or whole[name]) for name in ("unread", "pinned")}
    _set(connection, carved.of, values | {"revision": revision})
    tallies.clear(connection, carved.part)
    _set(connection, carved.part, {"merged_into": carved.of, "revision": revision})


def give_up(connection: Connection, issue: int, into: int, revision: int) -> None:
    """Remove an issue whose last stored event was moved; `into` gets its counts of removed events."""
    if tallies.read(connection, issue).count:
        uncarve(connection, Carve(issue, into), revision)
    else:
        tallies.clear(connection, issue)
        _set(connection, issue, {"merged_into": into, "revision": revision})
    # A key that led here was made by a rule that is gone.
    issue_keys.remove_of_issue(connection, issue)


def recount(connection: Connection, issue: int, events: Sequence[CountedEvent], revision: int) -> None:
    """Describe an issue that events have left by those it still has: `events`, the oldest first."""
    values = _description(events[-1]) | {"last_seen": events[-1].at, "revision": revision}
    counted = connection.execute(select(t.issues.c.count).where(t.issues.c.id == issue)).scalar_one()
    if counted == len(events):
        values["first_seen"] = events[0].at
        tallies.set_users(connection, issue, tallies.tally(events).users)
    _set(connection, issue, values)


def absorb(connection: Connection, event: CountedEvent, home: int, target: int, revision: int) -> None:
    """Move the count of an event from `home` to `target`, whose latest event describes it."""
    if target != home:
        tallies.shift(connection, event, home, target)
    elif event.user is not None:
        tallies.add_user(connection, target, event.user)
    seen = connection.execute(
        select(t.issues.c.first_seen, t.issues.c.last_seen).where(t.issues.c.id == target)
    ).one()
    values: dict[str, Any] = {"first_seen": min(seen.first_seen, event.at), "revision": revision}
    if event.at >= seen.last_seen:
        values |= _description(event) | {"last_seen": event.at}
    _set(connection, target, values)
    if target != home:
        _set(connection, home, {"revision": revision})


def first_seen(connection: Connection, issue: int) -> int:
    """When the first event of an issue arrived, in microseconds."""
    return int(connection.execute(select(t.issues.c.first_seen).where(t.issues.c.id == issue)).scalar_one())


def latest(connection: Connection, issues: Collection[int]) -> dict[int, int | None]:
    """The event that describes each of these issues, by its number."""
    return dict(_LATEST.rows(connection, issues=sqlite.values_of(issues)))


def touch(connection: Connection, issues: Collection[int], revision: int) -> None:
    """Give these issues this revision: windows that show them read them again."""
    _TOUCH.run(connection, issues=sqlite.values_of(issues), revision=revision)


def describe_by(connection: Connection, issue: int, event: CountedEvent, revision: int) -> None:
    """Let `event`, if none arrived later, describe the issue: of one moment there may be several."""
    if _row(connection, issue)["last_seen"] == event.at:
        _set(connection, issue, _description(event) | {"revision": revision})


def _description(event: CountedEvent) -> dict[str, Any]:
    return {name: getattr(event, name) for name in descriptions.NAMES} | {"latest": event.number}


def _row(connection: Connection, issue: int) -> dict[str, Any]:
    columns = (*t.issues.c, *descriptions.COLUMNS)
    query = select(*columns).select_from(descriptions.DESCRIBED).where(t.issues.c.id == issue)
    row = connection.execute(query).one()
    return {name: getattr(row, name) for name in (*_DESCRIPTION, *_STATUS, "pinned")}


def _set(connection: Connection, issue: int, values: dict[str, Any]) -> None:
    if "latest" in values:
        descriptions.change(connection, issue, values)
    own = {name: value for name, value in values.items() if name not in descriptions.NAMES}
    connection.execute(update(t.issues).where(t.issues.c.id == issue).values(**own))


_LATEST = Prepared(select(t.issues.c.id, t.issues.c.latest).where(sqlite.among(t.issues.c.id, "issues")))
_TOUCH = Prepared(
    update(t.issues).where(sqlite.among(t.issues.c.id, "issues")).values(revision=bindparam("revision"))
)
