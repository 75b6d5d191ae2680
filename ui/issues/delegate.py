"""Paints a row of the list: two lines, beginning with the error's type.

The first line shows what happened and when last, the second where and how often. Unread rows are bold; a
small mark before the first line shows the level by shape as much as by colour.
"""

from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.model import Issue, Level
from app.plain_text import compact_line
from ui.issues import issue_text
from ui.issues.model import ISSUE
from ui.theme import RADIUS, UNIT, Theme, font_body, font_small, font_strong, theme
from ui.wording import age, count

ROW_HEIGHT = 56
_INSET = UNIT
_MARK_LEFT = _INSET + 12
_TEXT_LEFT = _MARK_LEFT + 20
_RIGHT = _INSET + 12
_FIRST_LINE = 9
_SECOND_LINE = 29
_LINE_HEIGHT = 20
_GAP = 12
_CACHED_TEXTS = 4_000


class IssueDelegate(QStyledItemDelegate):
    """Paints issues. `shows_project` is off where every row is of the same project."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shows_project = True
        self._elided: dict[tuple[str, int, bool], str] = {}
        self._fonts = {
            True: font_strong(),
            False: font_body(),
        }
        self._small = font_small()
        self._metrics = {strong: QFontMetrics(font) for strong, font in self._fonts.items()}
        self._small_metrics = QFontMetrics(self._small)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        issue = index.data(ISSUE)
        assert isinstance(issue, Issue)
        colours = theme()
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        self._ground(painter, option, rect, colours)
        painter.translate(rect.topLeft())
        paint_mark(
            painter,
            QPointF(_MARK_LEFT + 4, _FIRST_LINE + _LINE_HEIGHT / 2),
            issue.level,
            colours.level(issue.level),
        )
        self._first_line(painter, issue, rect.width(), colours)
        self._second_line(painter, issue, rect.width(), colours)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, colours: Theme) -> None:
        state: QStyle.StateFlag = option.state
        box = QRectF(rect).adjusted(_INSET, 1, -_INSET, -1)
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
        elif state & QStyle.StateFlag.State_HasFocus and focused:
            # The cursor on a row that is not selected, as Ctrl and the arrows leave it.
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.focus, 1.5))
            painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), RADIUS, RADIUS)

    def _first_line(self, painter: QPainter, issue: Issue, width: int, colours: Theme) -> None:
        seen = age(issue.last_seen, datetime.now(UTC))
        right = width - _RIGHT
        right -= self._at_right(painter, seen, right, _FIRST_LINE, colours.text_faint) + _GAP
        kind, message = issue_text.headline(issue)
        left = _TEXT_LEFT
        painter.setPen(colours.text if issue.unread else colours.text_muted)
        left += self._text(painter, kind, left, right, strong=issue.unread)
        if message and right - left > 40:
            painter.setPen(colours.text_muted if issue.unread else colours.text_faint)
            self._text(painter, message, left + 8, right, strong=False)

    def _second_line(self, painter: QPainter, issue: Issue, width: int, colours: Theme) -> None:
        right = width - _RIGHT
        times = f"{count(issue.count)}×"
        right -= self._at_right(painter, times, right, _SECOND_LINE, colours.text_muted) + _GAP
        if text := issue_text.state_text(issue):
            colour = colours.danger if issue_text.is_alarming(issue) else colours.text_faint
            right -= self._at_right(painter, text, right, _SECOND_LINE, colour) + _GAP
        place = compact_line(issue.culprit or "")
        if self.shows_project:
            project = compact_line(issue.project)
            place = f"{project} · {place}" if place else project
        painter.setPen(colours.text_faint)
        painter.setFont(self._small)
        box = QRect(_TEXT_LEFT, _SECOND_LINE, max(0, right - _TEXT_LEFT), _LINE_HEIGHT)
        shown = self._fitting(place, self._small_metrics, box.width(), strong=False)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _at_right(self, painter: QPainter, text: str, right: int, top: int, colour: QColor) -> int:
        """Returns the text's width."""
        width = self._small_metrics.horizontalAdvance(text)
        painter.setFont(self._small)
        painter.setPen(colour)
        box = QRect(right - width, top, width + 1, _LINE_HEIGHT)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        return width

    def _text(self, painter: QPainter, text: str, left: int, right: int, *, strong: bool) -> int:
        """Returns the text's width."""
        metrics = self._metrics[strong]
        shown = self._fitting(text, metrics, max(0, right - left), strong=strong)
        width = metrics.horizontalAdvance(shown)
        painter.setFont(self._fonts[strong])
        box = QRect(left, _FIRST_LINE, width + 1, _LINE_HEIGHT)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)
        return width

    def _fitting(self, text: str, metrics: QFontMetrics, width: int, *, strong: bool) -> str:
        # Shaping a text to cut it costs more than drawing it, and the same rows are drawn again and again.
        cached = self._elided.get((text, width, strong))
        if cached is None:
            if len(self._elided) >= _CACHED_TEXTS:
                self._elided.clear()
            cached = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._elided[text, width, strong] = cached
        return cached


def paint_mark(painter: QPainter, centre: QPointF, level: Level, colour: QColor) -> None:
    """The mark of a level around `centre`, eight pixels wide: levels differ by shape, not by colour alone."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if level is Level.FATAL:
        diamond = (QPointF(0, -5), QPointF(5, 0), QPointF(0, 5), QPointF(-5, 0))
        painter.drawPolygon(QPolygonF([centre + point for point in diamond]))
    elif level is Level.WARNING:
        triangle = (QPointF(0, -4.5), QPointF(4.5, 3.5), QPointF(-4.5, 3.5))
        painter.drawPolygon(QPolygonF([centre + point for point in triangle]))
    elif level is Level.ERROR:
        painter.drawEllipse(centre, 4, 4)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.5))
        painter.drawEllipse(centre, 3.25, 3.25)


def _has_focus(option: QStyleOptionViewItem) -> bool:
    widget: QWidget | None = option.widget
    return widget is not None and widget.hasFocus()
