"""The list below the search field: what may be meant, or what was searched for before.

It lies over the window and never has the focus: letters go on into the field.
"""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.plain_text import elided
from ui.theme import RADIUS, UNIT, font_body, font_small, theme
from ui.widgets import icons

ROW_HEIGHT = 30
MOST_ROWS = 12
ITEM = Qt.ItemDataRole.UserRole
AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NARROWEST, _WIDEST = 280, 560
_PADDING = 4
_INSET = UNIT
_ICON = 16


class Item(Struct, frozen=True):
    """One line. `icon` is a meaning of `ui/widgets/icons.py`; with `can_go`, a person can remove it."""

    text: str
    hint: str = ""
    count: str = ""
    icon: str = ""
    can_go: bool = False


class ItemModel(QAbstractListModel):
    """The lines of the list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[Item, ...] = ()

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return elided(item.text, 100)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (elided(item.text, 100), item.hint, item.count) if part)
        return None

    def show_items(self, items: Sequence[Item]) -> None:
        """Replace all lines."""
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()


class SuggestionList(QListView):
    """Shows lines below a field. `picked` and `dropped` carry the number of a line."""

    picked = Signal(int)
    dropped = Signal(int)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self._field = field
        self.lines = ItemModel(self)
        self.setObjectName("suggestions")
        self.setAccessibleName("Suggestions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setModel(self.lines)
        self.setItemDelegate(_Delegate(self))
        self.window().installEventFilter(self)
        self.hide()

    def open_with(self, items: Sequence[Item]) -> None:
        """Show these lines, none of them chosen; nothing, when there are none."""
        if tuple(items) == self.lines.items and self.isVisible():
            return
        self.lines.show_items(items)
        if not items:
            self.hide()
            return
        self._place()
        self.show()
        self.raise_()
        self.scrollToTop()

    def chosen(self) -> int | None:
        """The number of the line that a person has gone to."""
        index = self.currentIndex()
        return index.row() if index.isValid() else None

    def step(self, by: int) -> None:
        """Go to the next or the previous line, and from an end to none."""
        places = [None, *range(self.lines.rowCount())]
        place = places[(places.index(self.chosen()) + by) % len(places)]
        self.setCurrentIndex(QModelIndex() if place is None else self.lines.index(place))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            item: Item = index.data(ITEM)
            is_cross = item.can_go and _cross(self.visualRect(index)).contains(event.position().toPoint())
            (self.dropped if is_cross else self.picked).emit(index.row())
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_over = event.type() in (QEvent.Type.Resize, QEvent.Type.WindowDeactivate)
        if is_over and watched is self.window():
            self.hide()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        window = self.window()
        below = self._field.mapTo(window, QPoint(0, self._field.height() + 4))
        width = min(max(self._field.width(), _NARROWEST), _WIDEST, window.width() - below.x() - UNIT)
        rows = min(self.lines.rowCount(), MOST_ROWS)
        height = min(rows * ROW_HEIGHT + 2 * _PADDING + 2, window.height() - below.y() - UNIT)
        self.setGeometry(below.x(), below.y(), width, height)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        item: Item = index.data(ITEM)
        colours, rect = theme(), option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen or is_hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.selected if is_chosen else colours.hover)
            painter.drawRoundedRect(QRectF(rect), RADIUS - 2, RADIUS - 2)
        left, right = rect.left() + _INSET, rect.right() - _INSET
        if item.icon:
            icons.paint(painter, item.icon, QRect(left, rect.center().y() - _ICON // 2 + 1, _ICON, _ICON))
            left += _ICON + UNIT
        if item.can_go:
            if is_chosen or is_hovered:
                icons.paint(painter, "close", _cross(rect))
            right = _cross(rect).left() - UNIT // 2
        if item.count:
            width = QFontMetrics(font_small()).horizontalAdvance(item.count)
            self._text(
                painter, item.count, QRect(right - width, rect.top(), width + 1, rect.height()), "text_faint"
            )
            right -= width + UNIT
        metrics = QFontMetrics(font_body())
        shown = metrics.elidedText(elided(item.text, 200), Qt.TextElideMode.ElideRight, right - left)
        painter.setFont(font_body())
        painter.setPen(colours.text)
        painter.drawText(QRect(left, rect.top(), right - left + 1, rect.height()), _MIDDLE, shown)
        left += metrics.horizontalAdvance(shown) + UNIT + 4
        if item.hint and right - left > 4 * UNIT:
            self._text(painter, item.hint, QRect(left, rect.top(), right - left, rect.height()), "text_faint")
        painter.restore()

    def _text(self, painter: QPainter, text: str, area: QRect, token: str) -> None:
        font = font_small()
        painter.setFont(font)
        painter.setPen(getattr(theme(), token))
        painter.drawText(
            area, _MIDDLE, QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        )


_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


def _cross(row: QRect) -> QRect:
    """Where a line is removed by the mouse."""
    return QRect(row.right() - _INSET - _ICON, row.center().y() - _ICON // 2 + 1, _ICON, _ICON)
