"""Arecibo's part of the desktop: tray and title count the unread, closing may hide, and links lead here."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from app import store
from app.desktop.app_link import AppLink
from app.engine.child_protocol import IntakePaused, PauseIntake, WindowMessage
from ui.desktop.app_icon import window_icon
from ui.desktop.tray_icon import TrayIcon
from ui.link.engine_link import EngineLink
from ui.link.preferences_access import PreferencesAccess
from ui.link.settings_access import SettingsAccess
from ui.link.store_access import StoreAccess

if TYPE_CHECKING:
    from app.store.database import Connection
    from ui.link.counters import Numbers
    from ui.main_window import MainWindow

SHOWN_MS = 8_000
TITLE = "Arecibo"
_IN_TRAY = "Arecibo goes on in the tray"
_STILL_TAKEN = "Errors are still taken. Its menu opens the window again, or quits."
# A tray may come after the program, when both start at login.
TRAY_AGAIN_MS = 5_000
TRAY_TRIES = 12


class DesktopServices(QObject):
    """`issue_requested`: this issue is to be shown, or only the window for None. `message`: a sentence.

    `event_requested(issue_id, pk)`: this event.
    """

    issue_requested = Signal(object)
    event_requested = Signal(int, int)
    message = Signal(str)

    def __init__(
        self,
        window: "MainWindow",
        store: StoreAccess,
        engine: EngineLink,
        preferences: PreferencesAccess,
        settings: SettingsAccess,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._store = store
        self._engine = engine
        self._preferences = preferences
        self._settings = settings
        self._tries = TRAY_TRIES
        self._again = QTimer(self, singleShot=True)
        self._again.setInterval(TRAY_AGAIN_MS)
        self._again.timeout.connect(self.show_tray)
        window.setWindowIcon(window_icon())
        self.tray = TrayIcon(self)
        self._connect()

    def _connect(self) -> None:
        tray, window = self.tray, self._window
        tray.open_requested.connect(lambda: self.issue_requested.emit(None))
        tray.pause_requested.connect(self.pause)
        tray.resume_requested.connect(self.resume)
        tray.mute_toggled.connect(self._mute)
        tray.quit_requested.connect(window.leave)
        window.resume_requested.connect(self.resume)
        window.closes_to_tray = self._closes_to_tray
        window.hidden_to_tray.connect(self._tell_of_tray)
        self._engine.paused.connect(self.show_pause)
        self._preferences.changed.connect(self.show_tray)
        self._settings.changed.connect(self._show_muted)
        self._show_muted()
        if isinstance(app := QApplication.instance(), QApplication):
            # The session ends: a window that hides would hold it up.
            app.commitDataRequest.connect(self._leave_with_session)

    def show_tray(self) -> None:
        """Show the icon in the tray, or take it away, as the person has chosen."""
        if not self._preferences.chosen.tray:
            self.tray.hide()
        elif not self.tray.show() and self._tries > 0:
            self._tries -= 1
            self._again.start()

    def show_numbers(self, numbers: "Numbers") -> None:
        """Count what is unread, in the title, the tray and the dock."""
        views: dict[str, int] = {view.value: count for view, count in numbers.counts.views.items()}
        self.show_unread(views.get("unread", 0))

    def show_unread(self, unread: int) -> None:
        """Show this number."""
        self._window.setWindowTitle(f"({unread:,}) {TITLE}" if unread else TITLE)
        self.tray.show_unread(unread)
        if isinstance(app := QGuiApplication.instance(), QGuiApplication):
            app.setBadgeNumber(unread)

    def show_pause(self, pause: IntakePaused | None) -> None:
        """Show whether intake is paused."""
        self._window.show_pause(pause)
        self.tray.show_pause(pause)

    def pause(self, seconds: int | None = None) -> None:
        """Have the engine take no errors, for so long or until `resume`."""
        if self._engine.url is None:
            self.message.emit("The engine does not run: there is nothing to pause.")
            return
        self._engine.send(PauseIntake(seconds))

    def resume(self) -> None:
        """Have the engine take errors again."""
        self._engine.send(WindowMessage.RESUME_INTAKE)

    def toggle_pause(self) -> None:
        """Pause until the person resumes, or resume."""
        if self._engine.pause is None:
            self.pause()
        else:
            self.resume()

    def open_link(self, link: AppLink) -> None:
        """Show what a link names; a sentence when there is no such thing."""
        self._store.read(lambda connection: _find(connection, link), lambda found: self._show(link, found))

    def stop(self) -> None:
        """Take the icon away."""
        self._again.stop()
        self.tray.hide()

    def _show(self, link: AppLink, found: tuple[int, int | None] | None) -> None:
        if found is None:
            self.issue_requested.emit(None)
            self.message.emit(f"There is nothing at {link.text} any more, or not in this folder.")
            return
        issue_id, pk = found
        if pk is None:
            self.issue_requested.emit(issue_id)
        else:
            self.event_requested.emit(issue_id, pk)

    def _closes_to_tray(self) -> bool:
        return self._preferences.chosen.close_to_tray and self.tray.is_shown

    def _tell_of_tray(self) -> None:
        if not self._preferences.chosen.told_of_tray:
            self._preferences.change(told_of_tray=True)
            information = QSystemTrayIcon.MessageIcon.Information
            self.tray.show_message(_IN_TRAY, _STILL_TAKEN, information, SHOWN_MS)

    def _mute(self, muted: bool) -> None:
        said = "Notifications muted" if muted else "Notifications shown again"
        self._settings.change(said, {"notifications.do_not_disturb": muted})

    def _show_muted(self) -> None:
        self.tray.show_muted(self._settings.chosen.notifications.do_not_disturb)

    def _leave_with_session(self, _manager: object) -> None:
        self._window.is_leaving = True


def _find(connection: "Connection", link: AppLink) -> tuple[int, int | None] | None:
    """The issue that a link means, as merges have it now, and the event, if it names one."""
    if link.issue_id is not None:
        issue_id = link.issue_id
        while (into := store.corrections.hidden(connection, [issue_id]).get(issue_id)) is not None:
            issue_id = into
        issue = store.issues.get(connection, issue_id)
        return None if issue is None else (issue.id, None)
    pk = store.events.find(connection, link.event_id)
    filed = None if pk is None else store.events.filed(connection, pk)
    return None if filed is None or pk is None else (filed.issue_id, pk)
