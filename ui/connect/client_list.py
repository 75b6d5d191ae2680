"""All clients to choose from, under the headings of their groups, and a field that filters them."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import RADIUS, font_body, font_small, theme
from ui.widgets.tooltip import as_tooltip

if TYPE_CHECKING:
    from app.clients import Client

LINE = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 32
HEADING_HEIGHT = 40
AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ClientLine(Struct, frozen=True):
    """One line of the list: a heading, or the client with this number. A search looks in `search_text`."""

    text: str
    number: int | None
    search_text: str


class ClientModel(QAbstractListModel):
    """The catalogue, in its order."""

    def __init__(self, clients: "Sequence[Client]", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines = list(_lines(clients))

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tooltip(line.text)
        return line.text if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if index.isValid() and self._lines[index.row()].number is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class FoundClients(QSortFilterProxyModel):
    """The clients that match all words of a search, with the headings that they need."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._terms: list[str] = []

    def search(self, text: str) -> None:
        """Show only clients that contain all of these words, anywhere and in any case."""
        self.beginFilterChange()
        self._terms = text.casefold().split()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: AnyIndex) -> bool:
        line: ClientLine = self.sourceModel().index(row, 0, parent).data(LINE)
        # A heading has the text of its clients, one client a line.
        return any(all(term in client for term in self._terms) for client in line.search_text.split("\n"))

    def row_of(self, number: int | None) -> int | None:
        """The row of a client; of the first one there is for None."""
        for row in range(self.rowCount()):
            line: ClientLine = self.index(row, 0).data(LINE)
            if line.number is not None and number in (None, line.number):
                return row
        return None


def _lines(clients: "Sequence[Client]") -> "list[ClientLine]":
    lines: list[ClientLine] = []
    for group, members in groupby(enumerate(clients), key=lambda pair: pair[1].group):
        found = [ClientLine(client.name, number, _search_text(client)) for number, client in members]
        lines.append(ClientLine(group, None, "\n".join(line.search_text for line in found)))
        lines += found
    return lines


def _search_text(client: "Client") -> str:
    parts = (client.name, client.group, client.package, client.install, client.language, client.note)
    return " ".join(" ".join(parts).casefold().split())


class ClientDelegate(QStyledItemDelegate):
    """Paints headings and names as the sidebar does."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        line: ClientLine = index.data(LINE)
        return QSize(0, HEADING_HEIGHT if line.number is None else ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        line: ClientLine = index.data(LINE)
        colours, rect, state = theme(), option.rect, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.number is None:
            painter.setFont(font_small())
            painter.setPen(colours.text_faint)
            painter.drawText(rect.adjusted(20, 0, -16, -6), int(Qt.AlignmentFlag.AlignBottom), line.text)
            painter.restore()
            return
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.selected if chosen else colours.hover)
            painter.drawRoundedRect(QRectF(rect).adjusted(8, 1, -8, -1), RADIUS, RADIUS)
        painter.setFont(font_body())
        painter.setPen(colours.text if chosen else colours.text_muted)
        place = rect.adjusted(20, 0, -16, 0)
        name = QFontMetrics(painter.font()).elidedText(line.text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), name)
        painter.restore()
