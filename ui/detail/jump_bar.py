"""The labels below the buttons: each scrolls to a section, and the one in view is marked.

The first nine have a digit as their key. Those for which there is no room are in a menu at the end.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QWidget

from ui.detail.page.page_theme import PageTheme
from ui.detail.page.sheet import Font
from ui.detail.quiet_button import QuietButton
from ui.detail.quiet_label import QuietLabel
from ui.theme import UNIT
from ui.widgets import icons

_MESSAGE_MS = 1_600
_WITH_KEYS = 9


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
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.more = QuietButton(theme, "", "More sections", parent=self)
        self.more.clicked.connect(self._open_menu)
        self.more.hide()
        self._row.addWidget(self.more)
        self._row.addStretch(1)
        self.message = QuietLabel(theme, Font.SMALL, self)
        self._row.addWidget(self.message)
        self._message_timer = QTimer(self, singleShot=True)
        self._message_timer.setInterval(_MESSAGE_MS)
        self._message_timer.timeout.connect(lambda: self._show_message(""))
        self.setAccessibleName("Sections")
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.more.setIcon(icons.icon("more"))
        self._fit()

    def show_entries(self, entries: Sequence[tuple[int, str]]) -> None:
        """Sections by index and label. Unchanged labels reuse their buttons, so nothing flickers."""
        if [word for _, word in entries] != [word for _, word in self._entries]:
            for button in self._buttons.values():
                self._row.removeWidget(button)
                button.hide()
                button.deleteLater()
            self._buttons = {
                section: self._button(word, number) for number, (section, word) in enumerate(entries, 1)
            }
        else:
            self._buttons = dict(
                zip((section for section, _ in entries), self._buttons.values(), strict=True)
            )
        self._entries = list(entries)
        self._fit()

    def _button(self, word: str, number: int) -> QuietButton:
        key = f" ({number})" if number <= _WITH_KEYS else ""
        tooltip = f"Go to {word.lower()}{key}"
        button = QuietButton(self._theme, word, tooltip, font=Font.SMALL, parent=self)
        button.choose(False)
        button.clicked.connect(lambda: self._jump_to(button))
        self._row.insertWidget(self._row.indexOf(self.more), button)
        return button

    def _jump_to(self, pressed: QuietButton) -> None:
        self.jump.emit(next(section for section, button in self._buttons.items() if button is pressed))

    def go(self, number: int) -> None:
        """Jump to one of the sections that have labels, counted from 1; nothing happens beyond the last."""
        if 1 <= number <= len(self._entries) and self.isVisible():
            self.jump.emit(self._entries[number - 1][0])

    def mark(self, section: int) -> None:
        """Marks the label of this section, or of the last one before it that has a label."""
        current = max((entry for entry in self._buttons if entry <= section), default=-1)
        for entry, button in self._buttons.items():
            button.choose(entry == current)
        self.more.choose(any(button.isHidden() and button.chosen for button in self._buttons.values()))

    def menu(self) -> QMenu:
        """The labels for which there is no room, with their keys."""
        menu = QMenu(self)
        for number, ((section, word), button) in enumerate(
            zip(self._entries, self._buttons.values(), strict=True), 1
        ):
            if button.isHidden():
                key = f"\t{number}" if number <= _WITH_KEYS else ""
                menu.addAction(word + key, self._jumping(section))
        return menu

    def _jumping(self, section: int) -> Callable[[], None]:
        return lambda: self.jump.emit(section)

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _fit(self) -> None:
        """Show as many labels as there is room for; the others go into the menu."""
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self.message.sizeHint().width()
        widths = [button.sizeHint().width() for button in self._buttons.values()]
        has_more = sum(widths) > room
        room -= self.more.sizeHint().width() if has_more else 0
        for button, width in zip(self._buttons.values(), widths, strict=True):
            room -= width
            button.setVisible(room >= 0)
        self.more.setVisible(has_more)
        self._row.activate()

    def minimumSizeHint(self) -> QSize:
        # Labels give way: they do not make the pane wider. Without any it is as high as with them: what is
        # below does not move when they come.
        below = self._row.contentsMargins().bottom()
        return QSize(0, max(super().minimumSizeHint().height(), self.more.sizeHint().height() + below))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

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
        self._show_message(sentence)
        self._message_timer.start()

    def _show_message(self, text: str) -> None:
        self.message.show_text(text)
        self._fit()

    def labels(self) -> list[tuple[str, bool]]:
        """Each label, and whether it is marked."""
        return [(button.text(), button.chosen) for button in self._buttons.values()]
