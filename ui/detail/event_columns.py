"""The menu in which a person chooses the columns of the table of events."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from ui.detail.pane import DetailPane
from ui.detail.requests import ChooseEventColumns
from ui.link.preferences_access import PreferencesAccess
from ui.widgets.mnemonic import without_mnemonic

MOST_COLUMNS = 8
_MOST_OFFERED = 40


class EventColumns(QObject):
    """Ticks in a menu; a change holds at once and for every issue."""

    def __init__(self, preferences: PreferencesAccess, parent: QWidget) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._parent = parent

    def serve(self, pane: DetailPane) -> None:
        """Handle what the pane's sections ask for."""
        pane.handle(ChooseEventColumns, self.choose)

    def choose(self, request: ChooseEventColumns) -> None:
        """Open the menu at the mouse."""
        menu = self.menu(request)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QCursor.pos())

    def menu(self, request: ChooseEventColumns) -> QMenu:
        """The chosen columns, then those that have values; no more can be ticked than fit on a line."""
        window = self._parent
        menu = QMenu(window)
        chosen = self._preferences.chosen.event_columns
        offered = [name for name in request.offered if name not in chosen]
        for name in (*chosen, *offered[:_MOST_OFFERED]):
            action = menu.addAction(without_mnemonic(name))
            action.setCheckable(True)
            action.setChecked(name in chosen)
            action.setEnabled(name in chosen or len(chosen) < MOST_COLUMNS)
            action.toggled.connect(lambda on, name=name: self._set(name, on=on))
        return menu

    def _set(self, name: str, *, on: bool) -> None:
        others = tuple(column for column in self._preferences.chosen.event_columns if column != name)
        self._preferences.change(event_columns=(*others, name) if on else others)
