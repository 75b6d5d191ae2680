"""The tree of facets: turns clicks and keys into signals.

A click or Enter asks for a value, or no longer; with Alt, or by the minus key, it is left out. Ctrl does the
same as Alt: window managers move the window by Alt and the mouse.
"""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QMenu, QTreeView, QWidget

from ui.issues.facets.facet_delegate import FacetDelegate
from ui.issues.facets.facet_model import FacetModel, FacetRow, Kind, ValueRow
from ui.theme import appearance

_EXCLUDES = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class FacetView(QTreeView):
    """`value_toggled` and `value_excluded` carry a facet and a value, `more_requested` a facet.

    `folded`: a person has folded or unfolded a facet. `left`: the focus is to go to the list.
    """

    value_toggled = Signal(str, str)
    value_excluded = Signal(str, str)
    more_requested = Signal(str)
    folded = Signal(str, bool)
    left = Signal()

    def __init__(self, model: FacetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facets = model
        self.setObjectName("facets")
        self.setAccessibleName("Facets")
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(True)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QTreeView.SelectionMode.NoSelection)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setModel(model)
        self._delegate = FacetDelegate(self)
        self.setItemDelegate(self._delegate)
        self.expanded.connect(lambda index: self._tell(index, is_folded=False))
        self.collapsed.connect(lambda index: self._tell(index, is_folded=True))
        appearance().themeChanged.connect(self._dress)

    def _dress(self) -> None:
        self._delegate.take_fonts()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self._act(index, excludes=bool(event.modifiers() & _EXCLUDES))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key = self.currentIndex(), Qt.Key(event.key())
        is_value = index.isValid() and isinstance(self._facets.entry(index), ValueRow)
        if key in _ENTERS and index.isValid():
            self._act(index, excludes=bool(event.modifiers() & _EXCLUDES))
        elif key == Qt.Key.Key_Minus and is_value:
            self._act(index, excludes=True)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """No search by typing: letters are commands of the window."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).bottomLeft() if by_key else event.pos()
            self.open_menu(index, self.viewport().mapToGlobal(place))

    def open_menu(self, index: QModelIndex, place: QPoint) -> None:
        """Offer what can be done with a value."""
        entry = self._facets.entry(index)
        if not isinstance(entry, ValueRow) or entry.kind is not Kind.VALUE:
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        only = menu.addAction("Show all again" if entry.standing == "added" else "Show only these")
        only.triggered.connect(lambda: self.value_toggled.emit(entry.facet, entry.text))
        out = menu.addAction("No longer leave out" if entry.standing == "excluded" else "Leave out")
        out.triggered.connect(lambda: self.value_excluded.emit(entry.facet, entry.text))
        menu.popup(place)

    def drawBranches(self, painter: QPainter, rect: object, index: object) -> None:
        """None: the delegate paints the arrow."""

    def _act(self, index: QModelIndex, *, excludes: bool) -> None:
        entry = self._facets.entry(index)
        if isinstance(entry, FacetRow):
            self.setExpanded(index, not self.isExpanded(index))
        elif entry.kind is Kind.MORE:
            self.more_requested.emit(entry.facet)
        elif entry.kind is Kind.VALUE:
            (self.value_excluded if excludes else self.value_toggled).emit(entry.facet, entry.text)

    def _tell(self, index: QModelIndex, *, is_folded: bool) -> None:
        entry = self._facets.entry(index)
        if isinstance(entry, FacetRow):
            self.folded.emit(entry.name, is_folded)
