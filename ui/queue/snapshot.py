"""The queue at one moment: the numbers, and what stands under each of the queue's tabs."""

import time
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from ui.queue import rows
from ui.widgets.row_list import Row

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.queue.flow import Flow, FlowMeter
    from app.store.queue.queue_overview import QueueStatus


class Tab(Enum):
    """What can be looked at, with its name."""

    WAITING = "Waiting"
    DEAD = "Dead letters"
    REFUSED = "Refused"
    LISTENERS = "Listeners"
    JOBS = "Jobs"


class Snapshot(Struct, frozen=True, kw_only=True):
    """Everything that the view shows. `oldest` is when that report came which is pending longest."""

    status: "QueueStatus"
    oldest: datetime | None
    flow: "Flow | None"
    dropped: int
    rows: dict[Tab, tuple[Row, ...]]

    def count(self, tab: Tab) -> int:
        """What the tab says beside its name."""
        numbers = {
            Tab.WAITING: self.status.pending,
            Tab.DEAD: self.status.dead,
            Tab.REFUSED: self.status.rejected,
        }
        return numbers.get(tab, len(self.rows[tab]))


class SnapshotReader:
    """Takes snapshots one after another: how fast the queue moves is what changed between them."""

    def __init__(self) -> None:
        self._meter: FlowMeter | None = None

    def read(self, connection: "Connection") -> Snapshot:
        """What there is now; run it beside the UI thread."""
        from app.store.engine_state import job_runs, listener_failures, listener_state  # noqa: PLC0415 - see ui.places
        from app.store.queue import queue_overview  # noqa: PLC0415 - see ui.places
        from app.store.queue.flow import FlowMeter  # noqa: PLC0415

        self._meter = self._meter or FlowMeter()
        status = queue_overview.status(connection)
        setbacks = queue_overview.setbacks(connection)
        waiting = [rows.setback_row(setback) for setback in setbacks if not setback.dead]
        waiting += [rows.waiting_row(report) for report in queue_overview.waiting(connection)]
        dead = [rows.setback_row(setback) for setback in setbacks if setback.dead]
        listeners = [rows.failure_row(failure) for failure in listener_failures.listed(connection)]
        left_out = listener_state.left_out(connection)
        if left_out is not None:
            listeners.insert(0, rows.left_out_row(left_out))
        return Snapshot(
            status=status,
            oldest=queue_overview.oldest(connection),
            flow=self._meter.measure(status, time.monotonic()),
            dropped=queue_overview.dropped(connection),
            rows={
                Tab.WAITING: tuple(waiting),
                Tab.DEAD: tuple(dead),
                Tab.REFUSED: tuple(map(rows.refusal_row, queue_overview.refusals(connection))),
                Tab.LISTENERS: tuple(listeners),
                Tab.JOBS: tuple(map(rows.job_row, job_runs.listed(connection))),
            },
        )
