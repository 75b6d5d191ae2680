"""The left of the dialog: typing filters the clients, the arrows select one, Enter copies."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.connect.client_list import LINE, ClientDelegate, ClientLine, ClientModel, FoundClients
from ui.theme import UNIT, appearance, font_body
from ui.widgets import icons
from ui.widgets.hint import Hint

if TYPE_CHECKING:
    from app.clients import Client

_WALKING = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class Chooser(QWidget):
    """`chosen` carries the number of a client in the catalogue."""

    chosen = Signal(int)

    def __init__(self, clients: "Sequence[Client]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("list")
        self.found = FoundClients(self)
        self.found.setSourceModel(ClientModel(clients, self))
        self.search = QLineEdit(placeholderText="Search clients")
        self.search.setObjectName("search")
        self.search.setAccessibleName("Search clients")
        self.search.setFont(font_body())
        self.search.setFixedHeight(4 * UNIT)
        self.search.installEventFilter(self)
        self._glass = self.search.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self.list = QListView()
        self._nothing = Hint()
        self._stack = QStackedWidget()
        self._number = 0
        self._lay_out()
        self.search.textChanged.connect(self._narrow)
        self.list.selectionModel().currentChanged.connect(self._choose)
        appearance().themeChanged.connect(self.show_icons)
        self.show_icons()
        self._narrow("")

    def _lay_out(self) -> None:
        self.list.setObjectName("clients")
        self.list.setAccessibleName("Clients")
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setModel(self.found)
        self.list.setItemDelegate(ClientDelegate(self.list))
        self.list.installEventFilter(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing)
        around = QVBoxLayout()
        around.setContentsMargins(UNIT * 2 - 4, UNIT * 2, UNIT * 2 - 4, UNIT // 2)
        around.addWidget(self.search)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(around)
        layout.addWidget(self._stack, 1)

    def show_icons(self) -> None:
        """Set the icons, in the theme's colours."""
        self._glass.setIcon(icons.icon("search"))

    def focus(self) -> None:
        """Put the cursor into the field, what is in it selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.search and event.key() in _WALKING:
                return QApplication.sendEvent(self.list, event)
            if watched is self.search and event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
            if watched is self.list and _is_typed(event):
                self.search.setFocus()
                return QApplication.sendEvent(self.search, event)
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        self.found.search(text)
        # The chosen client stays so while it is listed; else the first is chosen.
        row = self.found.row_of(self._number)
        if row is None:
            row = self.found.row_of(None)
        self._stack.setCurrentIndex(int(row is None))
        if row is None:
            self._nothing.show_message(
                f"No client matches “{text.strip()}”",
                "Whatever can send an HTTP request will do: see “curl, with JSON”.",
            )
            return
        index = self.found.index(row, 0)
        self.list.setCurrentIndex(index)
        if self.list.currentIndex().row() <= 1:
            self.list.scrollToTop()
        else:
            self.list.scrollTo(index)

    def _choose(self, current: QModelIndex) -> None:
        line = current.data(LINE)
        if isinstance(line, ClientLine) and line.number is not None:
            self._number = line.number
            self.chosen.emit(line.number)


def _is_typed(event: QKeyEvent) -> bool:
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
    letter = bool(event.text()) and event.text().isprintable()
    return plain and (letter or event.key() == Qt.Key.Key_Backspace)
