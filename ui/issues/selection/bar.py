"""The bar under the list while several issues are selected: how many, and what can be done to them.

It takes its room from the lower end of the list, so that no row moves. Where there is little room, its last
buttons are left out: the menu at its end has all commands.
"""

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from ui.commands.keymap import keymap
from ui.commands.table import BY_NAME
from ui.issues.selection.menu import line_of
from ui.issues.selection.offers import Offer, Selected, offers
from ui.theme import UNIT, appearance, font_strong
from ui.widgets import icons
from ui.widgets.plain_label import OneLineLabel
from ui.widgets.tooltip import set_tooltip

HEIGHT = 5 * UNIT + UNIT // 2
_BUTTON = 4 * UNIT
_LEAST_TEXT = 9 * UNIT
# From the first to go to the last, where there is no room for all.
_LEAVING = (
    "export_issues",
    "copy_issues",
    "merge",
    "pin",
    "toggle_read",
    "mute",
    "delete",
    "reopen",
    "resolve",
)


class SelectionBar(QWidget):
    """`requested` carries the name of a command; `all_requested` and `clear_requested` mean the selection."""

    requested = Signal(str)
    all_requested = Signal()
    clear_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("selectionbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Selected issues")
        self.setFixedHeight(HEIGHT)
        self._offers: dict[str, Offer] = {}
        self.text = OneLineLabel()
        self.text.setFont(font_strong())
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.all = QPushButton("Select all")
        self.buttons = {offer.command: self._make_button() for offer in offers(Selected())}
        self.more = self._make_button()
        self.clear = self._make_button()
        self._row = QHBoxLayout(self)
        # Under the texts of the rows; the last icon ends where they end.
        self._row.setContentsMargins(2 * UNIT + 4, 0, UNIT + 4, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self.all)
        for button in (*self.buttons.values(), self.more, self.clear):
            self._row.addWidget(button)
        self._connect()
        self._dress()
        self.hide()

    def _make_button(self) -> QPushButton:
        button = QPushButton()
        button.setFixedSize(_BUTTON, _BUTTON)
        return button

    def _connect(self) -> None:
        for name, button in self.buttons.items():
            button.setAccessibleName(BY_NAME[name].label)
            button.clicked.connect(partial(self.requested.emit, name))
        for button in (self.all, self.more, self.clear, *self.buttons.values()):
            button.setObjectName("flat")
            button.setAutoDefault(False)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.all.clicked.connect(self.all_requested)
        self.clear.clicked.connect(self.clear_requested)
        self.more.clicked.connect(self.open_menu)
        self.more.setAccessibleName("More for the selected issues")
        set_tooltip(self.more, "More …")
        self.clear.setAccessibleName("Clear the selection")
        set_tooltip(self.clear, "Clear the selection (Esc)")
        appearance().themeChanged.connect(self._dress)

    def show_selected(self, selected: Selected, more: int | None = None, *, has_more: bool = False) -> None:
        """Offer what can be done to these. `has_more`: the list has others, `more` in all if known."""
        self.text.setText(_described(selected))
        self.all.setVisible(has_more)
        self.all.setText(f"Select all {more:,}" if more is not None else "Select all")
        self._offers = {offer.command: offer for offer in offers(selected)}
        for name, offer in self._offers.items():
            button, key = self.buttons[name], keymap().shown(name)
            button.setEnabled(offer.applies)
            button.setIcon(icons.icon(offer.meaning))
            button.setAccessibleName(offer.label.removesuffix(" …"))
            said = (
                offer.label if offer.reason is None else f"{offer.label.removesuffix(' …')}: {offer.reason}"
            )
            set_tooltip(button, f"{said} ({key})" if key and offer.applies else said)
        self._fit()

    def menu(self) -> QMenu:
        """All that applies, each with its key."""
        menu = QMenu(self)
        menu.setAccessibleName("The selected issues")
        for name, offer in self._offers.items():
            if offer.applies:
                menu.addAction(line_of(offer), partial(self.requested.emit, name))
        return menu

    def open_menu(self) -> None:
        """Open the menu over its button."""
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        corner = self.more.mapToGlobal(QPoint(self.more.width(), 0))
        menu.popup(corner - QPoint(menu.sizeHint().width(), menu.sizeHint().height()))
        menu.setActiveAction(menu.actions()[0])

    def place_of(self, command: str) -> QPoint:
        """Where a menu of this command opens, on the screen."""
        button = self.buttons[command] if self.buttons[command].isVisible() else self.more
        return button.mapToGlobal(QPoint(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show as many buttons as there is room for. Of resolve and reopen, that which applies."""
        shown = {name for name, offer in self._offers.items() if offer.applies}
        if "resolve" in shown:
            shown.discard("reopen")
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - 2 * _BUTTON
        room -= max(_LEAST_TEXT, self.text.sizeHint().width() + UNIT)
        room -= 0 if self.all.isHidden() else self.all.sizeHint().width()
        for name in _LEAVING:
            if len(shown) * _BUTTON > room:
                shown.discard(name)
        for name, button in self.buttons.items():
            button.setVisible(name in shown)

    def _dress(self) -> None:
        for name, button in self.buttons.items():
            offer = self._offers.get(name)
            if offer is not None:
                button.setIcon(icons.icon(offer.meaning))
        self.more.setIcon(icons.icon("more"))
        self.clear.setIcon(icons.icon("close"))


def _described(selected: Selected) -> str:
    if not selected.is_all:
        return f"{len(selected.issues):,} selected"
    return "all that match" if selected.number is None else f"all {selected.number:,} that match"
