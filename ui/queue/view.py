"""The page of the queue: its rates, what waits, what failed and why, what was refused, and the jobs.

It is refreshed once a second while it is visible, as the doorbell does not ring for reports that wait. The
engine retries by itself; a dead report stays, with the traceback of its last try, until a person retries or
discards it. A refused request is tried again only when a person asks for it.
"""

from typing import ClassVar

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.link.store_access import StoreAccess
from ui.link.throttle import Throttle
from ui.queue.actions import QueueActions
from ui.queue.bar import ActBar, TabBar
from ui.queue.numbers import NumbersStrip
from ui.queue.rows import JOB, REFUSAL, SETBACK
from ui.queue.snapshot import Snapshot, SnapshotReader, Tab
from ui.queue.text import RowText
from ui.theme import UNIT, font_title
from ui.undo import UndoStack
from ui.widgets.hint import Hint
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import ROW, ListRow, RowList
from ui.widgets.ticking import ticker

NARROW, NARROWEST = 580, 416
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class QueueView(QWidget):
    """Reads the queue while it is visible. `acts` runs the acts."""

    NOTHING: ClassVar = {
        Tab.WAITING: (
            "Nothing waits",
            "Reports wait here until they are processed, or tried again.",
        ),
        Tab.DEAD: ("No dead letters", "A report that could not be digested is kept here, with the reason."),
        Tab.REFUSED: (
            "Nothing was refused",
            "Requests that were turned away are kept here, with the reason, and can be tried again.",
        ),
        Tab.LISTENERS: ("No listener failed", "What your listeners.py raises is shown here, with its line."),
        Tab.JOBS: ("No jobs yet", "The engine notes here what it does in the background."),
    }

    def __init__(self, store: StoreAccess, undo: UndoStack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._reader = SnapshotReader()
        self._found: Snapshot | None = None
        self._reading = Throttle(self._read, 0, self)
        self.tab = Tab.WAITING
        self.acts = QueueActions(store, undo, self)
        self._title = PlainLabel("Queue")
        self.numbers = NumbersStrip()
        self.tabs, self.buttons = TabBar(), ActBar()
        self.list = RowList("The queue")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.text = RowText(store)
        self._hint = Hint()
        self._hint.setAccessibleName("The queue")
        self._hint.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for watched in (self.list, self._hint):
            watched.installEventFilter(self)
        self._stack = QStackedWidget()
        self._lay_out()
        self.setMinimumWidth(NARROWEST)
        self._connect()
        self.show_tab(Tab.WAITING)

    def _lay_out(self) -> None:
        self._title.setFont(font_title())
        first = QHBoxLayout()
        first.setContentsMargins(UNIT * 2 + 4, UNIT * 2, UNIT * 2 + 4, UNIT * 2)
        first.setSpacing(UNIT * 4)
        first.addWidget(self._title, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.numbers, 1)
        panes = QSplitter()
        panes.setHandleWidth(1)
        right = QWidget()
        reading = QVBoxLayout(right)
        reading.setContentsMargins(0, 0, 0, 0)
        reading.setSpacing(0)
        reading.addWidget(self.buttons)
        reading.addWidget(self.text, 1)
        panes.addWidget(self.list)
        panes.addWidget(right)
        panes.setSizes([440, 700])
        self._stack.addWidget(self._hint)
        self._stack.addWidget(panes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(first)
        layout.addWidget(self.tabs)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        ticker().ticked.connect(self._refresh_if_seen)
        self.list.selectionModel().currentChanged.connect(self._show_text)
        self.list.selectionModel().selectionChanged.connect(lambda *_changes: self._offer())
        self.tabs.tab_chosen.connect(self.show_tab)
        self.buttons.retry.clicked.connect(self.retry_or_run_selected)
        self.buttons.run.clicked.connect(self.retry_or_run_selected)
        self.buttons.retry_all.clicked.connect(self.retry_all)
        self.buttons.discard.clicked.connect(self.discard_selected)
        self.acts.committed.connect(self.refresh)

    def show_tab(self, tab: Tab) -> None:
        """Show another tab."""
        self.tab = tab
        self.tabs.show_tab(tab)
        self._show_rows()

    def refresh(self) -> None:
        """Read the queue again while visible."""
        if self.isVisible():
            self._reading.request()

    def _read(self) -> None:
        self._store.read(self._reader.read, self._arrive, self._fail)

    def retry_or_run_selected(self) -> None:
        """Retry the selected reports, or run the selected jobs now."""
        if not self.isVisible():
            return
        for row in self._selected(JOB):
            self.acts.run_job(str(row.key[1]))
        self.acts.retry([int(row.key[1]) for row in self._selected(SETBACK)])
        self.acts.retry_refused([int(row.key[1]) for row in self._selected(REFUSAL)])

    def retry_all(self) -> None:
        """Retry everything that failed, or, in the tab of refused requests, all of these."""
        if not self.isVisible():
            return
        if self.tab is Tab.REFUSED:
            self.acts.retry_all_refused()
        else:
            self.acts.retry_all()

    def discard_selected(self) -> None:
        """Discard the selected reports."""
        if self.isVisible():
            self.acts.discard([int(row.key[1]) for row in self._selected(SETBACK)])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW
        self._title.setVisible(not is_narrow)
        self.numbers.set_narrow(is_narrow)
        self.tabs.set_narrow(is_narrow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left and right go from tab to tab: in a list of one column they have no other use."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                tabs = list(Tab)
                self.show_tab(tabs[(tabs.index(self.tab) + step) % len(tabs)])
                return True
        return super().eventFilter(watched, event)

    def _arrive(self, found: Snapshot) -> None:
        self._reading.finished()
        self._found = found
        self.numbers.show_numbers(found)
        self.tabs.show_numbers(found)
        self._show_rows()

    def _fail(self, error: BaseException) -> None:
        self._reading.finished()
        self._store.report_problem(error)

    def _show_rows(self) -> None:
        rows = () if self._found is None else self._found.rows[self.tab]
        place = max(0, self.list.currentIndex().row())
        self.list.rows.show_rows(rows)
        self._hint.show_message(*self.NOTHING[self.tab])
        shown = self.list if rows else self._hint
        had_focus = self.list.hasFocus() or self._hint.hasFocus()
        self._stack.setCurrentIndex(int(bool(rows)))
        self.setFocusProxy(shown)
        if had_focus:
            # A hidden widget loses the focus to the next one in the window.
            shown.setFocus()
        if rows and not self.list.selectionModel().hasSelection():
            # The chosen row is gone: the list does not scroll. The focus alone makes a row current, and
            # selects none.
            index = self.list.rows.index(min(place, len(rows) - 1))
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(index, flag)
        self._show_text()
        self._offer()

    def _show_text(self, *_change: QModelIndex) -> None:
        row = self.list.currentIndex().data(ROW)
        self.text.show_row(row if isinstance(row, ListRow) else None)

    def _offer(self) -> None:
        kind = {Tab.JOBS: JOB, Tab.REFUSED: REFUSAL}.get(self.tab, SETBACK)
        failed = any(row.key[0] == kind for row in self.list.rows.rows)
        self.buttons.offer(self.tab, can_act=bool(self._selected(kind)), any_failed=failed)

    def _selected(self, kind: str) -> list[ListRow]:
        rows: list[ListRow] = [index.data(ROW) for index in self.list.selectionModel().selectedIndexes()]
        return [row for row in rows if row.key[0] == kind]
