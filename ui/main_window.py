"""The window's layout: where the panes are, and their sizes from the last session.

It holds the panes and does not know what they do; `application.py` connects them. It appears with the
sidebar and the list; the other pages come with `add_pages`, and the detail pane with `set_detail`, when the
window is already on the screen.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

import ui
from app.engine.child_protocol import FaultSet, IntakePaused, StoreUpgrading
from app.settings import Settings
from ui import doctor, queue
from ui.issues.pane import IssuesPane
from ui.link.store_access import StoreAccess
from ui.sidebar.sidebar import Sidebar
from ui.status_bar import StatusBar
from ui.undo import UndoStack
from ui.undo_bar import UndoBar

if TYPE_CHECKING:
    from ui.doctor.view import DoctorView
    from ui.empty_state import EmptyState
    from ui.fault_strip import FaultStrip
    from ui.intake_strip import IntakeStrip
    from ui.notices import Notices
    from ui.queue.view import QueueView
    from ui.upgrade_strip import UpgradeStrip

LAYOUT_FILE = "window.ini"
_SIZE = (1360, 860)
_SIDEBAR, _LIST, _DETAIL = 216, 432, 712
_LEAST_SIDEBAR, _LEAST_LIST, _LEAST_DETAIL = 184, 220, 364


class MainWindow(QWidget):
    """`appeared`: it has been painted. `closing`: it was closed; `application.py` ends the rest.

    `hidden_to_tray`: it was closed, and `closes_to_tray` said that it stays in the tray.
    """

    appeared = Signal()
    closing = Signal()
    hidden_to_tray = Signal()
    resume_requested = Signal()
    fault_end_requested = Signal(object)
    doctor: "DoctorView"
    empty: "EmptyState"
    notices: "Notices"
    queue: "QueueView"

    def __init__(self, store: StoreAccess, undo: UndoStack, data_dir: Path) -> None:
        super().__init__()
        self._has_appeared = self._has_closed = False
        # Whether closing means to end the program, whatever `closes_to_tray` says.
        self.is_leaving = False
        self.closes_to_tray: Callable[[], bool] = lambda: False
        self.upgrade: UpgradeStrip | None = None
        self.intake: IntakeStrip | None = None
        self.faults: FaultStrip | None = None
        self.setWindowTitle("Arecibo")
        self.setObjectName("window")
        self.setMinimumSize(770, 400)
        self.sidebar = Sidebar()
        self.issues = IssuesPane(store, undo)
        self.status = StatusBar()
        right = QWidget()
        right.setObjectName("page")
        self._place_for_detail = QVBoxLayout(right)
        self._place_for_detail.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget()
        self._panes = _splitter(
            self.issues, right, sizes=[_LIST, _DETAIL], least=[_LEAST_LIST, _LEAST_DETAIL]
        )
        self._panes.setFocusProxy(self.issues.view)
        self._pages.addWidget(self._panes)
        content = QWidget()
        self._content = QVBoxLayout(content)
        self._content.setContentsMargins(0, 0, 0, 0)
        self._content.setSpacing(0)
        self._content.addWidget(self._pages, 1)
        self._content.addWidget(self.status)
        least = [_LEAST_SIDEBAR, _LEAST_LIST + _LEAST_DETAIL + 1]
        self._columns = _splitter(self.sidebar, content, sizes=[_SIDEBAR, _LIST + _DETAIL], least=least)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._columns, 1)
        self._whole = layout
        self._undo = undo
        self.undo_bar = UndoBar(self)
        self._layout_settings = QSettings(str(data_dir / LAYOUT_FILE), QSettings.Format.IniFormat)
        self._restore()
        self.issues.view.setFocus()

    def add_pages(self, store: StoreAccess, settings: Settings) -> None:
        """Make the pages that are not shown at first, once the window has been painted."""
        # A tenth of the time that the window takes to appear would go into what it does not show yet.
        view = doctor.view
        self.notices = ui.notices.Notices()
        self.queue = queue.view.QueueView(store, self._undo)
        self.doctor = view.DoctorView(store, view.examining(settings), view.examining_without_store(settings))
        self.empty = ui.empty_state.EmptyState()
        self._content.insertWidget(0, self.notices)
        self._pages.addWidget(self.queue)
        self._pages.addWidget(self.doctor)
        self._pages.addWidget(self.empty)

    def show_pause(self, pause: IntakePaused | None) -> None:
        """Show across the window that intake is paused; None: errors are taken."""
        if self.intake is None:
            if pause is None:
                return
            self.intake = ui.intake_strip.IntakeStrip()
            self.intake.resume_requested.connect(self.resume_requested)
            self._whole.insertWidget(0, self.intake)
        self.intake.show_pause(pause)

    def show_faults(self, faults: tuple[FaultSet, ...]) -> None:
        """Show across the window that clients meet faults on purpose; none: they do not."""
        if self.faults is None:
            if not faults:
                return
            self.faults = ui.fault_strip.FaultStrip()
            self.faults.end_requested.connect(self.fault_end_requested)
            self._whole.insertWidget(0, self.faults)
        self.faults.show_faults(faults)

    def set_detail(self, detail: QWidget) -> None:
        """Put the detail pane into its place."""
        self._place_for_detail.addWidget(detail)

    def show_upgrade(self, progress: StoreUpgrading | None) -> None:
        """Show how far the upgrade of the store is; None: there is none, or no more."""
        if progress is None:
            if self.upgrade is not None:
                self.upgrade.hide()
            return
        if self.upgrade is None:
            # Hardly ever needed: it costs nothing where it is not.
            self.upgrade = ui.upgrade_strip.UpgradeStrip()
            self._content.insertWidget(0, self.upgrade)
        self.upgrade.show_progress(progress)

    def focus_panes(self) -> list[QWidget]:
        """What of the shown page can have the focus as a whole, from the left."""
        page = self._pages.currentWidget()
        if page is not self._panes:
            return [] if page is None else [page]
        detail = self._place_for_detail.itemAt(0)
        shown = None if detail is None else detail.widget()
        return [self.issues.focus_target(), *([] if shown is None else [shown])]

    def show_issues(self) -> None:
        """Show list and detail."""
        self._show(self._panes)

    def show_queue(self) -> None:
        """Show the queue."""
        self._show(self.queue)

    def show_doctor(self) -> None:
        """Show the doctor."""
        self._show(self.doctor)

    def show_empty(self) -> None:
        """Show the page before the first error."""
        self._show(self.empty)

    def _show(self, page: QWidget) -> None:
        if page is self._pages.currentWidget():
            return
        focused = QApplication.focusWidget()
        follows = focused is not None and self._pages.isAncestorOf(focused)
        self._pages.setCurrentWidget(page)
        if follows:
            # Qt would give the focus to its first button.
            page.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_appeared:
            self._has_appeared = True
            # The panes are painted after this, and before any timer.
            QTimer.singleShot(0, self, self.appeared.emit)

    def come_to_front(self) -> None:
        """Show the window above others, wherever it was, and take the focus."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def leave(self) -> None:
        """Close the window for good, and end the program."""
        self.is_leaving = True
        self.close()
        if self.isHidden() and not self._has_closed:
            # It was in the tray: Qt closes no window twice.
            self._end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self._has_appeared and not self.isActiveWindow():
            # A session that ends may end the program without a word.
            self._remember()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._remember()
        if self.closes_to_tray() and not self.is_leaving:
            event.ignore()
            self.hide()
            self.hidden_to_tray.emit()
            return
        event.accept()
        self._end()

    def _end(self) -> None:
        if not self._has_closed:
            self._has_closed = True
            self.closing.emit()

    def _remember(self) -> None:
        settings = self._layout_settings
        settings.setValue("geometry", self.saveGeometry())
        settings.setValue("columns", self._columns.saveState())
        settings.setValue("panes", self._panes.saveState())
        settings.setValue("facets", self.issues.survey.is_open)
        settings.setValue("histogram", self.issues.survey.has_histogram)
        settings.setValue("list", self.issues.state())

    def _restore(self) -> None:
        self.resize(*_SIZE)
        for key, restore in (
            ("geometry", self.restoreGeometry),
            ("columns", self._columns.restoreState),
            ("panes", self._panes.restoreState),
        ):
            value = self._layout_settings.value(key)
            if isinstance(value, QByteArray):
                restore(value)
        state = self._layout_settings.value("list")
        self.first_spot = self.issues.restore(state if isinstance(state, str) else "")
        survey = self.issues.survey
        survey.open_facets(wanted=bool(self._layout_settings.value("facets", False, bool)))
        survey.show_histogram(bool(self._layout_settings.value("histogram", True, bool)))
        survey.resized.connect(self._widen_list)

    def _widen_list(self, more: int) -> None:
        """Make room for the facets beside the list, from the detail, as far as that can give way."""
        left, right = self._panes.sizes()
        self._panes.setSizes([left + more, right - more])


def _splitter(left: QWidget, right: QWidget, *, sizes: list[int], least: list[int]) -> QSplitter:
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    for pane, width in zip((left, right), least, strict=True):
        pane.setMinimumWidth(width)
        splitter.addWidget(pane)
    splitter.setStretchFactor(0, 0)
    splitter.setStretchFactor(1, 1)
    splitter.setSizes(sizes)
    return splitter
