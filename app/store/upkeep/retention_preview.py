"""What a retention policy would remove of what is stored now: asked before a person applies it.

The numbers are upper bounds: the first and the last event of an issue stay, and an event may be both old and
beyond the number of its issue.
"""

from msgspec import Struct
from sqlalchemy import Connection, bindparam, func, select

from app.settings import Retention
from app.store import schema as t
from app.store import sqlite
from app.store.inbox.counts import event_counts
from app.store.inbox.lists import events
from app.store.traces import trace_rows

DAY = 86_400_000_000
# When the next event from this number on arrived.
_ARRIVED_FROM = (
    select(t.reports.c.received_at)
    .join_from(t.events, t.reports, t.reports.c.id == t.events.c.report_id)
    .where(t.events.c.id >= bindparam("number"))
    .order_by(t.events.c.id)
    .limit(1)
)


class RetentionPreview(Struct, frozen=True, kw_only=True):
    """How many `events` and `used_bytes` there are, and what is beyond the policy."""

    events: int
    used_bytes: int
    surplus_events: int
    old_events: int
    surplus_bytes: int


def preview(connection: Connection, policy: Retention, now: int) -> RetentionPreview:
    """What would go; `now` in microseconds. Some tenths of a second where there are a million events."""
    counts = t.event_counts.c
    surplus = select(func.sum(counts.stored - policy.events_per_issue)).where(
        counts.stored > policy.events_per_issue
    )
    # Traces have a bound of their own.
    used = sqlite.used_bytes(connection) - trace_rows.stored_bytes(connection)
    return RetentionPreview(
        events=event_counts.stored_in_all(connection),
        used_bytes=used,
        surplus_events=int(connection.execute(surplus).scalar() or 0),
        old_events=_before(connection, now - policy.days * DAY),
        surplus_bytes=max(0, used - policy.total_bytes),
    )


def _before(connection: Connection, horizon: int) -> int:
    """How many events arrived before `horizon`: they are numbered as they arrive."""
    low, high = 0, events.last(connection) + 1
    # The first event that is not old is in (low, high].
    while high - low > 1:
        middle = (low + high) // 2
        arrived = connection.execute(_ARRIVED_FROM, {"number": middle}).scalar()
        if arrived is None or arrived >= horizon:
            high = middle
        else:
            low = middle
    old = select(func.count()).select_from(t.events).where(t.events.c.id <= low)
    return int(connection.execute(old).scalar_one())
