"""The window's part in notices: shows what is for the desktop, tells of channels that fail, opens the dialog.

After a ring it looks what is due, and marks it as shown before it shows it: a window that dies in between
shows it to nobody rather than twice.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app import store
from ui.link.background import Ticket
from ui.link.store_access import StoreAccess
from ui.notifications.tray import Tray

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.notices.due_notices import ForDesktop
    from app.store.notices.notice import Notice
    from ui.notifications.channel_test import ChannelTest
    from ui.notifications.dialog import NotificationsDialog

PAUSE_MS = 400
LONGEST_MS = 24 * 3_600_000


class _Look(Struct, frozen=True):
    due: "ForDesktop"
    failing: tuple[str, ...]


class NotificationDesk(QObject):
    """`failing` carries the names of channels whose last notice did not arrive."""

    failing = Signal(tuple)

    def __init__(
        self,
        window: QWidget,
        store: StoreAccess,
        data_dir: Path,
        parent: QObject | None = None,
        *,
        clock: Callable[[], int] = lambda: time.time_ns() // 1_000,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._store = store
        self._data_dir = data_dir
        self._clock = clock
        self._ticket: Ticket | None = None
        self._again = self._stopped = False
        self._failing: tuple[str, ...] = ()
        self.tray = Tray(window, self)
        self.dialog: NotificationsDialog | None = None
        self._trial: ChannelTest | None = None
        self._pause = QTimer(self, singleShot=True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._after_pause)
        self._due = QTimer(self, singleShot=True)
        self._due.timeout.connect(self.ring)

    def ring(self) -> None:
        """The store has changed, or something is due."""
        if self._stopped:
            return
        if self._ticket is not None or self._pause.isActive():
            self._again = True
            return
        now = self._clock()

        def read(connection: "Connection") -> _Look:
            broken = [each for each in store.channels.listed(connection) if each.enabled and each.last_error]
            return _Look(store.due_notices.for_desktop(connection, now), tuple(each.name for each in broken))

        self._ticket = self._store.read(read, self._arrive, self._fail)

    def open(self) -> None:
        """Show channels and rules."""
        if self.dialog is None:
            # Most sessions never see it.
            from ui.notifications.channel_test import ChannelTest  # noqa: PLC0415
            from ui.notifications.dialog import NotificationsDialog  # noqa: PLC0415

            self._trial = ChannelTest(self._data_dir, self)
            self.dialog = NotificationsDialog(self._store, self._trial, self._window)
        self.dialog.open()

    def stop(self) -> None:
        """Show nothing more."""
        self._stopped = True
        self._pause.stop()
        self._due.stop()
        self.tray.hide()
        if self._ticket is not None:
            self._ticket.cancel()
        if self.dialog is not None:
            self.dialog.close()
        if self._trial is not None:
            self._trial.stop()

    def _arrive(self, look: _Look) -> None:
        self._ticket = None
        self._pause.start()
        if look.failing != self._failing:
            self._failing = look.failing
            self.failing.emit(look.failing)
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.look_again()
        if look.due.next_due is not None:
            self._due.start(min(LONGEST_MS, max(0, (look.due.next_due - self._clock()) // 1_000 + 1)))
        if look.due.notices:
            self._take(look.due.notices)

    def _take(self, notices: "tuple[Notice, ...]") -> None:
        now = self._clock()

        def write(connection: "Connection") -> "tuple[Notice, ...]":
            return store.outbox.take_for_desktop(connection, notices, now)

        self._store.write(write, self.tray.show_all)

    def _fail(self, error: BaseException) -> None:
        self._ticket = None
        self._store.complain(error)

    def _after_pause(self) -> None:
        if self._again:
            self._again = False
            self.ring()
