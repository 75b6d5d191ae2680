"""Waits for the first event of an app that is being connected: the proof that it is."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from app import store
from app.model import EventSummary
from ui.link.store_access import StoreAccess
from ui.link.throttle import Throttle

if TYPE_CHECKING:
    from app.store.database import Connection

PAUSE_MS = 300
# So many new events are looked at in a reading.
AT_ONCE = 200


class Seen(Struct, frozen=True):
    """What came since the waiting began: up to event `through`, the app's `first` one, other projects."""

    through: int
    first: EventSummary | None = None
    others: tuple[str, ...] = ()


class FirstEvent(QObject):
    """`arrived` carries the app's first event; `others_came` the projects of what came besides.

    What the window itself sent as a test (`tests`, by id) is none of the app's.
    """

    arrived = Signal(object)
    others_came = Signal(tuple)

    def __init__(self, store: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._project = ""
        self._through: int | None = None
        self._others: dict[str, None] = {}
        self._round = 0
        self.tests: set[str] = set()
        self._throttle = Throttle(self._ask, PAUSE_MS, self)

    def wait_for(self, project: str) -> None:
        """Wait for an event of this project that is filed from now on."""
        self._round += 1
        self._project, self._through = project, None
        self._others.clear()
        self._throttle.request()

    def stop(self) -> None:
        """Wait no more."""
        self._round += 1
        self._project = ""

    def ring(self) -> None:
        """The store has changed."""
        if self._project:
            self._throttle.request()

    def _ask(self) -> None:
        project, through, tests = self._project, self._through, frozenset(self.tests)
        asked = self._round

        def arrive(seen: Seen) -> None:
            self._throttle.finished()
            if asked == self._round:
                self._take(seen)

        def fail(_error: BaseException) -> None:
            # There may be no store before the engine has made one: the next ring asks again.
            self._throttle.finished()

        self._store.read(lambda connection: _read(connection, project, through, tests), arrive, fail)

    def _take(self, seen: Seen) -> None:
        self._through = seen.through
        if seen.first is not None:
            self.stop()
            self.arrived.emit(seen.first)
            return
        if new := [name for name in seen.others if name not in self._others]:
            self._others |= dict.fromkeys(new)
            self.others_came.emit(tuple(self._others))


def _read(connection: "Connection", project: str, through: int | None, tests: Collection[str]) -> Seen:
    if through is None or not project:
        return Seen(store.events.last(connection))
    others: dict[str, None] = {}
    for event in store.events.after(connection, through, limit=AT_ONCE):
        through = event.pk
        if event.event_id in tests:
            continue
        if event.project == project:
            return Seen(through, event)
        others[event.project] = None
    return Seen(through, None, tuple(others))
