"""The pill over the list: how much has come while its rows were held. A click lets it in."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from app.plain_text import plural
from ui.issues.stream.arrivals import Pending
from ui.theme import font_small
from ui.widgets.tooltip import set_tooltip

# It stands on the list's upper edge, in the gap above the first row's text.
_OVERLAP = 9


class ArrivalsPill(QPushButton):
    """Follows the upper edge of `below`, and is not there while nothing waits."""

    def __init__(self, below: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._below, self._over = below, parent
        self.setObjectName("pill")
        self.setFont(font_small())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_tooltip(self, "Show what has come", "arrivals")
        self.setAccessibleName("Show what has come")
        below.installEventFilter(self)
        self.hide()

    def show_pending(self, pending: Pending) -> None:
        """Show how much waits."""
        new, updated = f"{pending.new:,} new", f"{pending.updated:,} updated"
        parts = [text for number, text in ((pending.new, new), (pending.updated, updated)) if number]
        self.setText(" · ".join(parts))
        spoken = (plural(pending.new, "new issue"), plural(pending.updated, "updated issue"))
        self.setAccessibleName(f"Show {spoken[0]}, {spoken[1]}")
        self.setVisible(bool(pending) and self._below.isVisible())
        self._place()

    def _place(self) -> None:
        self.adjustSize()
        corner = self._below.mapTo(self._over, self._below.rect().topLeft())
        left = corner.x() + max(0, (self._below.width() - self.width()) // 2)
        self.move(left, max(0, corner.y() - self.height() + _OVERLAP))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return super().eventFilter(watched, event)
