"""The list: turns gestures and keys into signals, and holds its scroll position while rows come and go.

At the top, new rows push the others down, as in every inbox. Scrolled away from it, what is being read stays
where it is, however many rows arrive above.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QHeaderView, QTableView, QWidget

from app.model import Issue
from ui.commands.keymap import keymap
from ui.issues import dragging
from ui.issues.model import IssueListModel
from ui.issues.row.delegate import IssueDelegate, Sparklines
from ui.issues.row.layout import Found
from ui.issues.row.metrics import Density
from ui.theme import appearance, theme
from ui.widgets.ticking import ticker

NEAR_THE_END_ROWS = 150
_YOUNG = timedelta(seconds=65)
_OLD_TICKS = 15
# A mouse that crosses the list's edge is often back at once.
_LET_GO_MS = 250
_LETTERS = {
    Qt.Key.Key_J: ("J", "next", Qt.Key.Key_Down),
    Qt.Key.Key_K: ("K", "previous", Qt.Key.Key_Up),
}


class IssueListView(QTableView):
    """Shows an `IssueListModel`. `current_changed` carries the issue's id, or None.

    `end_requested`, `top_requested`: the cursor is to go where the rows may not be loaded.
    `key_released`: the person has let go of a key, which may have been held down. `escaped`: Esc was pressed.
    `let_go`: the rows may not be held any more, which `is_held` says.
    """

    current_changed = Signal(object)
    opened = Signal(int)
    menu_requested = Signal(QPoint)
    key_released = Signal()
    end_requested = Signal()
    top_requested = Signal()
    escaped = Signal()
    let_go = Signal()

    def __init__(self, model: IssueListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        # What a movement of the cursor selects, where it is not what the view selects by itself (None).
        self.selection_rule: Callable[[QEvent | None], QItemSelectionModel.SelectionFlag | None]
        self.selection_rule = lambda _event: None
        self._delegate = IssueDelegate(self)
        self._anchor = QPersistentModelIndex()
        self._anchor_offset = 0
        self._ticks = 0
        self._letting_go = QTimer(self, singleShot=True)
        self._letting_go.setInterval(_LET_GO_MS)
        self._letting_go.timeout.connect(self.let_go)
        self._dress()
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._connect()

    def _dress(self) -> None:
        self.setObjectName("issues")
        self.setAccessibleName("Issues")
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setWordWrap(False)
        # What is on the screen already is moved when the list is scrolled, and only new rows are painted.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._take_height()

    def _take_height(self) -> None:
        self.row_height = self._delegate.metrics.height
        self.verticalHeader().setMinimumSectionSize(self.row_height)
        self.verticalHeader().setDefaultSectionSize(self.row_height)
        self.verticalScrollBar().setSingleStep(self.row_height // 2)

    @property
    def density(self) -> Density:
        """How much room a row takes."""
        return self._delegate.metrics.density

    def set_density(self, density: Density) -> None:
        """Give rows this much room, by the fonts in force; what is at the top stays there."""
        top, offset = self._anchor, self._anchor_offset / self.row_height
        self._delegate.set_density(density)
        self._take_height()
        if top.isValid():
            self.updateGeometries()
            self.verticalScrollBar().setValue(round((top.row() + offset) * self.row_height))
        self.viewport().update()

    def _take_fonts(self) -> None:
        """The theme's fonts may have another size."""
        self.set_density(self.density)

    def show_sparklines(self, sparklines: Sparklines) -> None:
        """Show sparklines in the rows."""
        self._delegate.show_sparklines(sparklines)
        self.viewport().update()

    def mark(self, found: Found | None) -> None:
        """Mark what `found` finds in the texts of rows."""
        self._delegate.mark(found)
        self.viewport().update()

    def _connect(self) -> None:
        model = self._model
        model.rowsAboutToBeMoved.connect(lambda _parent, first, last, *_rest: self._leave(first, last))
        model.rowsAboutToBeRemoved.connect(lambda _parent, first, last: self._leave(first, last))
        model.rowsMoved.connect(self._hold)
        model.rowsInserted.connect(self._hold)
        model.rowsRemoved.connect(self._hold)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._model.issue(index.row()).id))
        appearance().themeChanged.connect(self._take_fonts)
        ticker().ticked.connect(self._tick)

    def show_project(self, shown: bool) -> None:
        """Whether rows name their project."""
        self._delegate.shows_project = shown
        self.viewport().update()

    @property
    def issues(self) -> IssueListModel:
        """The model whose rows are shown."""
        return self._model

    def current_id(self) -> int | None:
        """The issue that has the cursor."""
        index = self.currentIndex()
        return self._model.issue(index.row()).id if index.isValid() else None

    def selected(self) -> list[Issue]:
        """The selected issues, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._model.issue(row) for row in rows]

    def held_rows(self) -> tuple[int, int]:
        """The first and the last of the rows that are seen or selected."""
        top = self.verticalScrollBar().value()
        rows = [top // self.row_height, (top + self.viewport().height()) // self.row_height]
        rows += (index.row() for index in self.selectionModel().selectedRows())
        return min(rows), max(rows)

    def is_held(self) -> bool:
        """Whether somebody looks at rows: the mouse is over them, one is selected, or they are scrolled."""
        return (
            self._is_under_mouse()
            or self.selectionModel().hasSelection()
            or self.verticalScrollBar().value() > 0
            or not self._model.is_from_top
        )

    def _is_under_mouse(self) -> bool:
        """Whether the mouse is over a row."""
        viewport = self.viewport()
        return viewport.underMouse() and self.indexAt(viewport.mapFromGlobal(QCursor.pos())).isValid()

    def spot(self) -> tuple[int | None, int | None, int]:
        """The current issue, the one at the upper edge, and how many pixels of that are above the edge.

        None for the latter at the beginning of the list.
        """
        value = self.verticalScrollBar().value()
        row = value // self.row_height
        if row >= self._model.rowCount() or (value == 0 and self._model.is_from_top):
            return self.current_id(), None, 0
        return self.current_id(), self._model.issue(row).id, value - row * self.row_height

    def return_to(self, current: int | None, top: int | None, offset: int = 0) -> bool:
        """Go to a spot, as far as its rows are loaded; whether the current issue is."""
        row = None if current is None else self._model.row_of(current)
        if row is not None:
            self.select_row(row)
        self.updateGeometries()
        edge = None if top is None else self._model.row_of(top)
        if edge is not None:
            self.verticalScrollBar().setValue(edge * self.row_height + offset)
        elif top is None and self._model.is_from_top:
            self.verticalScrollBar().setValue(0)
        return row is not None

    def select_row(self, row: int) -> None:
        """Put the cursor and the selection on a row, if there is such a row."""
        if 0 <= row < self._model.rowCount():
            if (row + 1) * self.row_height > self.verticalScrollBar().maximum() + self.viewport().height():
                # The row has just been loaded: the scroll bar would end before it.
                self.updateGeometries()
            self.setCurrentIndex(self._model.index(row, 0))

    def step(self, direction: int) -> None:
        """Go to the next row, or with -1 to the one before."""
        index = self.currentIndex()
        self.select_row(index.row() + direction if index.isValid() else 0)

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self.current_changed.emit(self._model.issue(current.row()).id if current.isValid() else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, model = event.key(), self._model
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        letter, command, arrow = _LETTERS.get(Qt.Key(key), ("", "next", Qt.Key.Key_Down))
        # Alone they are commands, which may have other keys.
        if letter and (not plain or letter in keymap().keys(command)):
            super().keyPressEvent(QKeyEvent(event.type(), arrow, event.modifiers()))
        elif key == Qt.Key.Key_Home and plain:
            if model.is_from_top:
                self.select_row(0)
            self.top_requested.emit()
        elif key == Qt.Key.Key_End and plain:
            if not model.canFetchMore():
                self.select_row(model.rowCount() - 1)
            self.end_requested.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(model.issue(self.currentIndex().row()).id)
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        command = self.selection_rule(event)
        return super().selectionCommand(index, event) if command is None else command

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not self.indexAt(event.position().toPoint()).isValid():
            self._letting_go.start()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._letting_go.start()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._letting_go.start()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        if not event.isAutoRepeat():
            self.key_released.emit()

    def keyboardSearch(self, search: str) -> None:
        """No search by typing: letters are commands here."""

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the selected issues onto a view of the sidebar."""
        ids = [issue.id for issue in self.selected()]
        if ids:
            dragging.start(self, ids)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.selectionModel().hasSelection():
            self.menu_requested.emit(event.globalPos())

    def rowsAboutToBeRemoved(
        self, parent: QModelIndex | QPersistentModelIndex, first: int, last: int
    ) -> None:
        # Rows leave from the last to the first: the one after these stays. Qt may choose one that does not.
        if first <= self.currentIndex().row() <= last:
            self.select_row(last + 1 if last + 1 < self._model.rowCount() else first - 1)
        super().rowsAboutToBeRemoved(parent, first, last)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().window)
        painter.end()
        super().paintEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Not the item view's own: it puts the cursor on the first row, which would select it.
        QAbstractScrollArea.focusInEvent(self, event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scrolled(self.verticalScrollBar().value())

    def _scrolled(self, value: int) -> None:
        row = value // self.row_height
        self._anchor = QPersistentModelIndex(self._model.index(row, 0))
        self._anchor_offset = value - row * self.row_height
        last = (value + self.viewport().height()) // self.row_height
        if last > self._model.rowCount() - NEAR_THE_END_ROWS and self._model.canFetchMore():
            self._model.fetchMore()
        if row < NEAR_THE_END_ROWS and not self._model.is_from_top:
            self._model.earlier_requested.emit()
        if value == 0:
            self._letting_go.start()

    def _leave(self, first: int, last: int) -> None:
        """The anchor is about to move: take the row after it, which stays."""
        if self._anchor.isValid() and first <= self._anchor.row() <= last:
            self._anchor = QPersistentModelIndex(self._model.index(last + 1, 0))

    def _hold(self) -> None:
        # A table view doesn't repaint for rows that moved.
        self.viewport().update()
        bar = self.verticalScrollBar()
        if (bar.value() == 0 and self._model.is_from_top) or not self._anchor.isValid():
            return
        place = self._anchor.row() * self.row_height + self._anchor_offset
        if place != bar.value():
            self.updateGeometries()
            bar.setValue(place)

    def _tick(self) -> None:
        """Let ages grow: each second while one that is seen is young, else four times a minute."""
        self._ticks += 1
        if not self.isVisible() or self._model.rowCount() == 0:
            return
        top = self.verticalScrollBar().value()
        last = (top + self.viewport().height()) // self.row_height
        seen = range(top // self.row_height, min(last + 1, self._model.rowCount()))
        young = datetime.now(UTC) - _YOUNG
        if self._ticks % _OLD_TICKS == 0 or any(self._model.issue(row).last_seen > young for row in seen):
            self.viewport().update()
