"""Paints a row of the facets: a heading, or a value with its number at the right."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from app.plain_text import compact_line
from ui.issues.facets import terms
from ui.issues.facets.facet_model import ENTRY, FacetRow, Kind, ValueRow
from ui.theme import RADIUS, UNIT, Theme, font_body, font_small, font_strong, scaled, theme
from ui.widgets import icons
from ui.wording import count

HEADING_HEIGHT = 32
ROW_HEIGHT = 26
_INSET = UNIT
_TEXT = UNIT * 2 + 4
_MARK = 12


class FacetDelegate(QStyledItemDelegate):
    """Paints by itself what Qt's own delegate would, and where."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.take_fonts()

    def take_fonts(self) -> None:
        """Take the fonts that are in force now: the size of text may be another."""
        self._body, self._small, self._strong = font_body(), font_small(), font_strong()
        self._metrics = {font.key(): QFontMetrics(font) for font in (self._body, self._small, self._strong)}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        is_heading = isinstance(index.data(ENTRY), FacetRow)
        return QSize(0, scaled(HEADING_HEIGHT if is_heading else ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry, colours = index.data(ENTRY), theme()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        tree = option.widget
        assert isinstance(tree, QTreeView)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # The tree indents; what is here is as wide as the tree.
        rect = QRect(0, rect.top(), tree.viewport().width(), rect.height())
        box = QRectF(rect).adjusted(_INSET, 1, -_INSET, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if isinstance(entry, ValueRow) and entry.standing == "added":
            painter.setBrush(colours.selected)
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(colours.hover)
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        if state & QStyle.StateFlag.State_HasFocus and tree.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.focus, 1.5))
            painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), RADIUS, RADIUS)
        if isinstance(entry, FacetRow):
            self._heading(painter, rect, entry, tree.isExpanded(index), colours)
        elif isinstance(entry, ValueRow):
            self._value(painter, rect, entry, colours)
        painter.restore()

    def _heading(
        self, painter: QPainter, rect: QRect, facet: FacetRow, is_open: bool, colours: Theme
    ) -> None:
        icon = QRect(_TEXT - 2, rect.center().y() - 5, 12, 12)
        icons.paint(painter, "unfolded" if is_open else "next", icon, colours.text_faint)
        name = compact_line(terms.title(facet.name))
        right = rect.right() - _TEXT
        if not facet.is_complete:
            right -= self._right(painter, rect, "counting …", right, colours.text_faint) + UNIT
        self._left(painter, rect, name, _TEXT + 14, right, self._strong, colours.text_muted)

    def _value(self, painter: QPainter, rect: QRect, value: ValueRow, colours: Theme) -> None:
        right = rect.right() - _TEXT
        left = _TEXT + 14
        if value.kind is not Kind.VALUE:
            colour = colours.accent if value.kind is Kind.MORE else colours.text_faint
            self._left(painter, rect, value.text, left, right, self._small, colour)
            return
        is_out = value.standing == "excluded"
        if value.number is not None:
            faint = colours.text_faint if is_out or not value.number else colours.text_muted
            right -= self._right(painter, rect, count(value.number), right, faint) + UNIT
        colour = colours.text_faint if is_out else colours.text
        if value.standing:
            mark = QRect(_TEXT - 2, rect.center().y() - 5, _MARK, _MARK)
            icons.paint(
                painter, "close" if is_out else "done", mark, colours.danger if is_out else colours.accent
            )
        shown = compact_line(value.text)
        width = self._left(painter, rect, shown, left, right, self._body, colour)
        if is_out:
            # Not by colour alone.
            painter.fillRect(QRect(left, rect.center().y(), width, 1), colour)

    def _left(
        self, painter: QPainter, rect: QRect, text: str, left: int, right: int, font: QFont, colour: QColor
    ) -> int:
        """Returns the text's width."""
        painter.setFont(font)
        painter.setPen(colour)
        metrics = self._metrics[font.key()]
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, max(0, right - left))
        box = QRect(left, rect.top(), max(0, right - left), rect.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)
        return int(metrics.horizontalAdvance(shown))

    def _right(self, painter: QPainter, rect: QRect, text: str, right: int, colour: QColor) -> int:
        """Returns the text's width."""
        width = self._metrics[self._small.key()].horizontalAdvance(text)
        painter.setFont(self._small)
        painter.setPen(colour)
        box = QRect(right - width, rect.top(), width + 1, rect.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), text)
        return width
