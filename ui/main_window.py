"""The window: where the panes stand, and what size they were left at.

It knows the panes and none of their business; `application.py` connects them. The detail pane comes last,
when the window is already on the screen: it brings half of the window's code and every icon.
"""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui.empty_state import EmptyState
from ui.issues.pane import IssuesPane
from ui.notices import Notices
from ui.queue_view import QueueView
from ui.sidebar import Sidebar
from ui.status_bar import StatusBar
from ui.store_access import StoreAccess
from ui.undo_bar import UndoBar

LAYOUT_FILE = "window.ini"
_SIZE = (1360, 860)
_SIDEBAR, _LIST, _DETAIL = 216, 432, 712


class MainWindow(QWidget):
    """`closing`: somebody closed the window, which stays until `application.py` has stopped the engine."""

    closing = Signal()

    def __init__(self, store: StoreAccess, data_dir: Path) -> None:
        super().__init__()
        self.setWindowTitle("Arecibo")
        self.setObjectName("window")
        self.setMinimumSize(640, 400)
        self.sidebar = Sidebar()
        self.notices = Notices()
        self.issues = IssuesPane(store)
        self.queue = QueueView(store)
        self.empty = EmptyState()
        self.status = StatusBar()
        self.detail: QWidget = QWidget()
        self.detail.setObjectName("page")
        self._pages = QStackedWidget()
        self._panes = _splitter(self.issues, self.detail, sizes=[_LIST, _DETAIL])
        for page in (self._panes, self.queue, self.empty):
            self._pages.addWidget(page)
        self._columns = _splitter(self.sidebar, self._content(), sizes=[_SIDEBAR, _LIST + _DETAIL])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._columns)
        self.undo_bar = UndoBar(self)
        self._layout_kept = QSettings(str(data_dir / LAYOUT_FILE), QSettings.Format.IniFormat)
        self._restore()
        self.issues.view.setFocus()

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self._pages, 1)
        column.addWidget(self.status)
        return content

    def set_detail(self, detail: QWidget) -> None:
        """Put the detail pane into its place."""
        sizes = self._panes.sizes()
        self._panes.replaceWidget(1, detail)
        self._panes.setStretchFactor(1, 1)
        self._panes.setSizes(sizes)
        self.detail.deleteLater()
        self.detail = detail
        detail.show()

    def show_issues(self) -> None:
        """Show list and detail."""
        self._pages.setCurrentWidget(self._panes)

    def show_queue(self) -> None:
        """Show the queue."""
        self._pages.setCurrentWidget(self.queue)

    def show_empty(self) -> None:
        """Show what to do before the first error."""
        self._pages.setCurrentWidget(self.empty)

    @property
    def shows_queue(self) -> bool:
        """Whether the queue is looked at."""
        return self._pages.currentWidget() is self.queue

    def leave(self) -> None:
        """Close the window, as its frame does."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._remember()
        event.accept()
        self.closing.emit()

    def _remember(self) -> None:
        kept = self._layout_kept
        kept.setValue("geometry", self.saveGeometry())
        kept.setValue("columns", self._columns.saveState())
        kept.setValue("panes", self._panes.saveState())

    def _restore(self) -> None:
        self.resize(*_SIZE)
        for key, restore in (
            ("geometry", self.restoreGeometry),
            ("columns", self._columns.restoreState),
            ("panes", self._panes.restoreState),
        ):
            value = self._layout_kept.value(key)
            if isinstance(value, QByteArray):
                restore(value)


def _splitter(left: QWidget, right: QWidget, *, sizes: list[int]) -> QSplitter:
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    left.setMinimumWidth(min(sizes[0], 280) * 2 // 3)
    right.setMinimumWidth(280)
    splitter.addWidget(left)
    splitter.addWidget(right)
    splitter.setStretchFactor(0, 0)
    splitter.setStretchFactor(1, 1)
    splitter.setSizes(sizes)
    return splitter
