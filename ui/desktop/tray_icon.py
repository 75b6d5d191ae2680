"""The icon in the desktop's tray, with the unread count and a menu of what is done most."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from app import intake_pause
from app.clock import now_micros
from app.engine.child_protocol import IntakePaused
from app.plain_text import plural
from ui.desktop.app_icon import tray_icon
from ui.widgets.tooltip import set_tooltip

PAUSES = (
    ("For 15 minutes", 900),
    ("For an hour", 3_600),
    ("Until tomorrow", 86_400),
    ("Until I resume", None),
)
"""What the menu offers, with the seconds of each; None has no end."""


class TrayIcon(QObject):
    """`pause_requested` carries seconds or None. `message_clicked`: the newest notice was clicked."""

    open_requested = Signal()
    pause_requested = Signal(object)
    resume_requested = Signal()
    session_requested = Signal()
    mute_toggled = Signal(bool)
    preferences_requested = Signal()
    quit_requested = Signal()
    message_clicked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unread = 0
        self._pause: IntakePaused | None = None
        self._icon: QSystemTrayIcon | None = None
        self.menu = QMenu()
        self.open = self._add(self.menu, "Open Arecibo", self.open_requested.emit)
        self.menu.addSeparator()
        self.pauses = self.menu.addMenu("Pause intake")
        for text, seconds in PAUSES:
            self._add(self.pauses, text, partial(self.pause_requested.emit, seconds))
        self.resume = self._add(self.menu, "Resume intake", self.resume_requested.emit)
        self.session = self._add(self.menu, "New session", self.session_requested.emit)
        self.session.setVisible(False)
        self.mute = self._add(self.menu, "Mute notifications", lambda: None)
        self.mute.setCheckable(True)
        self.mute.toggled.connect(self.mute_toggled)
        self.menu.addSeparator()
        self._add(self.menu, "Preferences …", self.preferences_requested.emit)
        self._add(self.menu, "Quit", self.quit_requested.emit)
        self._show_pause_in_menu()

    @property
    def is_shown(self) -> bool:
        """Whether it is in the tray, so that a person can find a hidden window again."""
        return self._icon is not None and QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> bool:
        """Show it, where the desktop has a tray; returns whether it has."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return False
        if self._icon is None:
            self._icon = QSystemTrayIcon(self)
            self._icon.setContextMenu(self.menu)
            self._icon.messageClicked.connect(self.message_clicked)
            self._icon.activated.connect(self._activate)
            self._paint()
            self._icon.show()
        return True

    def hide(self) -> None:
        """Take it away."""
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None

    def show_unread(self, unread: int) -> None:
        """Paint how many issues are unread."""
        if unread != self._unread:
            self._unread = unread
            self._paint()

    def show_pause(self, pause: IntakePaused | None) -> None:
        """Show whether intake is paused."""
        changed = (pause is None) != (self._pause is None)
        self._pause = pause
        self._show_pause_in_menu()
        if changed:
            self._paint()
        else:
            self._describe()

    def show_muted(self, muted: bool) -> None:
        """Show whether notifications are muted."""
        self.mute.blockSignals(True)
        self.mute.setChecked(muted)
        self.mute.blockSignals(False)

    def show_message(
        self, title: str, body: str, kind: QSystemTrayIcon.MessageIcon, milliseconds: int
    ) -> bool:
        """Show a notice of the desktop; False where there is no tray."""
        if not self.show() or self._icon is None:
            return False
        # Many desktops read a notice as HTML.
        self._icon.showMessage(title, body.replace("<", "‹"), kind, milliseconds)
        return True

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        # The menu opens by itself.
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.open_requested.emit()

    def _show_pause_in_menu(self) -> None:
        self.resume.setVisible(self._pause is not None)
        self.pauses.menuAction().setVisible(self._pause is None)

    def _paint(self) -> None:
        if self._icon is not None:
            self._icon.setIcon(tray_icon(self._unread, is_paused=self._pause is not None))
            self._describe()

    def _describe(self) -> None:
        if self._icon is None:
            return
        lines = [f"Arecibo: {plural(self._unread, 'unread issue')}" if self._unread else "Arecibo"]
        if (pause := self._pause) is not None:
            lines.append(intake_pause.describe(pause.since, pause.until, pause.turned_away, now=now_micros()))
        set_tooltip(self._icon, "\n".join(lines))

    def _add(self, menu: QMenu, text: str, act: Callable[[], object]) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda _checked=False: act())
        return action
