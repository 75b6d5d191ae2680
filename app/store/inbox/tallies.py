"""An issue's counters (events, and by tag, by hour and by user): added up, subtracted, and moved.

An issue that was merged retains its own counters, frozen: they are subtracted again when the merge is undone.
So counters stay exact though retention has long removed the events that they counted.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct
from sqlalchemy import Connection, delete, func, insert, select, update

from app.store import bulk
from app.store import schema as t
from app.store.inbox import descriptions


class CountedEvent(Struct, frozen=True, kw_only=True):
    """What one event adds to its issue.

    `number` is the event's, `at` its arrival in microseconds and `hour` in hours since 1970.
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
    tags = select(t.issue_tags.c.key, t.issue_tags.c.value, t.issue_tags.c.count)
    hours = select(t.issue_hours.c.hour, t.issue_hours.c.count)
    count = select(t.issues.c.count).where(t.issues.c.id == issue)
    return Tally(
        connection.execute(count).scalar_one(),
        Counter(
            {
                (row.key, row.value): row[2]
                for row in connection.execute(tags.where(t.issue_tags.c.issue_id == issue))
            }
        ),
        Counter(
            {row.hour: row[1] for row in connection.execute(hours.where(t.issue_hours.c.issue_id == issue))}
        ),
        users(connection, issue),
    )


def users(connection: Connection, issue: int) -> set[str]:
    """The users that an issue has affected."""
    query = select(t.issue_users.c.user).where(t.issue_users.c.issue_id == issue)
    return set(connection.execute(query).scalars())


def known_users(connection: Connection, users: Collection[tuple[int, str]]) -> Iterable[tuple[int, str]]:
    """Which of these (issue, user) pairs are counted already.

    The result may contain other pairs, of the issue of one and the user of another.
    """
    if not users:
        return ()
    table = t.issue_users.c
    rows = connection.execute(
        select(table.issue_id, table.user).where(
            table.issue_id.in_({issue for issue, _user in users}),
            table.user.in_({user for _issue, user in users}),
        )
    )
    return ((issue, user) for issue, user in rows)


def count_events(
    connection: Connection,
    *,
    tags: Sequence[tuple[int, str, str, int]],
    hours: Mapping[tuple[int, int], int],
    users: Collection[tuple[int, str]],
) -> None:
    """Count a batch of events of many issues.

    `tags` are (issue, key, value, count), `hours` are counts by (issue, hour), `users` are (issue, user).
    """
    bulk.count_up(connection, t.issue_tags, tags)
    bulk.count_up(connection, t.issue_hours, [(*hour, count) for hour, count in hours.items()])
    bulk.add_missing(connection, t.issue_users, list(users))


def add(connection: Connection, issue: int, more: Tally) -> None:
    """Add counters to those of an issue."""
    _count(connection, issue, more, 1)
    bulk.add_missing(connection, t.issue_users, [(issue, user) for user in sorted(more.users)])
    _count_users(connection, issue)


def take_off(connection: Connection, issue: int, less: Tally, left: Collection[str]) -> None:
    """Subtract counters from those of an issue, of whose users those in `left` stay."""
    _count(connection, issue, less, -1)
    set_users(connection, issue, left)


def shift(connection: Connection, event: CountedEvent, home: int, target: int) -> None:
    """Move the count of one event from `home`, whose users stay the same, to `target`."""
    one = tally([event])
    _count(connection, home, one, -1)
    add(connection, target, one)


def add_user(connection: Connection, issue: int, user: str) -> None:
    """Count this user for the issue, unless it is counted already."""
    bulk.add_missing(connection, t.issue_users, [(issue, user)])
    _count_users(connection, issue)


def set_users(connection: Connection, issue: int, met: Collection[str]) -> None:
    """Replace the issue's counted users by these."""
    connection.execute(delete(t.issue_users).where(t.issue_users.c.issue_id == issue))
    bulk.add(connection, t.issue_users, [(issue, user) for user in sorted(set(met))])
    _count_users(connection, issue)


def clear(connection: Connection, issue: int) -> None:
    """Remove the counters of an issue that is given up."""
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
