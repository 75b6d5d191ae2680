"""Muted text next to buttons, painted in the theme's colours."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.detail.page.page_theme import PageTheme
from ui.detail.page.sheet import Font
from ui.theme import UNIT


class QuietLabel(QWidget):
    """Plain text on one line, centred; as wide as its widest text, so that buttons next to it do not move."""

    def __init__(self, theme: PageTheme, font: Font, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._font = font
        self._text = ""
        self._widest = ""
        theme.changed.connect(self.update)

    def text(self) -> str:
        return self._text

    def show_text(self, text: str, *, widest: str = "") -> None:
        """`widest` is the widest text that it will have to show."""
        if (text, widest) != (self._text, self._widest):
            self._text, self._widest = text, widest
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        width = max(self._theme.type_.advance(text, self._font) for text in (self._text, self._widest))
        return QSize(round(width) + UNIT, round(self._theme.type_.leading(self._font)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._theme.type_.fonts[self._font])
        painter.setPen(self._theme.colour("text_muted"))
        painter.drawText(
            QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, self._text
        )
        painter.end()
