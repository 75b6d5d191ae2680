"""Reads what happened around the event on the page, and again while more of its trace may come.

A transaction is sent when it has ended, which is after its error: the trace of an error that has just come
is whole only some seconds later.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app import clock, store, trace_detail
from app.model import to_micros
from ui.detail.loader import is_store_error
from ui.detail.sections.around.logs import LogsSection
from ui.detail.sections.around.trace import TraceSection

if TYPE_CHECKING:  # it brings SQLAlchemy, which the window imports off the UI thread only
    from app.preferences import Preferences
    from app.store.database import Connection
    from app.trace_detail import Around
    from ui.detail.pane import DetailPane
    from ui.link.background import Ticket
    from ui.link.store_access import StoreAccess

# When the engine is asked to remove what a change of the preferences leaves no room for: when they are on the
# disk, and again when the digest, which looks at them every two seconds, has seen them.
REMOVED_MS = (500, 4_000)
# Events that a person only passes are not asked about.
RESTS_MS = 60
AGAIN_MS = 1_000
FRESH = 90_000_000
"""For so long after its arrival more of an event's trace is looked for, in microseconds."""


class AroundReader(QObject):
    """Gives the sections about the trace what they show, beside the UI thread."""

    def __init__(self, pane: "DetailPane", store: "StoreAccess") -> None:
        super().__init__(pane)
        self._pane = pane
        self._store = store
        self._ticket: Ticket | None = None
        self._known: Around | None = None
        self._bounds = _bounds(pane.page.preferences.chosen)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.read)
        pane.shown.connect(self._event_shown)
        pane.page.preferences.changed.connect(self._follow_preferences)

    def _event_shown(self, _pk: int) -> None:
        self._known = None
        self._drop()
        self._timer.start(RESTS_MS)

    def _follow_preferences(self) -> None:
        bounds = _bounds(self._pane.page.preferences.chosen)
        if bounds == self._bounds:
            return
        self._bounds = bounds
        self._known = None
        for delay in REMOVED_MS:
            QTimer.singleShot(delay, self, self._remove)
        self._timer.start(REMOVED_MS[0] + AGAIN_MS)

    def _remove(self) -> None:
        """Have removed what is beyond what the person has just chosen."""
        self._store.write(_request_removal, lambda _requested: None)

    def _drop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    @property
    def is_waiting(self) -> bool:
        """Whether it reads, or will."""
        return self._ticket is not None or self._timer.isActive()

    def read(self) -> None:
        """Read what is stored around the shown event."""
        detail = self._pane.detail
        if detail is None:
            return
        self._drop()
        event, pk, known = detail.event, detail.pk, self._known
        self._ticket = self._store.read(
            lambda connection: trace_detail.read_around(connection, event, pk, known),
            self._take,
            self._failed,
        )

    def _take(self, around: "Around") -> None:
        self._ticket = None
        if around is not self._known:
            self._known = around
            self._show(around)
        detail = self._pane.detail
        if detail is not None and clock.now_micros() - to_micros(detail.event.received_at) < FRESH:
            self._timer.start(AGAIN_MS)

    def _failed(self, error: BaseException) -> None:
        self._ticket = None
        if not is_store_error(error):
            raise error  # ours: it belongs into the log

    def _show(self, around: "Around") -> None:
        page = self._pane.page
        is_stored = page.preferences.chosen.traces_stored
        for section in page.sections:
            if isinstance(section, (TraceSection, LogsSection)):
                section.take(around, is_stored=is_stored)
                page.rebuild(section)
        if page.complete:
            page.built.emit()


def _bounds(chosen: "Preferences") -> tuple[bool, int, int]:
    return chosen.traces_stored, chosen.traces_hours, chosen.traces_megabytes


def _request_removal(connection: "Connection") -> None:
    store.job_requests.add(connection, store.trace_sweep.JOB, clock.now_micros())
