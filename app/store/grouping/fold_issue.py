"""The two movements that every correction of grouping is made of, and their opposites.

To *fold* an issue into another adds its counters there and hides it: its own counters stay, frozen. To
*carve* a part out of an issue gives the part an issue of its own. What is returned is what takes the movement
back.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, delete, select, update

from app.model import IssueState
from app.store import schema as t
from app.store.inbox import tallies
from app.store.inbox.tallies import Tally, Weight

# Of the states of folded issues, the first of these that one of them has.
_STRONGEST = (IssueState.REGRESSED, IssueState.OPEN, IssueState.RESOLVED, IssueState.MUTED)
_WORDS = ("title", "type", "value", "culprit", "level", "first_seen", "last_seen")
_STANDING = ("state", "unread", "muted_until", "mute_rule", "resolved_in", "escalated_at")


class Fold(Struct, frozen=True, tag="fold"):
    """`issue` was folded into `into`, which had been as in `before` and had met `users`.

    `made` is how `into` stood afterwards.
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


class Part(Struct, frozen=True):
    """What is to be carved out: its counters, its latest event, and when its first one arrived.

    Of the rest, `left` are the users it has met, `rest` is the latest event, and `rest_first_seen`
    is when the first one arrived.
    """

    tally: Tally
    latest: Weight
    first_seen: int
    left: frozenset[str]
    rest: Weight
    rest_first_seen: int


def fold(connection: Connection, issue: int, into: int, revision: int) -> Fold:
    """Fold `issue` into `into`; the one that was seen last gives the title, the more urgent one the state."""
    source, target = _row(connection, issue), _row(connection, into)
    users = tallies.users(connection, into)
    values: dict[str, Any] = {}
    if source["last_seen"] > target["last_seen"]:
        values |= {name: source[name] for name in _WORDS}
    values["first_seen"] = min(source["first_seen"], target["first_seen"])
    values["last_seen"] = max(source["last_seen"], target["last_seen"])
    if _STRONGEST.index(source["state"]) < _STRONGEST.index(target["state"]):
        values |= {name: source[name] for name in _STANDING}
    values["unread"] = bool(source["unread"] or target["unread"])
    _set(connection, into, values | {"revision": revision})
    tallies.add(connection, into, tallies.read(connection, issue))
    _set(connection, issue, {"merged_into": into, "revision": revision})
    made = _row(connection, into)
    return Fold(issue, into, target, tuple(sorted(users)), {name: made[name] for name in _STANDING})


def unfold(connection: Connection, folded: Fold, revision: int) -> None:
    """Bring the folded issue back as it was.

    What a person has made of the other one's state since stays; its words and times are those of before, and
    what has arrived since is to be counted in again (`absorb`).
    """
    tallies.take_off(connection, folded.into, tallies.read(connection, folded.issue), folded.users)
    values = {name: folded.before[name] for name in _WORDS}
    now = _row(connection, folded.into)
    if {name: now[name] for name in _STANDING} == folded.made:
        values |= {name: folded.before[name] for name in _STANDING}
    _set(connection, folded.into, values | {"revision": revision})
    _set(connection, folded.issue, {"merged_into": None, "revision": revision})


def carve(connection: Connection, of: int, part: Part, revision: int) -> Carve:
    """Give a part of `of` an issue of its own."""
    number = tallies.open_issue(connection, of, part.latest, part.first_seen, revision)
    tallies.add(connection, number, part.tally)
    tallies.take_off(connection, of, part.tally, part.left)
    times = {"first_seen": part.rest_first_seen, "last_seen": part.rest.at, "revision": revision}
    _set(connection, of, tallies.words(part.rest) | times)
    return Carve(number, of)


def uncarve(connection: Connection, carved: Carve, revision: int) -> None:
    """Put a part back; its issue is given up."""
    part, whole = _row(connection, carved.part), _row(connection, carved.of)
    tallies.add(connection, carved.of, tallies.read(connection, carved.part))
    values: dict[str, Any] = {}
    if part["last_seen"] > whole["last_seen"]:
        values |= {name: part[name] for name in _WORDS}
    values["first_seen"] = min(part["first_seen"], whole["first_seen"])
    values["unread"] = bool(part["unread"] or whole["unread"])
    _set(connection, carved.of, values | {"revision": revision})
    tallies.clear(connection, carved.part)
    _set(connection, carved.part, {"merged_into": carved.of, "revision": revision})


def give_up(connection: Connection, issue: int, into: int, revision: int) -> None:
    """The last stored event of `issue` went: it ends, and what it counted of removed ones is `into`'s."""
    if tallies.read(connection, issue).count:
        uncarve(connection, Carve(issue, into), revision)
    else:
        tallies.clear(connection, issue)
        _set(connection, issue, {"merged_into": into, "revision": revision})
    # A key that led here is by a rule that is no more.
    connection.execute(delete(t.issue_keys).where(t.issue_keys.c.issue_id == issue))


def recount(connection: Connection, issue: int, weights: Sequence[Weight], revision: int) -> None:
    """Events have left the issue; `weights` are those stored of it now, the oldest first."""
    values = tallies.words(weights[-1]) | {"last_seen": weights[-1].at, "revision": revision}
    counted = connection.execute(select(t.issues.c.count).where(t.issues.c.id == issue)).scalar_one()
    if counted == len(weights):
        values["first_seen"] = weights[0].at
        tallies.set_users(connection, issue, tallies.tally(weights).users)
    _set(connection, issue, values)


def absorb(connection: Connection, weight: Weight, home: int, target: int, revision: int) -> None:
    """An event that `home` has counted is `target`'s: count it there, and let it tell the latest there."""
    if target != home:
        tallies.shift(connection, weight, home, target)
    elif weight.user is not None:
        tallies.add_user(connection, target, weight.user)
    seen = connection.execute(
        select(t.issues.c.first_seen, t.issues.c.last_seen).where(t.issues.c.id == target)
    ).one()
    values: dict[str, Any] = {"first_seen": min(seen.first_seen, weight.at), "revision": revision}
    if weight.at >= seen.last_seen:
        values |= tallies.words(weight) | {"last_seen": weight.at}
    _set(connection, target, values)
    if target != home:
        _set(connection, home, {"revision": revision})


def _row(connection: Connection, issue: int) -> dict[str, Any]:
    row = connection.execute(select(*t.issues.c).where(t.issues.c.id == issue)).one()
    return {name: getattr(row, name) for name in (*_WORDS, *_STANDING)}


def _set(connection: Connection, issue: int, values: dict[str, Any]) -> None:
    connection.execute(update(t.issues).where(t.issues.c.id == issue).values(**values))
