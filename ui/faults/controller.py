"""Opens the dialog that sets a fault, sets it, and ends those that are set."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app import store
from app.clock import now_micros
from ui import faults
from ui.link.store_access import StoreAccess

if TYPE_CHECKING:
    from app.store.database import Connection
    from ui.faults.dialog import FaultWish

_SECOND = 1_000_000


class FaultController(QObject):
    """The engine follows the store within half a second, and then the strip across the window shows it."""

    def __init__(self, window: QWidget, access: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._store = access

    def open(self, project: str = "") -> None:
        """Ask which fault the clients of this project are to meet."""
        dialog = faults.dialog.FaultDialog(project, self._window)
        dialog.wished.connect(self.begin)
        dialog.open()

    def begin(self, wish: "FaultWish") -> None:
        """Set a fault."""

        def write(connection: "Connection") -> None:
            now = now_micros()
            stored = store.faults
            stored.begin(
                connection,
                stored.Fault(
                    project_id=store.projects.number(connection, wish.project, now),
                    project=wish.project,
                    answer=stored.FaultAnswer(wish.answer),
                    seconds=wish.seconds,
                    share=wish.share,
                    since=now,
                    until=now + wish.minutes * 60 * _SECOND,
                ),
            )

        self._store.write(write, lambda _nothing: None)

    def end(self, project_ids: Sequence[int]) -> None:
        """End the faults of these projects."""

        def write(connection: "Connection") -> None:
            for project_id in project_ids:
                store.faults.end(connection, project_id, now_micros())

        self._store.write(write, lambda _nothing: None)
