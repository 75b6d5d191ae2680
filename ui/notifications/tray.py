"""Shows notices where the desktop has them: by the tray icon; without a tray, on a card in the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from app.model import Level
from app.plain_text import clipped, elided, plural
from ui.notifications.card import NoticeCard
from ui.widgets import icons
from ui.widgets.tooltip import set_tooltip

if TYPE_CHECKING:
    from app.store.notices.notice import Notice

SHOWN_MS = 10_000
LONGEST_TITLE = 200
LONGEST_BODY = 1_500
# More at once are one.
AT_ONCE = 3
_NAMED = 5
_ICONS = {
    Level.FATAL: QSystemTrayIcon.MessageIcon.Critical,
    Level.ERROR: QSystemTrayIcon.MessageIcon.Critical,
    Level.WARNING: QSystemTrayIcon.MessageIcon.Warning,
}


class Tray(QObject):
    """`issue_requested` carries the id of the issue to show, or None to only raise the window."""

    issue_requested = Signal(object)

    def __init__(self, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._icon: QSystemTrayIcon | None = None
        self._card: NoticeCard | None = None
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
        if self._icon is not None:
            self._icon.hide()

    def _show(self, title: str, body: str, level: Level, issue_id: int | None) -> None:
        # A click does not carry which notice was clicked: the newest is assumed.
        self._issue = issue_id
        title, body = elided(title, LONGEST_TITLE), clipped(body, LONGEST_BODY)[0]
        if QSystemTrayIcon.isSystemTrayAvailable():
            # Many desktops read a notice as HTML.
            self._tray().showMessage(title, body.replace("<", "‹"), _ICONS.get(level, _INFO), SHOWN_MS)
        else:
            self._in_window().show_notice(title, body, can_open=issue_id is not None)

    def _tray(self) -> QSystemTrayIcon:
        if self._icon is None:
            self._icon = QSystemTrayIcon(icons.icon("inbox"), self)
            set_tooltip(self._icon, "Arecibo")
            self._icon.messageClicked.connect(lambda: self.issue_requested.emit(self._issue))
            self._icon.activated.connect(lambda _reason: self.issue_requested.emit(None))
            self._icon.show()
        return self._icon

    def _in_window(self) -> NoticeCard:
        if self._card is None:
            self._card = NoticeCard(self._window)
            self._card.opened.connect(lambda: self.issue_requested.emit(self._issue))
        return self._card


_INFO = QSystemTrayIcon.MessageIcon.Information
