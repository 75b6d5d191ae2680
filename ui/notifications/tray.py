"""Shows notices where the person looks: in a line of the window in front, else on the desktop.

On a desktop without a tray, what comes while another window is in front stands on a card in this one.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from app.model import Level
from app.plain_text import clipped, elided, plural
from app.settings import DesktopNotices, NotificationSettings
from ui.desktop.tray_icon import TrayIcon
from ui.notifications.card import NoticeCard
from ui.notifications.pill import NoticePill

if TYPE_CHECKING:
    from app.store.notices.notice import Notice

SHOWN_MS = 10_000
LONGEST_TITLE = 200
LONGEST_BODY = 1_500
# More at once are one.
AT_ONCE = 3
_NAMED = 5
_INFO = QSystemTrayIcon.MessageIcon.Information
_ICONS = {
    Level.FATAL: QSystemTrayIcon.MessageIcon.Critical,
    Level.ERROR: QSystemTrayIcon.MessageIcon.Critical,
    Level.WARNING: QSystemTrayIcon.MessageIcon.Warning,
}


class Tray(QObject):
    """`issue_requested` carries the id of the issue to show, or None to only raise the window.

    `chosen` returns the settings in force, each time that a notice is due.
    """

    issue_requested = Signal(object)

    def __init__(
        self,
        window: QWidget,
        parent: QObject | None = None,
        *,
        icon: TrayIcon | None = None,
        chosen: Callable[[], NotificationSettings] = NotificationSettings,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._chosen = chosen
        self._icon = icon or TrayIcon(self)
        self._icon.message_clicked.connect(self._open)
        self._card: NoticeCard | None = None
        self._pill: NoticePill | None = None
        self._issue: int | None = None

    def show_all(self, notices: "tuple[Notice, ...]") -> None:
        """Show these notices; many of them as one."""
        if len(notices) > AT_ONCE:
            named = [notice.title for notice in notices[:_NAMED]]
            more = len(notices) - len(named)
            body = "\n".join([*named, *([f"and {more:,} more"] if more else [])])
            self._show(plural(len(notices), "notice"), body, notices[0].level, None)
            return
        for notice in notices:
            self._show(notice.title, notice.body, notice.level, notice.issue_id)

    def hide(self) -> None:
        """Take the icon away."""
        self._icon.hide()

    def _show(self, title: str, body: str, level: Level, issue_id: int | None) -> None:
        chosen = self._chosen()
        if chosen.do_not_disturb:
            return
        # A click does not carry which notice was clicked: the newest is assumed.
        self._issue = issue_id
        title, body = elided(title, LONGEST_TITLE), clipped(body, LONGEST_BODY)[0]
        is_in_front = self._is_in_front()
        on_desktop = chosen.desktop is DesktopNotices.ALWAYS or (
            chosen.desktop is DesktopNotices.IN_BACKGROUND and not is_in_front
        )
        if on_desktop and self._icon.show_message(title, body, _ICONS.get(level, _INFO), SHOWN_MS):
            return
        if is_in_front:
            # A number alone says nothing: the first of several stands behind it.
            first, _, more = body.partition("\n")
            line = f"{title} · {first} …" if issue_id is None and more else title
            self._in_one_line().show_notice(line, can_open=issue_id is not None)
        else:
            self._in_window().show_notice(title, body, can_open=issue_id is not None)

    def _is_in_front(self) -> bool:
        """Whether the person works in the window, or in a dialog of it."""
        active = QApplication.activeWindow()
        while active is not None and active is not self._window:
            active = active.parentWidget()
        return active is not None

    def _in_window(self) -> NoticeCard:
        if self._card is None:
            self._card = NoticeCard(self._window)
            self._card.opened.connect(self._open)
        return self._card

    def _in_one_line(self) -> NoticePill:
        if self._pill is None:
            self._pill = NoticePill(self._window)
            self._pill.opened.connect(self._open)
        return self._pill

    def _open(self) -> None:
        self.issue_requested.emit(self._issue)
