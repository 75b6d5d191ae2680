"""Opens the preferences, at the page that is wanted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui import preferences
from ui.link.preferences_access import PreferencesAccess

if TYPE_CHECKING:
    from ui.preferences.dialog import PreferencesDialog


class PreferencesController(QObject):
    """Makes the dialog when it is first opened."""

    def __init__(self, window: QWidget, access: PreferencesAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._access = access
        self.dialog: PreferencesDialog | None = None

    def open(self, page: str = "", control: str = "") -> None:
        """Show the preferences, at this page and its control. Raises KeyError when there is no such page."""
        if self.dialog is None:
            # Most sessions never see it.
            self.dialog = preferences.dialog.PreferencesDialog(self._access, self._window)
        if page:
            self.dialog.show_page(page)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        if control:
            # Where it is, is known when it is shown.
            self.dialog.show_page(page, control)

    def close(self) -> None:
        """Close the dialog, if it is open."""
        if self.dialog is not None:
            self.dialog.close()
