"""The buttons beside a list's title: by what it is sorted, and how much room a row takes."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from app.sorting import Sort
from ui.issues.row.metrics import Density
from ui.theme import appearance, theme
from ui.widgets import icons
from ui.widgets.tooltip import set_tooltip

DENSITY_FROM = 300
_SIZE = 28
SORTS = {
    Sort.LAST_SEEN: "Last seen",
    Sort.FIRST_SEEN: "First seen",
    Sort.COUNT: "Events",
    Sort.USERS: "Users",
    Sort.LEVEL: "Level",
}


class ListTools(QWidget):
    """`sort_chosen` and `density_chosen` carry what a person has chosen."""

    sort_chosen = Signal(object)
    density_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sort, self._density = Sort.LAST_SEEN, Density.COMFORTABLE
        self.sort_button, self.density_button = _button("order"), _button("list")
        self.menu = QMenu("Sort by", self)
        self.menu.setAccessibleName("Sort by")
        self.density_button.setCheckable(True)
        group = QActionGroup(self)
        self.density_button.setAccessibleName("Rows of one line")
        self._actions = {}
        for sort, label in SORTS.items():
            self._actions[sort] = self._offer(sort, f"&{label}", group)
        self.sort_button.clicked.connect(self.open_menu)
        self.density_button.clicked.connect(self.change_density)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sort_button)
        layout.addWidget(self.density_button)
        appearance().themeChanged.connect(self._describe)
        self._describe()

    def _offer(self, sort: Sort, text: str, group: QActionGroup) -> QAction:
        action = self.menu.addAction(text, partial(self.sort_chosen.emit, sort))
        action.setCheckable(True)
        group.addAction(action)
        return action

    def open_menu(self) -> None:
        """Offer the orders below the button."""
        self.menu.popup(self.sort_button.mapToGlobal(self.sort_button.rect().bottomLeft()))

    def fit(self, width: int) -> None:
        """Leave room for the title in a pane of this width: the order stays."""
        self.density_button.setVisible(width >= DENSITY_FROM)

    def show_state(self, sort: Sort, density: Density) -> None:
        """Show what is in force."""
        self._sort, self._density = sort, density
        self._describe()

    def change_density(self) -> None:
        """Take the other of the two densities."""
        others = {Density.COMFORTABLE: Density.COMPACT, Density.COMPACT: Density.COMFORTABLE}
        self.density_chosen.emit(others[self._density])

    def _describe(self) -> None:
        colours = theme()
        self._actions[self._sort].setChecked(True)
        is_usual = self._sort is Sort.LAST_SEEN
        self.sort_button.setIcon(icons.icon("order", None if is_usual else colours.accent))
        is_compact = self._density is Density.COMPACT
        self.density_button.setIcon(icons.icon("list"))
        self.density_button.setChecked(is_compact)
        text = f"Sorted by {SORTS[self._sort].lower()}"
        set_tooltip(self.sort_button, text, "sort")
        self.sort_button.setAccessibleName(text)
        set_tooltip(self.density_button, "Rows of two lines" if is_compact else "Rows of one line", "density")


def _button(icon: str) -> QPushButton:
    button = QPushButton(icons.icon(icon), "")
    button.setObjectName("tool")
    button.setFixedSize(_SIZE, _SIZE)
    return button
