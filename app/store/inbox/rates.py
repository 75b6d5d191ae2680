"""How often an issue happens: by the hour, and what of that is usual for it.

Usual is what it did within the last week, hour by hour. Only the hours count in which it happened at all:
on a desktop, the others mostly tell when nobody worked. Well above that is three times the mean, and
three standard deviations above it, so that what always comes in bursts does not alarm by one more; and
never less than ten.
"""

from collections.abc import Collection, Mapping
from math import sqrt

from msgspec import Struct
from sqlalchemy import Connection, func, select

from app.store import schema as t

HOUR = 3_600_000_000
WEEK_HOURS = 7 * 24
LEAST = 10
TIMES = 3
DEVIATIONS = 3

Hours = dict[tuple[int, int], int]  # (issue, hour since 1970): events


class Rate(Struct, frozen=True):
    """How many hours an issue happened in, how many events that were, and the sum of their squares."""

    hours: int = 0
    total: int = 0
    squares: int = 0

    @property
    def mean(self) -> float:
        """Events an hour, of those in which it happened."""
        return self.total / self.hours if self.hours else 0.0

    def ceiling(self, usual: int = 0) -> int:
        """How many events an hour are not yet well above its usual, which is `usual` at least."""
        spread = sqrt(max(0.0, self.squares / self.hours - self.mean**2)) if self.hours else 0.0
        return int(max(LEAST, TIMES * self.mean, self.mean + DEVIATIONS * spread, TIMES * usual))


def in_hours(connection: Connection, issue_ids: Collection[int], hours: Collection[int]) -> Hours:
    """How often each of these issues happened in each of these hours, where it did."""
    rows = connection.execute(
        select(*t.issue_hours.c).where(
            t.issue_hours.c.issue_id.in_(issue_ids), t.issue_hours.c.hour.in_(hours)
        )
    )
    return {(issue_id, hour): count for issue_id, hour, count in rows}


def before(connection: Connection, issue_ids: Collection[int], hour: int) -> Mapping[int, Rate]:
    """What these issues did in the week before `hour`."""
    count = t.issue_hours.c.count
    rows = connection.execute(
        select(
            t.issue_hours.c.issue_id,
            func.count().label("hours"),
            func.sum(count).label("total"),
            # As numbers with a point: squares of a flood's counts would overflow what adds up whole ones.
            func.sum(count * 1.0 * count).label("squares"),
        )
        .where(
            t.issue_hours.c.issue_id.in_(issue_ids),
            t.issue_hours.c.hour >= hour - WEEK_HOURS,
            t.issue_hours.c.hour < hour,
        )
        .group_by(t.issue_hours.c.issue_id)
    )
    return {row.issue_id: Rate(row.hours, row.total, int(row.squares)) for row in rows}
