"""The one label of the window: it shows text, and interprets none of it as markup.

Qt's own label decides by the text itself whether that is HTML, and then loads the files that it names.
"""

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.plain_text import breakable, elided, plain
from ui.widgets.tooltip import set_tooltip

LONGEST_TEXT = 4_000
MOST_LINES = 40
LONGEST_LINE = 300
WIDEST_LINE = 560


class PlainLabel(QLabel):
    """A label for any text. `text()` is what it was given, shown or not; `properties` are those of QLabel."""

    def __init__(self, text: str = "", parent: QWidget | None = None, **properties: Any) -> None:
        super().__init__(parent, textFormat=Qt.TextFormat.PlainText, **properties)
        self._given = ""
        if text:
            self.setText(text)

    def setText(self, text: str) -> None:
        self._given = text
        super().setText(shown(text))

    def text(self) -> str:
        return self._given


class OneLineLabel(PlainLabel):
    """One line that gives way where there is no room for it: its end is cut, and is in the tooltip."""

    def setText(self, text: str) -> None:
        self._given = text
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._line()) + 1
        return QSize(min(width, WIDEST_LINE), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _line(self) -> str:
        return elided(self._given, LONGEST_LINE)

    def _fit(self) -> None:
        line = self._line()
        cut = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, max(self.width(), 1))
        QLabel.setText(self, line if self.width() == 0 else cut)
        set_tooltip(self, line if cut != line else "")


class MarkedUpLabel(QLabel):
    """A label for sentences of our own that are HTML; what they quote must be escaped already."""

    def __init__(self, parent: QWidget | None = None, **properties: Any) -> None:
        super().__init__(parent, textFormat=Qt.TextFormat.RichText, **properties)


def shown(text: str) -> str:
    """`text` as a label shows it: plain, of bounded size, and breakable everywhere."""
    lines = plain(text[:LONGEST_TEXT].replace("\r\n", "\n")).split("\n")
    is_cut = len(text) > LONGEST_TEXT or len(lines) > MOST_LINES
    return breakable("\n".join(lines[:MOST_LINES])) + ("…" if is_cut else "")
