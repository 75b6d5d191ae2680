"""The sidebar: the places of the window; at the bottom how to connect, the notifications, and the address."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.plain_text import compact_line
from ui.places import Page, Place
from ui.sidebar.entries import SidebarEntry
from ui.sidebar.model import ENTRY, SidebarModel
from ui.sidebar.places_view import PlacesView
from ui.theme import UNIT, appearance, font_strong
from ui.widgets.address_button import AddressButton
from ui.widgets.foot_button import FootButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tooltip import set_tooltip


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
        self.list = PlacesView(self.model)
        self._place: Place | Page | None = None
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
        # Where the list scrolls, its last line is no part of what is below.
        layout.addSpacing(UNIT)
        layout.addWidget(self.connect_button)
        layout.addWidget(self.notifications_button)
        layout.addWidget(self.address)
        self.setFocusProxy(self.list)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.model.dataChanged.connect(self._follow)
        self.list.setCurrentIndex(self.model.index(0))
        appearance().themeChanged.connect(self.list.viewport().update)

    @property
    def place(self) -> Place | Page | None:
        """The place that is chosen."""
        return self._place

    def places(self) -> list[tuple[str, Place | Page]]:
        """All places with their names, in the order of the list: views, pages, saved views, projects."""
        return [
            (compact_line(entry.label), entry.place)
            for entry in self.model.entries
            if entry.place is not None
        ]

    def go_to(self, place: Place | Page) -> None:
        """Choose a place."""
        row = self.model.row_of(place)
        if row is not None:
            self.list.setCurrentIndex(self.model.index(row))

    def _chosen(self, current: QModelIndex) -> None:
        entry = current.data(ENTRY)
        if isinstance(entry, SidebarEntry) and entry.place is not None:
            self._place = entry.place
            self.place_chosen.emit(entry.place)

    def _follow(self, first: QModelIndex, _last: QModelIndex) -> None:
        """The chosen project or view may have another name now, or another search."""
        entry = first.data(ENTRY)
        if first.row() == self.list.currentIndex().row() and entry.place not in (None, self._place):
            self._place = entry.place
            self.place_chosen.emit(entry.place)
