"""The tray, closing, the start at login, and Arecibo's entry in the menu."""

import sys
from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSystemTrayIcon, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.desktop import menu_entry, start_at_login
from app.desktop.menu_entry import DesktopUnsupported
from ui.link.change_history import Change
from ui.link.preferences_access import PreferencesAccess
from ui.preferences.program.settings_page import button, muted, row, title
from ui.theme import UNIT
from ui.widgets.tick import Tick

_MENU = (
    "In the menu Arecibo has its icon, and links such as arecibo://issue/7 open it. This writes an entry and "
    "the icon into your own folders, and nothing else."
)
_MENU_ON_WINDOWS = (
    "In the Start menu Arecibo has its icon, and links such as arecibo://issue/7 open it. This writes a "
    "shortcut into your own Start menu, and a key of your own registry: Software\\Classes\\arecibo."
)
_NO_MENU = (
    "On macOS the packaged Arecibo, once it is in the Applications folder, opens links such as "
    "arecibo://issue/7 by itself. There is nothing to write here."
)


class DesktopPage(QWidget):
    """What this machine's desktop knows of Arecibo. What is asked of the disk is asked when it is shown."""

    def __init__(self, access: PreferencesAccess) -> None:
        super().__init__()
        self._access = access
        self.tray = Tick("Show Arecibo in the tray, with the number of unread issues")
        self.close_to_tray = Tick("Closing the window leaves Arecibo in the tray, and errors are still taken")
        self.no_tray = muted("This desktop has no tray now: closing the window ends Arecibo.")
        self.at_login = Tick("Start when I log in")
        self.entry = button("", self._change_entry)
        self.where = muted("")
        self.problem = muted("")
        self.problem.setObjectName("trouble")
        self._is_in_menu = False
        layout = QVBoxLayout(self)
        layout.setSpacing(UNIT)
        for widget in (title("Tray"), self.tray, self.close_to_tray, self.no_tray):
            layout.addWidget(widget)
        layout.addSpacing(UNIT)
        layout.addWidget(title("Start"))
        layout.addWidget(self.at_login)
        layout.addSpacing(UNIT)
        layout.addWidget(title("Menu and links"))
        layout.addWidget(muted(_menu_text()))
        layout.addLayout(row(self.entry))
        layout.addWidget(self.where)
        layout.addWidget(self.problem)
        layout.addStretch(1)
        self.problem.hide()
        self._show()
        self._show_system(False, False)
        access.changed.connect(self._show)
        self.tray.clicked.connect(lambda on: access.change(tray=on))
        self.close_to_tray.clicked.connect(lambda on: access.change(close_to_tray=on))
        self.at_login.clicked.connect(self._change_login)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def _show(self) -> None:
        chosen = self._access.chosen
        self.tray.setChecked(chosen.tray)
        self.close_to_tray.setChecked(chosen.close_to_tray)
        self.close_to_tray.setEnabled(chosen.tray)
        self.no_tray.setVisible(
            chosen.tray and chosen.close_to_tray and not QSystemTrayIcon.isSystemTrayAvailable()
        )

    def _look(self) -> None:
        def work() -> tuple[bool, bool]:
            return start_at_login.is_on(), menu_entry.is_supported() and menu_entry.file().exists()

        self._access.background.run(work, lambda found: self._show_system(*found), self._fail)

    def _show_system(self, at_login: bool, in_menu: bool) -> None:
        if not isValid(self):
            return
        self._is_in_menu = in_menu
        self.at_login.setChecked(at_login)
        self.entry.setText("Remove from the menu" if in_menu else "Add to the menu")
        self.entry.setVisible(menu_entry.is_supported())
        self.where.setText(str(menu_entry.file()) if in_menu else "")
        self.where.setVisible(bool(self.where.text()))

    def _change_login(self, on: bool) -> None:
        self._do("start at login", self._login(on), self._login(not on))

    def _change_entry(self) -> None:
        folder = self._access.data_dir

        def install() -> None:
            menu_entry.install(folder)

        def remove() -> None:
            menu_entry.remove()

        pair = (remove, install) if self._is_in_menu else (install, remove)
        self._do("entry in the menu", *pair)

    def _login(self, on: bool) -> Callable[[], None]:
        folder = self._access.data_dir
        return lambda: start_at_login.switch(on, folder)

    def _do(self, what: str, do: Callable[[], None], undo: Callable[[], None]) -> None:
        """Do it beside the UI thread; it can be taken back."""
        self._run(do)
        self._access.history.record(Change(what, lambda: self._run(undo), lambda: self._run(do)))

    def _run(self, act: Callable[[], None]) -> None:
        self.problem.hide()
        self._access.background.run(act, lambda _nothing: self._look(), self._fail)

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, (OSError, DesktopUnsupported)):
            raise error
        if isValid(self):
            self.problem.setText(str(error))
            self.problem.show()
            self._look_again()

    def _look_again(self) -> None:
        self.at_login.setChecked(not self.at_login.isChecked())


def _menu_text(platform: str = sys.platform) -> str:
    if not menu_entry.is_supported(platform):
        return _NO_MENU
    return _MENU_ON_WINDOWS if platform == "win32" else _MENU
