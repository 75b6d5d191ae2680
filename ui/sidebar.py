"""The sidebar: the views, the queue, the doctor, the projects; at the bottom how to connect, and the address.

Numbers count what needs attention: all issues of a view, the unread ones of a project. A zero is left out.
Of very many projects those with the newest activity are listed; the search finds the others.
"""

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.plain_text import compact_line, plural
from ui.places import TITLES, Page, Place
from ui.theme import RADIUS, UNIT, appearance, font_body, font_small, font_strong, theme
from ui.widgets import icons
from ui.widgets.address_button import AddressButton
from ui.widgets.foot_button import FootButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tooltip import set_tooltip
from ui.wording import count

if TYPE_CHECKING:
    from app.store.inbox.issues import Counts

ENTRY = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 32
HEADING_HEIGHT = 44
AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class SidebarEntry(Struct, frozen=True):
    """One row; without a place it is a heading."""

    label: str
    icon: str = ""
    place: Place | Page | None = None
    number: int = 0
    strong: bool = False


_QUEUE = SidebarEntry(Page.QUEUE.value, "queue", Page.QUEUE)
_DOCTOR = SidebarEntry(Page.DOCTOR.value, "doctor", Page.DOCTOR)
_PROJECTS = SidebarEntry("Projects")
_VIEWS = (
    SidebarEntry(TITLES["inbox"], "inbox", Place("inbox")),
    SidebarEntry(TITLES["unread"], "unread", Place("unread")),
    SidebarEntry(TITLES["resolved"], "resolve", Place("resolved")),
    SidebarEntry(TITLES["muted"], "mute", Place("muted")),
    SidebarEntry(TITLES["everything"], "everything", Place("everything")),
)


class SidebarModel(QAbstractListModel):
    """The entries; new numbers change rows, new projects insert them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries = [*_VIEWS, _QUEUE, _DOCTOR]

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return compact_line(entry.label)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(entry)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if index.isValid() and self._entries[index.row()].place is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def row_of(self, place: Place | Page) -> int | None:
        """The row of a place, if it has one."""
        rows = (row for row, entry in enumerate(self._entries) if entry.place == place)
        return next(rows, None)

    def update_counts(self, counts: "Counts", queue_number: int, here: Place | Page | None = None) -> None:
        """Take over new numbers and new projects. `here` is the current place: it stays in the list."""
        numbers = {view.value: number for view, number in counts.views.items()}
        entries = [
            msgspec.structs.replace(entry, number=numbers[entry.place.view])
            for entry in _VIEWS
            if isinstance(entry.place, Place)
        ]
        entries += [msgspec.structs.replace(_QUEUE, number=queue_number), _DOCTOR]
        if counts.projects:
            entries.append(_PROJECTS)
        entries += [
            SidebarEntry(item.project, "project", Place("inbox", item.project), item.unread, item.unread > 0)
            for item in counts.projects
        ]
        if counts.more_projects:
            if isinstance(here, Place) and here.project and all(here != entry.place for entry in entries):
                entries.append(SidebarEntry(here.project, "project", here))
            entries.append(SidebarEntry(f"{counts.more_projects:,} more: project:NAME"))
        self._update_rows(entries)

    def _update_rows(self, entries: list[SidebarEntry]) -> None:
        remaining = {_identity(entry) for entry in entries}
        for row in reversed(range(len(self._entries))):
            if _identity(self._entries[row]) not in remaining:
                self.beginRemoveRows(_ROOT, row, row)
                del self._entries[row]
                self.endRemoveRows()
        for row, entry in enumerate(entries):
            if row >= len(self._entries) or _identity(self._entries[row]) != _identity(entry):
                self.beginInsertRows(_ROOT, row, row)
                self._entries.insert(row, entry)
                self.endInsertRows()
            elif self._entries[row] != entry:
                self._entries[row] = entry
                index = self.index(row, 0)
                self.dataChanged.emit(index, index)


def _identity(entry: SidebarEntry) -> tuple[str, Place | Page | None]:
    return entry.label, entry.place


def _spoken(entry: SidebarEntry) -> str:
    if isinstance(entry.place, Place):
        return f"{compact_line(entry.label)}, {plural(entry.number, 'issue')}"
    return f"{entry.label}, {plural(entry.number, 'report')}" if entry.place is Page.QUEUE else entry.label


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        entry = index.data(ENTRY)
        return QSize(0, HEADING_HEIGHT if entry.place is None else ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry: SidebarEntry = index.data(ENTRY)
        colours, rect, state = theme(), option.rect, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.place is None:
            painter.setFont(font_small())
            painter.setPen(colours.text_faint)
            painter.drawText(
                rect.adjusted(20, 0, -16, -8),
                Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft,
                entry.label,
            )
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
        self._content(painter, entry, rect, selected=selected)
        painter.restore()

    def _content(self, painter: QPainter, entry: SidebarEntry, rect: QRect, *, selected: bool) -> None:
        colours = theme()
        box = QRect(rect.left() + 20, rect.top() + (rect.height() - 16) // 2, 16, 16)
        icons.paint(painter, entry.icon, box, colours.text if selected else colours.text_muted)
        right = rect.right() - 18
        if entry.number:
            number = count(entry.number)
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
        painter.setPen(colours.text if selected or entry.strong else colours.text_muted)
        left = rect.left() + 44
        label = QFontMetrics(painter.font()).elidedText(
            compact_line(entry.label), Qt.TextElideMode.ElideRight, right - left
        )
        painter.drawText(
            QRect(left, rect.top(), right - left + 1, rect.height()), Qt.AlignmentFlag.AlignVCenter, label
        )


class Sidebar(QWidget):
    """The list of places. `place_chosen` carries a `Place` or a `Page`; `connect_requested`: connect an app.

    `notifications_requested`: the dialog of channels and rules.
    """

    place_chosen = Signal(object)
    connect_requested = Signal()
    notifications_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = SidebarModel(self)
        self.list = QListView()
        self.list.setObjectName("places")
        self.list.setAccessibleName("Places")
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.connect_button = FootButton("Connect an app", "connect")
        set_tooltip(self.connect_button, "Connect an app", "connect")
        self.connect_button.clicked.connect(self.connect_requested)
        self.notifications_button = FootButton("Notifications", "notifications")
        set_tooltip(self.notifications_button, "Notifications", "notifications")
        self.notifications_button.clicked.connect(self.notifications_requested)
        self.address = AddressButton()
        name = PlainLabel("Arecibo")
        name.setObjectName("brand")
        name.setFont(font_strong())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, UNIT)
        layout.setSpacing(0)
        layout.addWidget(name)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.connect_button)
        layout.addWidget(self.notifications_button)
        layout.addWidget(self.address)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.setCurrentIndex(self.model.index(0))
        appearance().themeChanged.connect(self.list.viewport().update)

    @property
    def place(self) -> Place | Page | None:
        """The place that is chosen."""
        entry = self.list.currentIndex().data(ENTRY)
        return entry.place if isinstance(entry, SidebarEntry) else None

    def go_to(self, place: Place | Page) -> None:
        """Choose a place."""
        row = self.model.row_of(place)
        if row is not None:
            self.list.setCurrentIndex(self.model.index(row))

    def _chosen(self, current: QModelIndex) -> None:
        entry = current.data(ENTRY)
        if isinstance(entry, SidebarEntry) and entry.place is not None:
            self.place_chosen.emit(entry.place)
