"""Opens the dialog of what is passed on, and does what is asked in it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app import forwarding as passing
from app import store
from app.clock import now_micros
from app.engine import address
from app.plain_text import elided
from app.target_dsn import DsnUnusable
from ui import forwarding
from ui.acts import Act, ChangedElsewhere
from ui.link.store_access import StoreAccess
from ui.undo import Actions, UndoStack

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.forwarding.forwards import Forward
    from ui.forwarding.dialog import ForwardingDialog


_SHOWN = 40


class ForwardActions(Actions):
    """Removes targets; undo passes on again, from then on."""

    def remove(self, target: "Forward") -> None:
        """Pass nothing on to it any more."""
        act = Act(
            sentence=f"{elided(target.project, _SHOWN)} is not passed on any more",
            do=lambda connection: store.forwards.remove(connection, target.id),
            undo=_undo,
        )
        self.stack.do(self, act)


class ForwardingController(QObject):
    """Owns the dialog, which is made when it is first asked for."""

    def __init__(
        self, window: QWidget, access: StoreAccess, undo: UndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.actions = ForwardActions(access, undo, self)
        self.actions.committed.connect(self.ring)
        self._window = window
        self._store = access
        self.dialog: ForwardingDialog | None = None

    def open(self, project: str = "") -> None:
        """Show what is passed on, and offer to pass on the reports of this project, too."""
        if self.dialog is None:
            self.dialog = forwarding.dialog.ForwardingDialog(self._window)
            self.dialog.add_requested.connect(self.add)
            self.dialog.switch_requested.connect(self._switch)
            self.dialog.remove_requested.connect(self._remove)
            self.actions.refused.connect(self.dialog.show_refusal)
        self.dialog.open_for(project)
        self._read()

    def ring(self) -> None:
        """The store has changed."""
        if self.dialog is not None and self.dialog.isVisible():
            self._read()

    def add(self, project: str, dsn: str) -> None:
        """Pass on what arrives for the project from now on; the dialog says why not, if not."""

        def check() -> str:
            running = address.read(self._store.data_dir)
            return passing.set_up.check(dsn, () if running is None else address.ports(running))

        # A name may have to be asked for: not within the transaction.
        self._store.run(check, lambda checked: self._add(project, checked), self._refuse)

    def _add(self, project: str, dsn: str) -> None:
        def write(connection: "Connection") -> "Forward":
            return passing.set_up.add(connection, project, dsn, now_micros())

        self._store.write(write, self._added, self._refuse)

    def _added(self, added: "Forward") -> None:
        if self.dialog is not None:
            self.dialog.show_added(added.project)
        self._read()

    def _refuse(self, error: BaseException) -> None:
        known = (DsnUnusable, passing.own_address.OwnAddress, store.forwards.HasTarget)
        if self.dialog is not None and isinstance(error, known):
            self.dialog.show_refusal(str(error))
        else:
            self._store.report_problem(error)

    def _switch(self, forward_id: int, enabled: bool) -> None:
        self._store.write(
            lambda connection: store.forwards.set_enabled(connection, forward_id, enabled=enabled),
            lambda _nothing: self._read(),
        )

    def _remove(self, forward_id: int) -> None:
        target = None if self.dialog is None else self.dialog.found.get(forward_id)
        if target is not None:
            self.actions.remove(target)

    def _read(self) -> None:
        self._store.read(store.forwards.listed, self._show)

    def _show(self, found: "list[Forward]") -> None:
        if self.dialog is not None:
            self.dialog.show_targets(found)


def _undo(connection: "Connection", removed: "Forward") -> None:
    newest = store.report_queue.last_number(connection)
    try:
        store.forwards.add_again(connection, removed, after_report=newest, now=now_micros())
    except store.forwards.HasTarget:
        raise ChangedElsewhere from None
