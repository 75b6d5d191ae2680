"""Says what dropping does, over the window, while files are held over it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import UNIT, font_title
from ui.widgets.plain_label import PlainLabel

_SIZE = (420, 120)


class DropHint(QWidget):
    """One sentence in the middle of `over`; it takes no mouse."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(*_SIZE)
        first = PlainLabel("Drop to import", alignment=Qt.AlignmentFlag.AlignHCenter)
        first.setFont(font_title())
        second = PlainLabel(
            "Exported pages and reports, Sentry envelopes, JSON, text",
            alignment=Qt.AlignmentFlag.AlignHCenter,
        )
        second.setObjectName("muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(*(4 * (2 * UNIT,)))
        column.setSpacing(UNIT)
        column.addStretch(1)
        column.addWidget(first)
        column.addWidget(second)
        column.addStretch(1)
        self.hide()

    def show_over(self, is_over: bool) -> None:
        """Show it in the middle, or hide it."""
        over = self._over
        self.move((over.width() - self.width()) // 2, (over.height() - self.height()) // 2)
        self.setVisible(is_over)
        self.raise_()
