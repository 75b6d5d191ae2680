"""The line below the jump bar in which a person looks for a text on the page."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.detail.page.finder import Finder
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.sheet import Font
from ui.detail.quiet_button import QuietButton
from ui.detail.quiet_label import QuietLabel
from ui.theme import UNIT, font_body
from ui.widgets import icons

_NARROWEST_FIELD = 120
_FIELD_HEIGHT = 28


class FindBar(QWidget):
    """Hidden until `open`. `left`: it was closed by a key, and the page is to have the focus again."""

    left = Signal()

    def __init__(self, theme: PageTheme, finder: Finder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finder = finder
        self.field = QLineEdit(placeholderText="Find in this event")
        self.field.setObjectName("search")
        self.field.setAccessibleName("Find in this event")
        self.field.setFont(font_body())
        self.field.setFixedHeight(_FIELD_HEIGHT)
        self.field.setMinimumWidth(_NARROWEST_FIELD)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(finder.find)
        self.count = QuietLabel(theme, Font.SMALL, self)
        self.buttons = {
            "up": QuietButton(theme, "", "Previous match", command="find_previous", parent=self),
            "unfolded": QuietButton(theme, "", "Next match", command="find_next", parent=self),
            "close": QuietButton(theme, "", "Close (Esc)", parent=self),
        }
        self.buttons["up"].clicked.connect(lambda: finder.step(-1))
        self.buttons["unfolded"].clicked.connect(lambda: finder.step(1))
        self.buttons["close"].clicked.connect(self.close_search)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * UNIT, 0, 2 * UNIT, UNIT)
        row.setSpacing(0)
        row.addWidget(self.field, 1)
        row.addSpacing(UNIT // 2)
        for widget in (self.count, *self.buttons.values()):
            row.addWidget(widget)
        finder.changed.connect(self._show_count)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def _dress(self) -> None:
        for name, button in self.buttons.items():
            button.setIcon(icons.icon(name))

    def open(self) -> None:
        """Show the bar with the cursor in it, what was looked for before selected."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        if self.field.text() and not self._finder.is_active:
            self._finder.find(self.field.text())

    def step(self, direction: int) -> None:
        """Go to the next or the previous match; opens the bar where nothing was looked for."""
        if self._finder.is_active:
            self._finder.step(direction)
        else:
            self.open()

    def close_search(self) -> None:
        """Hide the bar; the match that a person went to is selected."""
        self._finder.select_current()
        self._finder.find("")
        self.hide()
        self.left.emit()

    def _show_count(self) -> None:
        if not self._finder.is_active:
            self.count.show_text("")
            return
        here, total = self._finder.position()
        if total:
            more = "" if self._finder.is_done else "+"
            text = f"{here:,} of {total:,}{more}" if here else f"{total:,}{more} found"
        else:
            text = "not found" if self._finder.is_done else "looking …"
        self.count.show_text(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._finder.step(-1 if shift else 1)
                return True
            if key == Qt.Key.Key_Escape:
                self.close_search()
                return True
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._finder.step(1 if key == Qt.Key.Key_Down else -1)
                return True
        return super().eventFilter(watched, event)
