"""The window's part in notifications: shows desktop notices, reports failing channels, opens the dialog.

After a ring it reads which notices are due, and marks them as shown before it shows them: a window that dies
in between never shows them, rather than twice.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app import store
from app.clock import now_micros
from app.settings import NotificationSettings
from ui import notifications
from ui.desktop.tray_icon import TrayIcon
from ui.link.background import Ticket
from ui.link.store_access import StoreAccess
from ui.link.throttle import Throttle
from ui.notifications.tray import Tray
from ui.undo import UndoStack

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.notices.due_notices import ForDesktop
    from app.store.notices.notice import Notice
    from ui.notifications.channel_test import ChannelTest
    from ui.notifications.dialog import NotificationsDialog

PAUSE_MS = 400
LONGEST_MS = 24 * 3_600_000


class _Due(Struct, frozen=True):
    """What a reading of the store came to: notices for the desktop, and the names of failing channels."""

    notices: "ForDesktop"
    failing: tuple[str, ...]


class NotificationController(QObject):
    """`failing` carries the names of channels whose last notice did not arrive. `clock`: microseconds."""

    failing = Signal(tuple)

    def __init__(
        self,
        window: QWidget,
        store: StoreAccess,
        undo: UndoStack,
        data_dir: Path,
        parent: QObject | None = None,
        *,
        clock: Callable[[], int] = now_micros,
        icon: TrayIcon | None = None,
        chosen: Callable[[], NotificationSettings] = NotificationSettings,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._store = store
        self._undo = undo
        self._data_dir = data_dir
        self._clock = clock
        self._failing: tuple[str, ...] = ()
        self.tray = Tray(window, self, icon=icon, chosen=chosen)
        self.dialog: NotificationsDialog | None = None
        self._channel_test: ChannelTest | None = None
        self._ticket: Ticket | None = None
        self._throttle = Throttle(self._ask, PAUSE_MS, self)
        self._next_due = QTimer(self, singleShot=True)
        self._next_due.timeout.connect(self.ring)

    def ring(self) -> None:
        """The store has changed, or a notice is due."""
        self._throttle.request()

    def open(self) -> None:
        """Show channels and rules."""
        if self.dialog is None:
            # Most sessions never see it.
            self._channel_test = notifications.channel_test.ChannelTest(self._data_dir, self)
            self.dialog = notifications.dialog.NotificationsDialog(
                self._store, self._undo, self._channel_test, self._window
            )
        self.dialog.open()

    def stop(self) -> None:
        """Show nothing more."""
        self._throttle.stop()
        self._next_due.stop()
        self.tray.hide()
        if self._ticket is not None:
            self._ticket.cancel()
        if self.dialog is not None:
            self.dialog.close()
        if self._channel_test is not None:
            self._channel_test.stop()

    def _ask(self) -> None:
        now = self._clock()

        def read(connection: "Connection") -> _Due:
            channels = store.channels.listed(connection)
            failing = tuple(each.name for each in channels if each.enabled and each.last_error)
            return _Due(store.due_notices.for_desktop(connection, now), failing)

        self._ticket = self._store.read(read, self._arrive, self._fail)

    def _arrive(self, found: _Due) -> None:
        self._throttle.finished()
        if found.failing != self._failing:
            self._failing = found.failing
            self.failing.emit(found.failing)
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.refresh()
        due = found.notices.next_due
        if due is not None:
            self._next_due.start(min(LONGEST_MS, max(0, (due - self._clock()) // 1_000 + 1)))
        if found.notices.notices:
            self._show(found.notices.notices)

    def _show(self, notices: "tuple[Notice, ...]") -> None:
        now = self._clock()

        def write(connection: "Connection") -> "tuple[Notice, ...]":
            return store.outbox.take_for_desktop(connection, notices, now)

        self._store.write(write, self.tray.show_all)

    def _fail(self, error: BaseException) -> None:
        self._throttle.finished()
        self._store.report_problem(error)
