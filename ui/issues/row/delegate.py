"""Paints a row of the list: what happened and when last, and under it where, how often and to how many users.

A layout is made once for an issue, and again when the issue, the width or the minute is another.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.model import Issue
from ui.issues.model import ISSUE
from ui.issues.row.layout import Found, Inks, Options, RowLayout, layout_of
from ui.issues.row.marks import paint_mark
from ui.issues.row.metrics import INSET, MARK_LEFT, Density, RowMetrics
from ui.issues.row.texts import whole
from ui.theme import RADIUS, Theme, theme
from ui.widgets import icons
from ui.widgets.cursor_mark import paint_cursor
from ui.widgets.ink import Ink
from ui.widgets.tooltip import show_tooltip
from ui.wording import age

_MOST_LAYOUTS = 500


class Sparklines(Protocol):
    """Knows the recent counts of issues, and paints them."""

    def counts(self, issue_id: int) -> Sequence[int] | None:
        """The counts of an issue, the oldest first; None as long as they are not known."""
        ...

    def paint(self, painter: QPainter, rect: QRect, counts: Sequence[int], colours: Theme) -> None:
        """Paint them."""
        ...


class IssueDelegate(QStyledItemDelegate):
    """Paints issues. `shows_project` is off where every row is of the same project."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.metrics = RowMetrics(Density.COMFORTABLE)
        self._inks = _inks(self.metrics)
        self._options = Options()
        self._sparklines: Sparklines | None = None
        self._layouts: dict[int, tuple[Issue, int, int, RowLayout]] = {}

    @property
    def shows_project(self) -> bool:
        """Whether rows name their project."""
        return self._options.with_project

    @shows_project.setter
    def shows_project(self, shown: bool) -> None:
        self._set(with_project=shown)

    def mark(self, found: Found | None) -> None:
        """Mark what `found` finds in the texts of rows."""
        self._set(found=found)

    def show_sparklines(self, sparklines: Sparklines) -> None:
        """Leave room for sparklines, and paint those that are known."""
        self._sparklines = sparklines
        self._set(with_sparkline=True)

    def set_density(self, density: Density) -> None:
        """Take the metrics of a density, by the fonts that are in force now."""
        self.metrics = RowMetrics(density)
        self._inks = _inks(self.metrics)
        self._layouts.clear()

    def _set(self, **options: object) -> None:
        self._options = replace(self._options, **options)
        self._layouts.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self.metrics.height)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        issue = index.data(ISSUE)
        if event.type() != QEvent.Type.ToolTip or not isinstance(issue, Issue):
            return super().helpEvent(event, view, option, index)
        layout = self._layout(issue, _width(option), datetime.now(UTC))
        # Where all of it is to be read, nothing opens over the rows.
        show_tooltip(event.globalPos(), whole(issue) if layout.is_cut else "", view)
        return True

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        issue = index.data(ISSUE)
        assert isinstance(issue, Issue)
        colours, now = theme(), datetime.now(UTC)
        rect: QRect = option.rect
        layout = self._layout(issue, _width(option), now)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        _ground(painter, option, rect, colours)
        painter.translate(rect.topLeft())
        middle = QPointF(MARK_LEFT + 4, self.metrics.first + self.metrics.line / 2)
        paint_mark(painter, middle, issue.level, colours.level(issue.level))
        self._paint(painter, layout, colours)
        self._age(painter, layout, age(issue.last_seen, now), colours)
        if layout.sparkline is not None and self._sparklines is not None:
            counts = self._sparklines.counts(issue.id)
            if counts:
                self._sparklines.paint(painter, layout.sparkline, counts, colours)
        painter.restore()

    def _layout(self, issue: Issue, width: int, now: datetime) -> RowLayout:
        minute = int(now.timestamp()) // 60
        known = self._layouts.get(issue.id)
        if known is not None and known[0] is issue and known[1] == width and known[2] == minute:
            return known[3]
        if len(self._layouts) >= _MOST_LAYOUTS:
            self._layouts.clear()
        layout = layout_of(issue, width, self.metrics, self._inks, self._options, now)
        self._layouts[issue.id] = issue, width, minute, layout
        return layout

    def _paint(self, painter: QPainter, layout: RowLayout, colours: Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if layout.found:
            painter.setBrush(colours.match_current)
            for box in layout.found:
                painter.drawRoundedRect(box, 2, 2)
        if layout.chips:
            painter.setBrush(colours.chip)
            for chip in layout.chips:
                painter.drawRoundedRect(chip.box, RADIUS - 1, RADIUS - 1)
        for text in (*layout.texts, *(chip.text for chip in layout.chips)):
            painter.setPen(getattr(colours, text.colour))
            text.ink.draw(painter, text.x, text.baseline, text.text)
        if layout.users is not None:
            icons.paint(painter, "user", layout.users, colours.text_faint)
        if layout.star is not None:
            icons.paint(painter, "pinned", layout.star, colours.accent)

    def _age(self, painter: QPainter, layout: RowLayout, text: str, colours: Theme) -> None:
        ink = self._inks.small
        painter.setPen(colours.text_faint)
        ink.draw(painter, layout.age_right - ink.width(text), layout.age_baseline, text)


def _inks(metrics: RowMetrics) -> Inks:
    return Inks(Ink(metrics.body), Ink(metrics.strong), Ink(metrics.small))


def _ground(painter: QPainter, option: QStyleOptionViewItem, rect: QRect, colours: Theme) -> None:
    state: QStyle.StateFlag = option.state
    # Beside a scroll bar, the ground ends at it.
    box = QRectF(rect).adjusted(INSET, 1, 0, -1)
    box.setRight(min(box.right(), _width(option) - INSET))
    ground: QColor | None = None
    focused = _has_focus(option)
    if state & QStyle.StateFlag.State_Selected:
        ground = colours.selected if focused else colours.selected_inactive
    elif state & QStyle.StateFlag.State_MouseOver:
        ground = colours.hover
    painter.setPen(Qt.PenStyle.NoPen)
    if ground is not None:
        painter.setBrush(ground)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        paint_cursor(painter, option, box)
    elif state & QStyle.StateFlag.State_HasFocus and focused:
        # The cursor on a row that is not selected, as Ctrl and the arrows leave it.
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.focus, 1.5))
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), RADIUS, RADIUS)


def _width(option: QStyleOptionViewItem) -> int:
    """How wide the row would be without a scroll bar: its texts end where the search field ends."""
    view: QWidget | None = option.widget
    width: int = option.rect.width()
    if isinstance(view, QAbstractItemView) and view.verticalScrollBar().isVisible():
        width += view.verticalScrollBar().width()
    return width


def _has_focus(option: QStyleOptionViewItem) -> bool:
    widget: QWidget | None = option.widget
    return widget is not None and widget.hasFocus()
