"""Snapshots of the queue, made by hand."""

from typing import Any

from msgspec.structs import replace

from app.store.queue.queue_overview import QueueCounters
from ui.queue.snapshot import Snapshot, Tab


def make_snapshot(*, pending: int = 0, dead: int = 0, rejected: int = 0, **fields: Any) -> Snapshot:
    """A queue of these numbers, without rows."""
    counters = QueueCounters(
        received=pending + dead + 10, pending=pending, digested=10, dead=dead, rejected=rejected, issues=0
    )
    empty = Snapshot(status=counters, oldest=None, flow=None, dropped=0, rows=dict.fromkeys(Tab, ()))
    return replace(empty, **fields)
