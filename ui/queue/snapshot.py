"""The queue at one moment: the numbers, and the rows of each tab."""

import time
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from app import store
from ui.queue import rows
from ui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.queue.flow import Flow, FlowMeter
    from app.store.queue.queue_overview import QueueCounters


class Tab(Enum):
    """The tabs, each with its name."""

    WAITING = "Waiting"
    DEAD = "Dead letters"
    REFUSED = "Refused"
    LISTENERS = "Listeners"
    JOBS = "Jobs"


class Snapshot(Struct, frozen=True, kw_only=True):
    """Everything that the view shows. `oldest`: when the report arrived that has been pending longest."""

    status: "QueueCounters"
    oldest: datetime | None
    flow: "Flow | None"
    dropped: int
    rows: dict[Tab, tuple[ListRow, ...]]

    def count(self, tab: Tab) -> int:
        """The tab's number of rows."""
        numbers = {
            Tab.WAITING: self.status.pending,
            Tab.DEAD: self.status.dead,
            Tab.REFUSED: self.status.rejected,
        }
        return numbers.get(tab, len(self.rows[tab]))


class SnapshotReader:
    """Takes snapshots one after another: the rates are computed from two of them."""

    def __init__(self) -> None:
        self._meter: FlowMeter | None = None

    def read(self, connection: "Connection") -> Snapshot:
        """The snapshot as of now; run it off the UI thread."""
        self._meter = self._meter or store.flow.FlowMeter()
        status = store.queue_overview.counters(connection)
        setbacks = store.queue_overview.setbacks(connection)
        waiting = [rows.setback_row(setback) for setback in setbacks if not setback.dead]
        waiting += [rows.waiting_row(report) for report in store.queue_overview.waiting(connection)]
        dead = [rows.setback_row(setback) for setback in setbacks if setback.dead]
        listeners = [rows.failure_row(failure) for failure in store.listener_failures.listed(connection)]
        left_out = store.listener_state.left_out(connection)
        if left_out is not None:
            listeners.insert(0, rows.left_out_row(left_out))
        return Snapshot(
            status=status,
            oldest=store.queue_overview.oldest(connection),
            flow=self._meter.measure(status, time.monotonic()),
            dropped=store.queue_overview.dropped(connection),
            rows={
                Tab.WAITING: tuple(waiting),
                Tab.DEAD: tuple(dead),
                Tab.REFUSED: tuple(map(rows.refusal_row, store.queue_overview.refusals(connection))),
                Tab.LISTENERS: tuple(listeners),
                Tab.JOBS: tuple(map(rows.job_row, store.job_runs.listed(connection))),
            },
        )
