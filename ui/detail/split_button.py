"""An action and the menu of its other forms as one button: two halves in one frame."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.detail.page.page_theme import PageTheme
from ui.theme import RADIUS


class SplitButton(QWidget):
    """Frames `action` and `menu`, a line between them; without the menu it frames the action alone."""

    def __init__(
        self, theme: PageTheme, action: QWidget, menu: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._menu = menu
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        # The line is painted between the halves.
        row.setSpacing(1)
        row.addWidget(action)
        row.addWidget(menu)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        if not self._menu.isHidden():
            painter.fillRect(self._menu.x() - 1, 1, 1, self.height() - 2, self._theme.colour("line"))
        painter.end()
