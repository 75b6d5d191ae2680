"""What the pane shows while there is no event to show."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.commands.keymap import keymap
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.sheet import Font
from ui.theme import UNIT


def keys() -> list[tuple[str, str]]:
    """What can be done with an event, by the keys that are in force."""
    shown = keymap().shown
    hints = [
        ("↑  ↓", "choose an issue"),
        (f"{shown('event_previous')}  {shown('event_next')}", "previous and next event"),
        (shown("open"), "open the line in the editor"),
        (shown("palette"), "find whatever can be done"),
        (shown("help"), "all keys"),
        ("Tab", "walk through the page"),
        ("Space", "fold and open its parts"),
    ]
    return [(key, what) for key, what in hints if key.strip()]


class Placeholder(QWidget):
    """A sentence, and hints below it as (key, what it does)."""

    def __init__(self, theme: PageTheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sentence = ""
        self._hints: Sequence[tuple[str, str]] = ()
        theme.changed.connect(self.update)

    def show_message(self, sentence: str, hints: Sequence[tuple[str, str]] = ()) -> None:
        self._sentence = sentence
        self._hints = hints
        self.setAccessibleName(sentence)
        self.setAccessibleDescription("; ".join(f"{key}: {what}" for key, what in hints))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour("surface"))
        type_ = self._theme.type_
        line = type_.leading(Font.BODY) + 4
        room = self.width() - 6 * UNIT
        lines, _ = type_.wrap(self._sentence, Font.BODY, room, 8)
        y = self.height() * 0.4 - (len(lines) + len(self._hints)) * line / 2
        painter.setFont(type_.fonts[Font.BODY])
        painter.setPen(self._theme.colour("text_muted"))
        for text in lines:
            width = type_.advance(text.rstrip(), Font.BODY)
            painter.drawText(
                QPointF((self.width() - width) / 2, y + type_.baseline(Font.BODY, line)), text.rstrip()
            )
            y += line
        self._paint_hints(painter, y + 2 * UNIT, line)
        painter.end()

    def _paint_hints(self, painter: QPainter, y: float, line: float) -> None:
        type_ = self._theme.type_
        keys = max((type_.advance(key, Font.SMALL) for key, _ in self._hints), default=0.0)
        text_width = max((type_.advance(what, Font.SMALL) for _, what in self._hints), default=0.0)
        left = max(2.0 * UNIT, (self.width() - keys - 2 * UNIT - text_width) / 2)
        painter.setFont(type_.fonts[Font.SMALL])
        for key, what in self._hints:
            baseline = y + type_.baseline(Font.SMALL, line)
            painter.setPen(self._theme.colour("text_muted"))
            x = left + keys - type_.advance(key, Font.SMALL)
            painter.drawText(QPointF(x, baseline), key)
            painter.setPen(self._theme.colour("text_faint"))
            painter.drawText(QPointF(left + keys + 2 * UNIT, baseline), what)
            y += line
