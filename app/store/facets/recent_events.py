"""The events of the last hours by the minute and by their own level: finer than the hours of issues.

Read once, then only what is new. What was moved or removed since is noticed once a minute where that is soon
done, and otherwise when the corrections of the grouping say that events have moved.
"""

from collections import Counter

from sqlalchemy import Connection, bindparam, func, select

from app.store import schema as t
from app.store.facets.bit_counts import BitCounts
from app.store.grouping import corrections
from app.store.prepared import Prepared

MINUTE = 60_000_000
SPAN_MINUTES = 6 * 60
# Of a flood, only so many events are read when a window starts; those that come after are counted, too.
MOST_EVENTS = 200_000
# So many are read again every minute.
FEW = 5_000
STEP = 2_000

Slot = tuple[str, int]


class RecentEvents:
    """Counts by (level, minute since 1970), by the events' arrival. One thread at a time."""

    def __init__(self) -> None:
        self.counts = BitCounts[Slot]()
        self.is_complete = False
        self._through: int | None = None
        self._number = 0
        self._minute = 0
        self._moved: object = None

    def follow(self, connection: Connection, now: int) -> None:
        """Read the next events, up to `STEP`; `now` is in microseconds. `is_complete`: there are no more."""
        minute = now // MINUTE
        _is_moving, moved = corrections.progress(connection)
        has_aged = minute > self._minute and self._number <= FEW
        if self._through is None or moved != self._moved or (has_aged and self.is_complete):
            self.counts = BitCounts[Slot]()
            self._through = _first(connection, (minute - SPAN_MINUTES) * MINUTE) - 1
            self._number = 0
            self._moved = moved
        if minute > self._minute:
            self.counts.drop([slot for slot in self.counts.slots() if slot[1] < minute - SPAN_MINUTES])
            self._minute = minute
        rows = list(_EVENTS.rows(connection, after=self._through, limit=STEP))
        found = Counter((issue, (level, at // MINUTE)) for _event, issue, level, at in rows)
        self.counts.add((slot, count, (issue,)) for (issue, slot), count in found.items())
        self._number += len(rows)
        self._through = rows[-1][0] if rows else self._through
        self.is_complete = len(rows) < STEP


def _first(connection: Connection, since: int) -> int:
    """The first event that arrived then or later, of the newest `MOST_EVENTS`: events come in that order."""
    last = (_LAST.value(connection) or 0) + 1
    first = max(1, last - MOST_EVENTS)
    while first < last:
        middle = (first + last) // 2
        at = _ARRIVAL.value(connection, first=middle)
        if at is None or at >= since:
            last = middle
        else:
            first = middle + 1
    return first


_JOINED = t.events.join(t.reports, t.reports.c.id == t.events.c.report_id)
_LAST = Prepared(select(func.max(t.events.c.id)))
_ARRIVAL = Prepared(
    select(t.reports.c.received_at)
    .select_from(_JOINED)
    .where(t.events.c.id >= bindparam("first"))
    .order_by(t.events.c.id)
    .limit(1)
)
_EVENTS = Prepared(
    select(t.events.c.id, t.events.c.issue_id, t.events.c.level, t.reports.c.received_at)
    .select_from(_JOINED)
    .where(t.events.c.id > bindparam("after"))
    .order_by(t.events.c.id)
    .limit(bindparam("limit"))
)
