"""The numbers beside the list: of the sidebar and the status bar. A burst of rings becomes one question."""

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal

from ui.link.background import Ticket
from ui.link.store_access import StoreAccess

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.grouping.corrections import Regrouping
    from app.store.inbox.issues import Counts
    from app.store.queue.queue_overview import QueueStatus

PAUSE_MS = 400


class Numbers(Struct, frozen=True):
    """What the store holds, from one snapshot; `regroupings` are those that are under way."""

    counts: "Counts"
    queue: "QueueStatus"
    regroupings: "tuple[Regrouping, ...]"


class Counters(QObject):
    """Reads the numbers after a ring, at most so often; `changed` carries `Numbers` that are new."""

    changed = Signal(object)

    def __init__(self, store: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._ticket: Ticket | None = None
        self._again = False
        self._last: Numbers | None = None
        self._pause = QTimer(self, singleShot=True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._after_pause)

    def ring(self) -> None:
        """The store has changed."""
        if self._ticket is not None or self._pause.isActive():
            self._again = True
            return
        self._ticket = self._store.read(_read, self._arrive, self._fail)

    def _arrive(self, numbers: Numbers) -> None:
        self._ticket = None
        self._pause.start()
        if numbers != self._last:
            self._last = numbers
            self.changed.emit(numbers)

    def _fail(self, error: BaseException) -> None:
        self._ticket = None
        self._store.complain(error)

    def _after_pause(self) -> None:
        if self._again:
            self._again = False
            self.ring()


def _read(connection: "Connection") -> Numbers:
    from app.store.grouping import corrections  # noqa: PLC0415 - brings SQLAlchemy; see ui.places
    from app.store.inbox import issues  # noqa: PLC0415 - brings SQLAlchemy; see ui.places
    from app.store.queue import queue_overview  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

    moving = tuple(corrections.under_way(connection))
    return Numbers(issues.counts(connection), queue_overview.status(connection), moving)
