"""A list of things that happened, two lines each: a mark, what, where, and how long ago."""

from datetime import UTC, datetime

from msgspec import Struct
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.plain_text import compact_line
from ui.theme import RADIUS, appearance, font_body, font_small, theme
from ui.widgets.cursor_mark import paint_cursor
from ui.wording import age

ROW_HEIGHT = 56
ROW = Qt.ItemDataRole.UserRole
AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ListRow(Struct, frozen=True):
    """One thing. Without `at` it has not happened yet. `token` names the colour of its mark.

    `text` is its whole text.
    """

    key: tuple[str | int, ...]
    title: str
    where: str
    at: datetime | None
    token: str
    text: str


class RowModel(QAbstractListModel):
    """Rows in a given order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[ListRow, ...] = ()

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{compact_line(row.title)}, {compact_line(row.where)}"
        return None

    def show_rows(self, rows: tuple[ListRow, ...]) -> None:
        """Show these rows; those that stay remain selected."""
        if [row.key for row in rows] == [row.key for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self.rows[index.row()].key for index in before]
        self.rows = rows
        place = {row.key: number for number, row in enumerate(rows)}
        after = [self.index(place[key]) if key in place else QModelIndex() for key in keys]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()


class RowList(QListView):
    """Shows a `RowModel` of its own."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowModel(self)
        self.setAccessibleName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        appearance().themeChanged.connect(self.viewport().update)

    def keyboardSearch(self, search: str) -> None:
        """No search by typing: letters are commands here."""


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: ListRow = index.data(ROW)
        colours, rect = theme(), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(getattr(colours, row.token))
        painter.drawEllipse(QRectF(rect.left() + 20, rect.top() + 15, 8, 8))
        since = "" if row.at is None else age(row.at, datetime.now(UTC))
        small = font_small()
        width = QFontMetrics(small).horizontalAdvance(since)
        self._line(painter, since, rect.right() - 20 - width, rect.top() + 9, width + 1, small, "text_faint")
        room = rect.width() - 60
        self._line(
            painter, row.title, rect.left() + 40, rect.top() + 9, room - width - 12, font_body(), "text"
        )
        self._line(painter, row.where, rect.left() + 40, rect.top() + 29, room, small, "text_faint")
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        colours, state = theme(), option.state
        focused = option.widget.hasFocus()
        box = QRectF(option.rect).adjusted(8, 1, -8, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(colours.selected if focused else colours.selected_inactive)
        elif state & QStyle.StateFlag.State_HasFocus and focused:
            # The cursor on a row that is not selected, as Tab brings it there.
            painter.setPen(QPen(colours.focus, 1.5))
            box.adjust(0.75, 0.75, -0.75, -0.75)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(colours.hover)
        else:
            return
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        paint_cursor(painter, option, QRectF(option.rect).adjusted(8, 1, -8, -1))

    def _line(
        self, painter: QPainter, text: str, left: int, top: int, width: int, font: QFont, token: str
    ) -> None:
        painter.setFont(font)
        painter.setPen(getattr(theme(), token))
        shown = QFontMetrics(font).elidedText(compact_line(text), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(left, top, width + 1, 20), int(Qt.AlignmentFlag.AlignVCenter), shown)
