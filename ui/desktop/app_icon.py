"""The program's icon, in every size that a desktop asks for; in the tray with the unread count painted in."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap

from app.desktop.program import ICON
from ui.theme import LIGHT, font_strong

WINDOW_SIZES = (16, 24, 32, 48, 64, 128, 256)
TRAY_SIZES = (16, 22, 24, 32, 48, 64)
MOST_SHOWN = 99
# The mark's part of the icon's side, and how much wider it is for each further digit.
_MARK, _WIDER = 0.56, 0.22


def window_icon() -> QIcon:
    """The icon of windows, dock and task bar."""
    drawn = QIcon(str(ICON))
    icon = QIcon()
    for size in WINDOW_SIZES:
        icon.addPixmap(drawn.pixmap(size, size))
    return icon


def tray_icon(unread: int, *, is_paused: bool = False) -> QIcon:
    """The icon for the tray: with a number, or with two bars while intake is paused."""
    drawn = QIcon(str(ICON))
    icon = QIcon()
    for size in TRAY_SIZES:
        picture = drawn.pixmap(size, size)
        _paint_mark(picture, count_text(unread), is_paused=is_paused)
        icon.addPixmap(picture)
    return icon


def count_text(unread: int) -> str:
    """The count as it fits into the mark; nothing for none."""
    if unread <= 0:
        return ""
    return str(unread) if unread <= MOST_SHOWN else f"{MOST_SHOWN}+"


def _paint_mark(picture: QPixmap, text: str, *, is_paused: bool) -> None:
    if not text and not is_paused:
        return
    side = picture.width() / picture.devicePixelRatio()
    # The tray's ground is the desktop's, whatever our theme: the mark brings its own.
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    height = _MARK * side
    width = height if is_paused else height + _WIDER * side * (len(text) - 1)
    mark = QRectF(side - width, side - height, width, height)
    painter.setBrush(_PAUSED if is_paused else LIGHT.danger)
    painter.drawRoundedRect(mark, height / 2, height / 2)
    if is_paused:
        painter.setBrush(LIGHT.accent_text)
        bar = height * 0.16
        for left in (0.26, 0.58):
            painter.drawRect(
                QRectF(mark.left() + left * height, mark.top() + 0.25 * height, bar, 0.5 * height)
            )
    else:
        font = QFont(font_strong())
        font.setWeight(QFont.Weight.Bold)
        font.setPixelSize(max(6, round(height * 0.78)))
        painter.setFont(font)
        painter.setPen(LIGHT.accent_text)
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()


_PAUSED = QColor(LIGHT.text_muted)
