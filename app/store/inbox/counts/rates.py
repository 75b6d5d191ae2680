"""How often an issue happens: its events by the hour, and how many an hour are usual for it.

The usual is the mean of the last week's hours. Only hours with events count: on a desktop, other hours mostly
mean that nobody worked. Well above the usual is more than three times the mean, and three standard deviations
above it, so that an issue that always comes in bursts does not escalate by one more; and never less than ten.
"""

from collections.abc import Collection, Mapping
from math import sqrt

from msgspec import Struct
from sqlalchemy import Connection, func, select

from app.store import schema as t
from app.store.inbox.counts import recent_counts

HOUR = 3_600_000_000
WEEK_HOURS = 7 * 24
LEAST = 10
TIMES = 3
DEVIATIONS = 3

Hours = dict[tuple[int, int], int]  # (issue, hour since 1970): events


class Rate(Struct, frozen=True):
    """In how many hours an issue had events, how many events, and the sum of the squares of each hour's."""

    hours: int = 0
    total: int = 0
    squares: int = 0

    @property
    def mean(self) -> float:
        """Events an hour, of the hours that had any."""
        return self.total / self.hours if self.hours else 0.0

    def ceiling(self, usual: int = 0) -> int:
        """The most events an hour that are not well above the usual, which is `usual` at least."""
        spread = sqrt(max(0.0, self.squares / self.hours - self.mean**2)) if self.hours else 0.0
        return int(max(LEAST, TIMES * self.mean, self.mean + DEVIATIONS * spread, TIMES * usual))

    def with_more(self, counted: int, more: int) -> "Rate":
        """The rate with `more` events in an hour of which `counted` are in it already."""
        squares = self.squares + (counted + more) ** 2 - counted**2
        return Rate(self.hours + (not counted), self.total + more, squares)


def in_hours(connection: Connection, issue_ids: Collection[int], hours: Collection[int]) -> Hours:
    """How many events each of these issues had in each of these hours, where it had any."""
    counts = _settled(connection, issue_ids, hours)
    for place, count in recent_counts.hours(connection, issue_ids).items():
        if place[1] in hours:
            counts[place] = counts.get(place, 0) + count
    return counts


def before(connection: Connection, issue_ids: Collection[int], hour: int) -> Mapping[int, Rate]:
    """The rates of these issues in the week before `hour`."""
    count = t.issue_hours.c.count
    rows = connection.execute(
        select(
            t.issue_hours.c.issue_id,
            func.count().label("hours"),
            func.sum(count).label("total"),
            # As floats: the sum of a flood's squared counts would overflow an integer.
            func.sum(count * 1.0 * count).label("squares"),
        )
        .where(
            t.issue_hours.c.issue_id.in_(issue_ids),
            t.issue_hours.c.hour >= hour - WEEK_HOURS,
            t.issue_hours.c.hour < hour,
        )
        .group_by(t.issue_hours.c.issue_id)
    )
    rates = {row.issue_id: Rate(row.hours, row.total, int(row.squares)) for row in rows}
    recent = {
        place: more
        for place, more in recent_counts.hours(connection, issue_ids).items()
        if hour - WEEK_HOURS <= place[1] < hour
    }
    settled = _settled(connection, {issue for issue, _ in recent}, {then for _, then in recent})
    for (issue, then), more in recent.items():
        rates[issue] = rates.get(issue, Rate()).with_more(settled.get((issue, then), 0), more)
    return rates


def _settled(connection: Connection, issue_ids: Collection[int], hours: Collection[int]) -> Hours:
    rows = connection.execute(
        select(*t.issue_hours.c).where(
            t.issue_hours.c.issue_id.in_(issue_ids), t.issue_hours.c.hour.in_(hours)
        )
    )
    return {(issue_id, hour): count for issue_id, hour, count in rows}
