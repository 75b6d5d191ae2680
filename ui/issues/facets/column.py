"""The column of facets beside the list: its head, a field that searches values, and the tree."""

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from ui.issues.facets import COLUMN_WIDTH, TOOL_SIZE, terms
from ui.issues.facets.facet_model import FacetModel, FacetRow, ValueRow
from ui.issues.facets.facet_view import FacetView
from ui.theme import UNIT, appearance, font_body, font_strong
from ui.widgets import icons
from ui.widgets.mnemonic import add_action
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tooltip import set_tooltip


class FacetColumn(QWidget):
    """`chosen` carries the facets that a person wants, `searched` a part of values.

    `keys_requested`: the menu is about to open; `offer` gives it what there is.
    """

    chosen = Signal(tuple)
    searched = Signal(str)
    keys_requested = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("facet_column")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(COLUMN_WIDTH)
        self.model = FacetModel(self)
        self.view = FacetView(self.model)
        self._facets: tuple[str, ...] = ()
        self._folded: frozenset[str] = frozenset()
        self._is_showing = False
        self._title = PlainLabel("Facets")
        self._title.setFont(font_strong())
        self.choose_button = QPushButton("")
        self.choose_button.setObjectName("tool")
        self.choose_button.setFixedSize(TOOL_SIZE, TOOL_SIZE)
        self.choose_button.setAccessibleName("Choose the facets")
        set_tooltip(self.choose_button, "Choose the facets")
        self.choose_button.clicked.connect(self.keys_requested)
        self.field = QLineEdit(placeholderText="Find a value")
        self.field.setObjectName("search")
        self.field.setAccessibleName("Find a value in the facets")
        self.field.setFont(font_body())
        self.field.setFixedHeight(4 * UNIT)
        self.field.setTextMargins(4, 0, 4, 0)
        self.field.textChanged.connect(self.searched)
        self.field.installEventFilter(self)
        self.view.left.connect(self.left)
        self._lay_out()
        appearance().themeChanged.connect(self._show_icons)
        self._show_icons()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.choose_button)
        top = QVBoxLayout()
        top.setContentsMargins(UNIT * 2 + 4, UNIT * 2, UNIT * 2 + 4, UNIT)
        top.setSpacing(UNIT + 4)
        top.addLayout(head)
        top.addWidget(self.field)
        layout = QVBoxLayout(self)
        # The column's edge is beside the tree, too.
        layout.setContentsMargins(0, 0, 1, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.view, 1)

    def _show_icons(self) -> None:
        self.choose_button.setIcon(icons.icon("settings"))

    def show_rows(
        self, facets: Sequence[tuple[FacetRow, Sequence[ValueRow]]], folded: Collection[str]
    ) -> None:
        """Show these facets with their values; those `folded` are closed."""
        before = set(self.model.facets())
        self._facets = tuple(facet.name for facet, _rows in facets)
        self._is_showing = True
        self.model.show(facets)
        for facet, _rows in facets:
            if facet.name not in before or (facet.name in folded) != (facet.name in self._folded):
                self.view.setExpanded(self.model.index_of(facet.name), facet.name not in folded)
        self._folded = frozenset(folded)
        self._is_showing = False

    @property
    def is_showing(self) -> bool:
        """Whether facets open and close by `show_rows`, and not by a person."""
        return self._is_showing

    def offer(self, keys: Sequence[str]) -> None:
        """Open the menu of what facets there can be."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for key in dict.fromkeys((*self._facets, *keys)):
            is_shown = key in self._facets
            action = add_action(menu, terms.title(key), partial(self._choose, key, is_wanted=not is_shown))
            action.setCheckable(True)
            action.setChecked(is_shown)
        menu.popup(self.choose_button.mapToGlobal(self.choose_button.rect().bottomLeft()))

    def _choose(self, key: str, *, is_wanted: bool) -> None:
        others = tuple(facet for facet in self._facets if facet != key)
        self.chosen.emit((*others, key) if is_wanted else others)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.enter()
                return True
            if event.key() == Qt.Key.Key_Escape:
                if self.field.text():
                    self.field.clear()
                else:
                    self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def enter(self) -> None:
        """Put the cursor into the tree."""
        if not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0, 0))
        self.view.setFocus()
