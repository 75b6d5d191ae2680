"""Paints a row of the sidebar: its icon or sign, its name, its number."""

from functools import cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.plain_text import compact_line
from app.run_ending import RunState
from ui.sidebar.entries import Kind, SidebarEntry
from ui.sidebar.model import ENTRY
from ui.theme import RADIUS, font_body, font_small, font_strong, theme
from ui.widgets import icons
from ui.widgets.cursor_mark import paint_cursor

ROW_HEIGHT = 32
HEADING_HEIGHT = 44
# Two lines.
RUN_HEIGHT = 46
_SECOND_LINE = 17
MARK = 16
MARK_LEFT = 20
TEXT_LEFT = 44
TEXT_RIGHT = 18
COLOURS = ("series_0", "series_1", "series_2", "series_3")
"""The tokens of the theme that a project may have as its colour."""
# What emoji are joined and varied by: fonts need not have them.
_JOINING = "\u200d\ufe0f"
AnyIndex = QModelIndex | QPersistentModelIndex


def colour_of(token: str | None) -> QColor | None:
    """The colour that a project was given, in the theme in force; None for one that there is not."""
    found = getattr(theme(), token) if token in COLOURS else None
    return found if isinstance(found, QColor) else None


@cache
def _can_paint(sign: str) -> bool:
    """Whether some font of this machine has it: an emoji would be an empty box where none does."""
    metrics = QFontMetrics(font_strong())
    return all(metrics.inFontUcs4(ord(each)) for each in sign if each not in _JOINING)


class SidebarDelegate(QStyledItemDelegate):
    """`target_row` is the row on which something would be dropped, `line_row` the one above which."""

    target_row: int | None = None
    line_row: int | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        entry = index.data(ENTRY)
        heights = {Kind.HEADING: HEADING_HEIGHT, Kind.RUN: RUN_HEIGHT}
        return QSize(0, heights.get(entry.kind, ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry: SidebarEntry = index.data(ENTRY)
        colours, rect, state = theme(), option.rect, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.kind is Kind.HEADING:
            painter.setFont(font_small())
            painter.setPen(colours.text_faint)
            painter.drawText(
                rect.adjusted(MARK_LEFT, 0, -MARK, -8),
                Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft,
                entry.label,
            )
            self._paint_line(painter, rect, index.row())
            painter.restore()
            return
        selected = bool(state & QStyle.StateFlag.State_Selected)
        box = QRectF(rect).adjusted(8, 1, -8, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            focused = option.widget.hasFocus()
            chosen = colours.selected if focused else colours.selected_inactive
            painter.setBrush(chosen if selected else colours.hover)
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        paint_cursor(painter, option, box)
        if index.row() == self.target_row:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.focus, 1.5))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        self._content(painter, entry, rect, selected=selected)
        self._paint_line(painter, rect, index.row())
        painter.restore()

    def _paint_line(self, painter: QPainter, rect: QRect, row: int) -> None:
        """The line at which a view that is dragged would be put."""
        if self.line_row in (row, row + 1):
            y = rect.top() + 1 if self.line_row == row else rect.bottom()
            painter.setPen(QPen(theme().focus, 2))
            painter.drawLine(rect.left() + 12, y, rect.right() - 12, y)

    def _content(self, painter: QPainter, entry: SidebarEntry, rect: QRect, *, selected: bool) -> None:
        colours = theme()
        if entry.run is not None:
            self._second_line(painter, entry, rect)
            rect = rect.adjusted(0, 2, 0, -_SECOND_LINE)
        box = QRect(rect.left() + MARK_LEFT, rect.top() + (rect.height() - MARK) // 2, MARK, MARK)
        own = colour_of(entry.colour) if entry.run is None else getattr(colours, entry.colour or "text")
        tint = own or (colours.text if selected else colours.text_muted)
        if entry.sign and _can_paint(entry.sign):
            painter.setFont(font_strong())
            painter.setPen(tint)
            painter.drawText(box.adjusted(-4, -2, 4, 2), Qt.AlignmentFlag.AlignCenter, entry.sign)
        else:
            icons.paint(painter, entry.icon, box, tint)
        right = rect.right() - TEXT_RIGHT
        if number := entry.shown_number:
            painter.setFont(font_small())
            painter.setPen(colours.text_muted if entry.strong else colours.text_faint)
            width = QFontMetrics(painter.font()).horizontalAdvance(number)
            painter.drawText(
                QRect(right - width, rect.top(), width + 1, rect.height()),
                Qt.AlignmentFlag.AlignVCenter,
                number,
            )
            right -= width + 8
        painter.setFont(font_strong() if entry.strong else font_body())
        is_lively = selected or entry.strong
        painter.setPen(colours.text if is_lively else colours.text_muted)
        left = rect.left() + TEXT_LEFT
        # The end of a name tells projects apart as often as its beginning.
        label = QFontMetrics(painter.font()).elidedText(
            compact_line(entry.label), Qt.TextElideMode.ElideMiddle, right - left
        )
        painter.drawText(
            QRect(left, rect.top(), right - left + 1, rect.height()), Qt.AlignmentFlag.AlignVCenter, label
        )

    def _second_line(self, painter: QPainter, entry: SidebarEntry, rect: QRect) -> None:
        """How it is with a run, and since when: in words, which have a colour where it went wrong."""
        colours, run = theme(), entry.run
        assert run is not None
        is_wrong = run.state in (RunState.FAILED, RunState.UNKNOWN)
        painter.setFont(font_small())
        metrics = QFontMetrics(painter.font())
        left, right = rect.left() + TEXT_LEFT, rect.right() - TEXT_RIGHT
        line = QRect(left, rect.bottom() - _SECOND_LINE - 5, right - left + 1, _SECOND_LINE)
        shown = metrics.elidedText(entry.line, Qt.TextElideMode.ElideRight, line.width())
        words = shown[: len(run.words)]
        painter.setPen(getattr(colours, entry.colour or "text") if is_wrong else colours.text_muted)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(colours.text_faint)
        rest = line.adjusted(metrics.horizontalAdvance(words), 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, shown[len(words) :])
