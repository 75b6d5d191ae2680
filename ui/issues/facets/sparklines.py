"""The counts of the last day of each row, for the small lines in them: read for the rows that are loaded."""

from collections.abc import Iterable, Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter

from app import clock, store
from app.model import Issue
from ui.issues.feed import IssueFeed
from ui.issues.model import IssueListModel
from ui.issues.row import sparkline
from ui.link.store_access import StoreAccess
from ui.link.throttle import Throttle
from ui.theme import Theme

if TYPE_CHECKING:
    from app.store.database import Connection

HOUR = 3_600_000_000
AT_ONCE = 300
PAUSE_MS = 400
# A line that is there already grows by less than a pixel in this time.
RENEWING_SECONDS = 1.5
# A new hour moves all lines by one.
TICK_MS = 30_000


class Sparklines(QObject):
    """Holds counts by issue. `changed`: rows are to be painted again."""

    changed = Signal()

    def __init__(
        self, store_access: StoreAccess, feed: IssueFeed, model: IssueListModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store_access
        self._model = model
        self._counts: dict[int, tuple[int, ...]] = {}
        # With the revision of the issue that they are of.
        self._of: dict[int, int] = {}
        self._hour = 0
        self._renewed_at = 0.0
        self._reading = Throttle(self._read, PAUSE_MS, self)
        feed.started.connect(self._reading.request)
        feed.settled.connect(self._reading.request)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._reading.request)
        self._tick.start()

    def counts(self, issue_id: int) -> tuple[int, ...] | None:
        """The events of an issue in each of the last 24 hours, the newest last; None: not read yet."""
        return self._counts.get(issue_id)

    def paint(self, painter: QPainter, rect: QRect, counts: Sequence[int], colours: Theme) -> None:
        """Paint the counts of an issue into its row."""
        sparkline.paint(painter, QRectF(rect), counts, colours)

    def stop(self) -> None:
        """Read nothing more."""
        self._reading.stop()
        self._tick.stop()

    def _read(self) -> None:
        hour = clock.now_micros() // HOUR
        if hour != self._hour:
            self._hour = hour
            self._of.clear()
        loaded = {issue.id: issue.revision for issue in self._issues()}
        for gone in self._counts.keys() - loaded.keys():
            del self._counts[gone]
            self._of.pop(gone, None)
        wanted = [issue for issue, revision in loaded.items() if self._of.get(issue) != revision][:AT_ONCE]
        if not wanted:
            self._reading.finished()
            return

        now = monotonic()
        if now < self._renewed_at + RENEWING_SECONDS and all(issue in self._of for issue in wanted):
            self._reading.finished()
            self._reading.request()
            return
        self._renewed_at = now

        def read(connection: "Connection") -> dict[int, tuple[int, ...]]:
            return store.sparklines.sparklines(connection, wanted, hour)

        revisions = {issue: loaded[issue] for issue in wanted}
        self._store.read(read, lambda found: self._take(found, revisions), self._fail)

    def _issues(self) -> Iterable[Issue]:
        return (self._model.issue(row) for row in range(self._model.rowCount()))

    def _take(self, found: Mapping[int, tuple[int, ...]], revisions: Mapping[int, int]) -> None:
        is_other = any(self._counts.get(issue) != counts for issue, counts in found.items())
        self._counts |= found
        self._of |= revisions
        self._reading.finished()
        if len(found) == AT_ONCE:
            self._reading.request()
        if is_other:
            self.changed.emit()

    def _fail(self, error: BaseException) -> None:
        self._reading.finished()
        self._store.report_problem(error)
