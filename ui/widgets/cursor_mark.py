"""Where the cursor is in a list that has the focus: a bar at the left edge of its row.

The grounds of a chosen row with and without the focus differ too little to be told apart at a glance.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui.theme import theme

WIDTH = 3.0
_INSET = 6.0


def paint_cursor(painter: QPainter, option: QStyleOptionViewItem, box: QRectF) -> None:
    """Paint the bar into `box`, the ground of a row, if the row has the cursor and its list the focus."""
    if option.state & QStyle.StateFlag.State_HasFocus and option.widget.hasFocus():
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().focus)
        inset = min(_INSET, box.height() / 4)
        bar = QRectF(box.left(), box.top() + inset, WIDTH, box.height() - 2 * inset)
        painter.drawRoundedRect(bar, WIDTH / 2, WIDTH / 2)
