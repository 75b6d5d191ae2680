"""The labels below the buttons: each scrolls to a section, and the one in view is marked."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.detail.page.page_theme import PageTheme
from ui.detail.page.sheet import Font
from ui.detail.quiet_button import QuietButton
from ui.detail.quiet_label import QuietLabel
from ui.theme import UNIT

_MESSAGE_MS = 1_600


class JumpBar(QWidget):
    """`jump(section)` asks for a section by its index on the page."""

    jump = Signal(int)

    def __init__(self, theme: PageTheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._divided = False
        self._buttons: dict[int, QuietButton] = {}
        self._entries: list[tuple[int, str]] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2 * UNIT, 0, 2 * UNIT, UNIT // 2)
        self._row.setSpacing(0)
        self._row.addStretch(1)
        self.message = QuietLabel(theme, Font.SMALL, self)
        self._row.addWidget(self.message)
        self._message_timer = QTimer(self, singleShot=True)
        self._message_timer.setInterval(_MESSAGE_MS)
        self._message_timer.timeout.connect(lambda: self.message.show_text(""))
        self.setAccessibleName("Sections")

    def show_entries(self, entries: Sequence[tuple[int, str]]) -> None:
        """Sections by index and label. Unchanged labels reuse their buttons, so nothing flickers."""
        if [word for _, word in entries] != [word for _, word in self._entries]:
            for button in self._buttons.values():
                self._row.removeWidget(button)
                button.hide()
                button.deleteLater()
            self._buttons = {section: self._button(word) for section, word in entries}
        else:
            self._buttons = dict(
                zip((section for section, _ in entries), self._buttons.values(), strict=True)
            )
        self._entries = list(entries)

    def _button(self, word: str) -> QuietButton:
        button = QuietButton(self._theme, word, f"Go to {word.lower()}", font=Font.SMALL, parent=self)
        button.choose(False)
        button.clicked.connect(lambda: self._jump_to(button))
        self._row.insertWidget(self._row.count() - 2, button)
        return button

    def _jump_to(self, pressed: QuietButton) -> None:
        self.jump.emit(next(section for section, button in self._buttons.items() if button is pressed))

    def mark(self, section: int) -> None:
        """Marks the label of this section, or of the last one before it that has a label."""
        current = max((entry for entry in self._buttons if entry <= section), default=-1)
        for entry, button in self._buttons.items():
            button.choose(entry == current)

    def divide(self, scrolled: int) -> None:
        """Draws a line below once the page has been scrolled under the bar."""
        if (scrolled > 0) != self._divided:
            self._divided = scrolled > 0
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._divided:
            painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))
        painter.end()

    def show_copied(self, what: str) -> None:
        """Shows for a moment that something was copied."""
        self.show_message(f"{what} copied")

    def show_message(self, sentence: str) -> None:
        """Shows a few words for a moment."""
        self.message.show_text(sentence)
        self._message_timer.start()

    def labels(self) -> list[tuple[str, bool]]:
        """Each label, and whether it is marked."""
        return [(button.text(), button.chosen) for button in self._buttons.values()]
