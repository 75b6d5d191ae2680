"""An issue's counters (events, and by tag, by hour and by user): added up, subtracted, and moved.

An issue that was merged retains its own counters, frozen: they are subtracted again when the merge is undone.
So counters stay exact though retention has long removed the events that they counted.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import chain

from msgspec import Struct
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from app.store import bulk, sqlite
from app.store import schema as t
from app.store.inbox.counts import recent_counts
from app.store.inbox.issues import descriptions
from app.store.prepared import Prepared


class CountedEvent(Struct, frozen=True, kw_only=True, gc=False):
    """What one event adds to its issue.

    `number` is the event's, `at` its arrival in microseconds and `hour` in hours since 1970. A preview has
    20,000 of these, which can be in no cycle: the collector need not look at them.
    """

    number: int
    at: int
    hour: int
    tags: tuple[tuple[str, str], ...]
    user: str | None
    title: str
    type: str | None
    value: str | None
    culprit: str | None
    level: str
    place: str | None = None
    environment: str | None = None


class Tally(Struct):
    """The counters of an issue, or of a part of one."""

    count: int
    tags: Counter[tuple[str, str]]
    hours: Counter[int]
    users: set[str]


def empty() -> Tally:
    """The counters of an issue without events."""
    return Tally(0, Counter(), Counter(), set())


def tally(events: Iterable[CountedEvent]) -> Tally:
    """The counters of these events."""
    found = empty()
    for event in events:
        found.count += 1
        found.tags.update(event.tags)
        found.hours[event.hour] += 1
        if event.user is not None:
            found.users.add(event.user)
    return found


def read(connection: Connection, issue: int) -> Tally:
    """The counters of an issue."""
    tags = Counter[tuple[str, str]]()
    for key, value, count in _TAGS.rows(connection, issue=issue):
        tags[key, value] = count
    for _issue, key, value, count in recent_counts.tags(connection, [issue]):
        tags[key, value] += count
    hours = Counter[int]()
    for hour, count in _HOURS.rows(connection, issue=issue):
        hours[hour] = count
    for (_issue, hour), count in recent_counts.hours(connection, [issue]).items():
        hours[hour] += count
    ((_issue, count),) = _COUNTS.rows(connection, issues=sqlite.values_of([issue]))
    return Tally(count, tags, hours, users(connection, issue))


def outlines(connection: Connection, issues: Collection[int]) -> dict[int, Tally]:
    """The events and users of issues, without the counts by tag and by hour, which are most of the rows."""
    given = sqlite.values_of(issues)
    counts = _COUNTS.rows(connection, issues=given)
    found = {issue: Tally(count, Counter(), Counter(), set()) for issue, count in counts}
    for issue, user in chain(_USERS.rows(connection, issues=given), recent_counts.users(connection, issues)):
        found[issue].users.add(user)
    return found


def users(connection: Connection, issue: int) -> set[str]:
    """The users that an issue has affected."""
    stored = _USERS.rows(connection, issues=sqlite.values_of([issue]))
    return {user for _issue, user in chain(stored, recent_counts.users(connection, [issue]))}


def known_users(connection: Connection, users: Collection[tuple[int, str]]) -> set[tuple[int, str]]:
    """Which of these (issue, user) pairs are counted already."""
    known = recent_counts.users(connection, {issue for issue, _user in users}).intersection(users)
    others = sorted(pair for pair in users if pair not in known)
    return known.union((issue, user) for issue, user in bulk.known(connection, t.issue_users, others))


def add(connection: Connection, issue: int, more: Tally) -> None:
    """Add counters to those of an issue."""
    recent_counts.settle(connection, [issue])
    _count(connection, issue, more, 1)
    bulk.add_missing(connection, t.issue_users, [(issue, user) for user in sorted(more.users)])
    _count_users(connection, issue)


def take_off(connection: Connection, issue: int, less: Tally, left: Collection[str]) -> None:
    """Subtract counters from those of an issue, of whose users those in `left` stay."""
    recent_counts.settle(connection, [issue])
    _count(connection, issue, less, -1)
    set_users(connection, issue, left)


def shift(connection: Connection, event: CountedEvent, home: int, target: int) -> None:
    """Move the count of one event from `home`, whose users stay the same, to `target`."""
    one = tally([event])
    recent_counts.settle(connection, [home])
    _count(connection, home, one, -1)
    add(connection, target, one)


def exchange_tags(
    connection: Connection,
    issue: int,
    less: Collection[tuple[str, str]],
    more: Collection[tuple[str, str]],
) -> None:
    """Count the tags `more` once more, and `less` once less: one event has others than before."""
    recent_counts.settle(connection, [issue])
    _count(connection, issue, Tally(0, Counter(set(less).difference(more)), Counter(), set()), -1)
    _count(connection, issue, Tally(0, Counter(set(more).difference(less)), Counter(), set()), 1)


def add_user(connection: Connection, issue: int, user: str) -> None:
    """Count this user for the issue, unless it is counted already."""
    recent_counts.settle(connection, [issue])
    bulk.add_missing(connection, t.issue_users, [(issue, user)])
    _count_users(connection, issue)


def set_users(connection: Connection, issue: int, met: Collection[str]) -> None:
    """Replace the issue's counted users by these."""
    recent_counts.settle(connection, [issue])
    connection.execute(delete(t.issue_users).where(t.issue_users.c.issue_id == issue))
    bulk.add(connection, t.issue_users, [(issue, user) for user in sorted(set(met))])
    _count_users(connection, issue)


def clear(connection: Connection, issue: int) -> None:
    """Remove the counters of an issue that is given up."""
    recent_counts.forget(connection, [issue])
    for table in (t.issue_tags, t.issue_hours, t.issue_users):
        connection.execute(delete(table).where(table.c.issue_id == issue))
    connection.execute(update(t.issues).where(t.issues.c.id == issue).values(count=0, users=0))


def open_issue(
    connection: Connection, like: int, latest: CountedEvent, first_seen: int, revision: int
) -> int:
    """A new issue without counters, of the project and state of the issue `like`; returns its number."""
    number = (connection.execute(select(func.max(t.issues.c.id))).scalar() or 0) + 1
    old = connection.execute(select(*t.issues.c).where(t.issues.c.id == like)).one()
    connection.execute(
        insert(t.issues).values(
            id=number,
            project_id=old.project_id,
            state=old.state,
            unread=old.unread,
            muted_until=old.muted_until,
            mute_rule=old.mute_rule,
            resolved_in=old.resolved_in,
            resolved_commit=old.resolved_commit,
            escalated_at=old.escalated_at,
            count=0,
            users=0,
            first_seen=first_seen,
            last_seen=latest.at,
            revision=revision,
            latest=latest.number,
        )
    )
    descriptions.add(connection, [(number, *(getattr(latest, name) for name in descriptions.NAMES))])
    return number


def _count(connection: Connection, issue: int, tally: Tally, sign: int) -> None:
    tags = [(issue, key, value, sign * count) for (key, value), count in tally.tags.items()]
    hours = [(issue, hour, sign * count) for hour, count in tally.hours.items()]
    for table, rows in ((t.issue_tags, tags), (t.issue_hours, hours)):
        bulk.count_up(connection, table, rows)
        # Retention trims tags: what was trimmed cannot be subtracted.
        connection.execute(delete(table).where(table.c.issue_id == issue, table.c.count <= 0))
    connection.execute(
        update(t.issues).where(t.issues.c.id == issue).values(count=t.issues.c.count + sign * tally.count)
    )


def _count_users(connection: Connection, issue: int) -> None:
    counted = select(func.count()).where(t.issue_users.c.issue_id == issue).scalar_subquery()
    connection.execute(update(t.issues).where(t.issues.c.id == issue).values(users=counted))


_COUNTS = Prepared(select(t.issues.c.id, t.issues.c.count).where(sqlite.among(t.issues.c.id, "issues")))
_USERS = Prepared(
    select(t.issue_users.c.issue_id, t.issue_users.c.user).where(
        sqlite.among(t.issue_users.c.issue_id, "issues")
    )
)
_TAGS = Prepared(
    select(t.issue_tags.c.key, t.issue_tags.c.value, t.issue_tags.c.count).where(
        t.issue_tags.c.issue_id == bindparam("issue")
    )
)
_HOURS = Prepared(
    select(t.issue_hours.c.hour, t.issue_hours.c.count).where(t.issue_hours.c.issue_id == bindparam("issue"))
)
