"""When an issue happened, over its own span: its events by the hour, the day or the week, as few bars."""

from msgspec import Struct
from sqlalchemy import Connection, bindparam, func, select

from app.store import schema as t
from app.store.inbox.counts import recent_counts
from app.store.prepared import Prepared

HOUR, DAY, WEEK = 1, 24, 7 * 24
MOST_BARS = 60
MOST_HOURS = 48
LEAST_HOURS, LEAST_DAYS = 24, 14
# 1970 began on a Thursday, and weeks begin on Mondays.
_MONDAY = 4 * DAY


class Activity(Struct, frozen=True):
    """Events in bars of `step` hours each, from `begin` (in hours since 1970, UTC) to the last that came."""

    begin: int
    step: int
    counts: tuple[int, ...]


def of_issue(connection: Connection, issue_id: int, *, offset: int = 0) -> Activity | None:
    """The issue's events over its span, at most `MOST_BARS` bars up to its last; None where it has none.

    Days and weeks are those of a clock that is `offset` hours ahead of UTC.
    """
    recent = {hour: count for (_issue, hour), count in recent_counts.hours(connection, [issue_id]).items()}
    ends = [*recent, *(each.value(connection, issue=issue_id) for each in (_FIRST, _LAST))]
    hours = [hour for hour in ends if hour is not None]
    if not hours:
        return None
    first, last = min(hours), max(hours)
    step, number = _bars(first, last, offset)
    begin = (_bar(last, step, offset) - number + 1) * step - _ahead(step, offset)
    counts = [0] * number
    settled = _COUNTS.rows(connection, issue=issue_id, begin=begin)
    for hour, count in (*settled, *recent.items()):
        if hour >= begin:
            counts[(hour - begin) // step] += count
    return Activity(begin, step, tuple(counts))


def _bars(first: int, last: int, offset: int) -> tuple[int, int]:
    """How many hours a bar stands for, and how many bars there are."""
    if last - first < MOST_HOURS:
        return HOUR, max(LEAST_HOURS, last - first + 1)
    days = _bar(last, DAY, offset) - _bar(first, DAY, offset) + 1
    if days <= MOST_BARS:
        return DAY, max(LEAST_DAYS, days)
    return WEEK, min(MOST_BARS, _bar(last, WEEK, offset) - _bar(first, WEEK, offset) + 1)


def _bar(hour: int, step: int, offset: int) -> int:
    return (hour + _ahead(step, offset)) // step


def _ahead(step: int, offset: int) -> int:
    """How far the bars' beginnings are ahead of 1970, UTC."""
    if step == HOUR:
        return 0
    return offset if step == DAY else offset - _MONDAY


_OF_ISSUE = t.issue_hours.c.issue_id == bindparam("issue")
_FIRST = Prepared(select(func.min(t.issue_hours.c.hour)).where(_OF_ISSUE))
_LAST = Prepared(select(func.max(t.issue_hours.c.hour)).where(_OF_ISSUE))
_COUNTS = Prepared(
    select(t.issue_hours.c.hour, t.issue_hours.c.count).where(
        _OF_ISSUE, t.issue_hours.c.hour >= bindparam("begin")
    )
)
