"""The list of places: gestures and keys as signals.

Issues are dropped on a view, and a saved view is dragged among the others. By key: Alt with an arrow moves a
saved view, F2 renames, Delete deletes it, and the menu key opens what can be done.
"""

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui.issues import dragging
from ui.sidebar import dropping
from ui.sidebar.delegate import SidebarDelegate
from ui.sidebar.entries import Kind, SidebarEntry
from ui.sidebar.model import ENTRY, SidebarModel
from ui.widgets.tooltip import show_tooltip

VIEW = "application/x-arecibo-view"
_OWN_KEYS = (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PlacesView(QListView):
    """Shows a `SidebarModel`.

    `dropped(place, issue ids, where)`: issues were dropped on a place. `moved(id, place)`: a saved view is to
    be so far down among the others. `menu_requested`, `rename_requested`, `delete_requested` and `opened`
    carry the entry; the first and the last also where on the screen.
    """

    dropped = Signal(object, list, QPoint)
    moved = Signal(int, int)
    menu_requested = Signal(object, QPoint)
    rename_requested = Signal(object)
    delete_requested = Signal(object)
    opened = Signal(object, QPoint)

    def __init__(self, model: SidebarModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = SidebarDelegate(self)
        self.setObjectName("places")
        self.setAccessibleName("Places")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAcceptDrops(True)
        self.setDragEnabled(True)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._open)

    def entry_at(self, where: QPoint) -> SidebarEntry | None:
        """The row at a place of the viewport."""
        found = self.indexAt(where).data(ENTRY)
        return found if isinstance(found, SidebarEntry) else None

    def current_entry(self) -> SidebarEntry | None:
        """The row that has the cursor."""
        found = self.currentIndex().data(ENTRY)
        return found if isinstance(found, SidebarEntry) else None

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        entry = index.data(ENTRY)
        if isinstance(entry, SidebarEntry) and entry.place is None:
            # The cursor may be on the row of what is hidden; the place that is shown stays marked.
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)

    # -- keys -----------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        entry = self.current_entry()
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_own = event.key() in _OWN_KEYS and entry is not None and entry.kind is not Kind.PAGE
            if is_own:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry, key = self.current_entry(), event.key()
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key), 0)
        if entry is not None and step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if entry.kind is Kind.SAVED:
                self.moved.emit(entry.id, max(0, self._place_of(entry) + step))
        elif entry is not None and key == Qt.Key.Key_F2:
            self.rename_requested.emit(entry)
        elif entry is not None and key == Qt.Key.Key_Delete and entry.kind in (Kind.SAVED, Kind.RUN):
            self.delete_requested.emit(entry)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """No search by typing: letters are commands here."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            entry, where = self.current_entry(), self._below(self.currentIndex())
        else:
            entry, where = self.entry_at(event.pos()), event.globalPos()
        if entry is not None and entry.kind is not Kind.HEADING:
            self.menu_requested.emit(entry, where)

    def _open(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY)
        if isinstance(entry, SidebarEntry) and entry.kind is not Kind.HEADING:
            self.opened.emit(entry, self._below(index))

    def _below(self, index: QModelIndex) -> QPoint:
        return self.viewport().mapToGlobal(self.visualRect(index).bottomLeft() + QPoint(8, 0))

    # -- the mouse ------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Whoever opens a menu does not go there.
        if event.button() != Qt.MouseButton.RightButton:
            super().mousePressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        entry = self.current_entry()
        if entry is None or entry.kind is not Kind.SAVED:
            return
        drag, data = QDrag(self), QMimeData()
        data.setData(VIEW, str(entry.id).encode())
        drag.setMimeData(data)
        drag.setPixmap(dragging.label(entry.label[:40], self.devicePixelRatioF()))
        drag.exec(Qt.DropAction.MoveAction)
        self._mark(None, None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if data.hasFormat(VIEW) or data.hasFormat(dragging.ISSUES):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        where, data = event.position().toPoint(), event.mimeData()
        if data.hasFormat(VIEW):
            row = self._row_between(where)
            self._mark(None, row)
            event.setAccepted(row is not None)
            return
        entry = self.entry_at(where)
        verb = dropping.verb_for(None if entry is None else entry.place)
        self._mark(None if verb is None else self.indexAt(where).row(), None)
        # The pointer says what would happen.
        said = "" if verb is None else dropping.describe(verb, len(dragging.carried(data)))
        show_tooltip(self.viewport().mapToGlobal(where) + QPoint(16, 16), said, self)
        event.setAccepted(verb is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(None, None)
        show_tooltip(QPoint(), "", self)

    def dropEvent(self, event: QDropEvent) -> None:
        where, data = event.position().toPoint(), event.mimeData()
        self._mark(None, None)
        show_tooltip(QPoint(), "", self)
        if data.hasFormat(VIEW):
            row, number = self._row_between(where), int(bytes(data.data(VIEW).data()) or b"0")
            if row is not None:
                first = self._first_saved() or 0
                before = [each.id for each in self._model.entries[first:row]]
                self.moved.emit(number, len([each for each in before if each != number]))
            event.accept()
            return
        entry, ids = self.entry_at(where), dragging.carried(data)
        if entry is not None and ids and dropping.verb_for(entry.place) is not None:
            self.dropped.emit(entry.place, ids, self.viewport().mapToGlobal(where))
            event.accept()

    def _mark(self, target: int | None, line: int | None) -> None:
        if (self._delegate.target_row, self._delegate.line_row) != (target, line):
            self._delegate.target_row, self._delegate.line_row = target, line
            self.viewport().update()

    def _first_saved(self) -> int | None:
        saved = (row for row, each in enumerate(self._model.entries) if each.kind is Kind.SAVED)
        return next(saved, None)

    def _place_of(self, entry: SidebarEntry) -> int:
        saved = [each.id for each in self._model.entries if each.kind is Kind.SAVED]
        return saved.index(entry.id)

    def _row_between(self, where: QPoint) -> int | None:
        """The row above which a saved view would be put, if it is among the saved ones."""
        first = self._first_saved()
        if first is None:
            return None
        last = first + sum(each.kind is Kind.SAVED for each in self._model.entries)
        index = self.indexAt(where)
        row = index.row() if index.isValid() else self._model.rowCount()
        rect = self.visualRect(index)
        row += index.isValid() and where.y() > rect.center().y()
        return min(max(row, first), last)
