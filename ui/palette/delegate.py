"""How an entry of the palette is painted: icon, title, what it is, and its key at the right."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.plain_text import compact_line
from ui.palette.entry import Entry, Kind
from ui.palette.model import ENTRY, AnyIndex
from ui.theme import RADIUS, UNIT, font_body, font_code, font_small, scaled, theme
from ui.widgets import icons

_ROW_HEIGHT = 36
_GAP = UNIT + UNIT // 2


class PaletteDelegate(QStyledItemDelegate):
    """One line each."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, scaled(_ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry: Entry = index.data(ENTRY)
        colours, rect = theme(), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect).adjusted(UNIT, 1, -UNIT, -1)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.selected if is_chosen else colours.hover)
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        ink = colours.text_faint if entry.reason else colours.text
        left, right = rect.left() + 2 * UNIT + 4, rect.right() - 2 * UNIT - 4
        icon = QRect(left, rect.center().y() - 7, 16, 16)
        icons.paint(painter, entry.icon or "next", icon, colours.text_muted)
        left += 16 + _GAP
        right = self._keys(painter, entry.shortcut, rect, right)
        kind = entry.reason or _kind(entry)
        if not entry.shortcut or entry.reason:
            right = self._at_right(painter, kind, rect, right)
        title = compact_line(entry.title)
        used = self._text(painter, title, font_body(), ink, rect, left, right)
        if entry.detail and entry.kind is not Kind.COMMAND:
            self._text(
                painter, entry.detail, font_small(), colours.text_faint, rect, left + used + _GAP, right
            )
        painter.restore()

    def _keys(self, painter: QPainter, keys: str, rect: QRect, right: int) -> int:
        if not keys:
            return right
        font = font_code()
        width = QFontMetrics(font).horizontalAdvance(keys) + 2 * UNIT - 2
        height = QFontMetrics(font).height() + 4
        cap = QRectF(right - width, rect.center().y() - height / 2 + 1, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().chip)
        painter.drawRoundedRect(cap, 4, 4)
        painter.setFont(font)
        painter.setPen(theme().text_muted)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)
        return right - width - _GAP

    def _at_right(self, painter: QPainter, text: str, rect: QRect, right: int) -> int:
        font = font_small()
        most = max(rect.width() // 2, 1)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, most)
        width = QFontMetrics(font).horizontalAdvance(shown)
        painter.setFont(font)
        painter.setPen(theme().text_faint)
        painter.drawText(
            QRect(right - width, rect.top(), width + 1, rect.height()), Qt.AlignmentFlag.AlignVCenter, shown
        )
        return right - width - _GAP

    def _text(
        self, painter: QPainter, text: str, font: QFont, ink: QColor, rect: QRect, left: int, right: int
    ) -> int:
        room = right - left
        if room <= 0:
            return 0
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(compact_line(text), Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(
            QRect(left, rect.top(), room + 1, rect.height()), Qt.AlignmentFlag.AlignVCenter, shown
        )
        return metrics.horizontalAdvance(shown)


def _kind(entry: Entry) -> str:
    return "" if entry.kind is Kind.COMMAND else entry.kind.value
