"""The numbers of the sidebar and the status bar. A burst of rings becomes one query."""

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from app import processes, store
from ui.link.store_access import StoreAccess
from ui.link.throttle import Throttle

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.grouping.corrections import Regrouping
    from app.store.places.place_counts import Counts
    from app.store.places.run_numbers import ListedRuns, RunNumbers
    from app.store.places.runs import Run
    from app.store.places.saved_views import SavedView
    from app.store.queue.queue_overview import QueueCounters

PAUSE_MS = 400


class Numbers(Struct, frozen=True):
    """What the store holds, from one snapshot; `regroupings` are those that are under way.

    `saved` are the views that a person has saved, `runs` the newest runs of commands.
    """

    counts: "Counts"
    queue: "QueueCounters"
    regroupings: "tuple[Regrouping, ...]"
    saved: "tuple[SavedView, ...]" = ()
    runs: "ListedRuns | None" = None


class Counters(QObject):
    """Reads the numbers after a ring; `changed` carries `Numbers` that differ from the last."""

    changed = Signal(object)

    def __init__(self, store: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._last: Numbers | None = None
        self._runs: RunNumbers | None = None
        self._throttle = Throttle(self._ask, PAUSE_MS, self)

    def ring(self) -> None:
        """The store has changed."""
        self._throttle.request()

    def _ask(self) -> None:
        self._store.read(self._read, self._arrive, self._fail)

    def _arrive(self, numbers: Numbers) -> None:
        self._throttle.finished()
        if numbers != self._last:
            self._last = numbers
            self.changed.emit(numbers)
        if numbers.runs is not None and numbers.runs.is_behind:
            self._throttle.request()

    def _fail(self, error: BaseException) -> None:
        self._throttle.finished()
        self._store.report_problem(error)

    def forget(self) -> None:
        """The store may be another one: its runs are, too."""
        self._runs = None

    def _read(self, connection: "Connection") -> Numbers:
        """Called for one reading at a time."""
        moving = tuple(store.corrections.under_way(connection))
        counted = self._runs = self._runs or store.run_numbers.RunNumbers(is_alive)
        return Numbers(
            store.place_counts.counts(connection),
            store.queue_overview.counters(connection),
            moving,
            store.saved_views.listed(connection),
            counted.newest(connection),
        )


def is_alive(run: "Run") -> bool:
    """Whether the process of a run is there."""
    return processes.identity.is_alive(run.host, run.pid, run.process_started)
