"""The palette's window: a field, and below it what matches. It opens over the window, and goes by Esc."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from ui.palette.delegate import PaletteDelegate
from ui.palette.entry import Entry
from ui.palette.model import PaletteModel
from ui.palette.ranking import rank
from ui.theme import UNIT, font_small, scaled
from ui.widgets.plain_label import OneLineLabel

MOST_SHOWN = 60
_WIDTH = 640
_LEAST_MARGIN = 3 * UNIT
_ROWS = 10
_FOOT = "↑ ↓ to walk, Enter to choose, Esc to leave"
_NOTHING = "Nothing is called that"


class Palette(QFrame):
    """`chosen` carries the entry, when the palette has gone. `typed` carries what is in the field.

    A popup: while it is open the window's keys rest, and the focus returns to where it was.
    """

    chosen = Signal(object)
    typed = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._over = window
        self._entries: Sequence[Entry] = ()
        self._recent: Sequence[str] = ()
        self.setObjectName("palette")
        self.setAccessibleName("Palette")
        self.setWindowTitle("Palette")
        self.field = QLineEdit()
        self.field.setObjectName("palettefield")
        self.field.setAccessibleName("What to do, or where to go")
        self.model = PaletteModel(self)
        self.list = QListView()
        self.list.setObjectName("palettelist")
        self.list.setAccessibleName("What matches")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.foot = OneLineLabel(_FOOT)
        self.foot.setObjectName("caption")
        self.foot.setFont(font_small())
        self.foot.setContentsMargins(2 * UNIT + 4, UNIT, 2 * UNIT, UNIT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.foot)
        self.field.textChanged.connect(self._match)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._choose)
        self.list.selectionModel().currentChanged.connect(lambda current, _before: self._explain(current))

    def offer(self, entries: Sequence[Entry], recent: Sequence[str], hint: str) -> None:
        """Open with these entries; `recent` are the keys of those chosen lately."""
        self._entries, self._recent = entries, recent
        self.field.setPlaceholderText(hint)
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self._match("")
        self._place()
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def add_found(self, text: str, entries: Sequence[Entry]) -> None:
        """Add what was found meanwhile for this text, if it is still in the field."""
        if text != self.field.text():
            return
        shown = {(entry.kind, entry.title, entry.detail) for entry in self.model.entries}
        new = [entry for entry in entries if (entry.kind, entry.title, entry.detail) not in shown]
        self.model.add_entries(new)
        if not self.list.currentIndex().isValid():
            self._select(0)

    def _match(self, text: str) -> None:
        self.model.show_entries(rank(self._entries, text, self._recent, MOST_SHOWN))
        self._select(0)
        if not self.model.entries:
            self.foot.setText(_NOTHING)
        self.typed.emit(text)

    def _select(self, row: int) -> None:
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(row % self.model.rowCount()))

    def _explain(self, current: QModelIndex) -> None:
        entry = self.model.entries[current.row()] if current.isValid() else None
        self.foot.setText(f"Not now: {entry.reason}" if entry is not None and entry.reason else _FOOT)

    def _choose(self, index: QModelIndex) -> None:
        entry = self.model.entries[index.row()] if index.isValid() else None
        # What cannot be done now stays, with its reason in the foot.
        if entry is not None and not entry.reason:
            self.hide()
            self.chosen.emit(entry)

    def _place(self) -> None:
        # Of a window that is partly beside the screen, what is on it.
        corner = self._over.mapToGlobal(QPoint(0, 0))
        over = QRect(corner, self._over.size()).intersected(self._over.screen().availableGeometry())
        width = min(scaled(_WIDTH), over.width() - 2 * _LEAST_MARGIN)
        rows = _ROWS * self.list.sizeHintForRow(0) if self.model.entries else 0
        wanted = self.field.sizeHint().height() + rows + self.foot.sizeHint().height() + UNIT
        height = min(wanted, over.height() - 2 * _LEAST_MARGIN)
        top = min(over.height() // 8, over.height() - height - _LEAST_MARGIN)
        self.setFixedSize(width, height)
        self.move(over.topLeft() + QPoint((over.width() - width) // 2, top))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            act = self._keys().get(Qt.Key(event.key()))
            if act is not None:
                act()
                return True
        return super().eventFilter(watched, event)

    def _keys(self) -> dict[Qt.Key, Callable[[], None]]:
        row, page = self.list.currentIndex().row(), _ROWS - 1
        last = self.model.rowCount() - 1
        return {
            Qt.Key.Key_Down: lambda: self._select(row + 1),
            Qt.Key.Key_Up: lambda: self._select(row - 1),
            Qt.Key.Key_PageDown: lambda: self._select(min(row + page, last)),
            Qt.Key.Key_PageUp: lambda: self._select(max(row - page, 0)),
            Qt.Key.Key_Return: lambda: self._choose(self.list.currentIndex()),
            Qt.Key.Key_Enter: lambda: self._choose(self.list.currentIndex()),
            Qt.Key.Key_Escape: self.hide,
        }
