"""What a person changes of channels and rules: each change is one short transaction, and can be undone."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from app import store
from app.notifications.rules import Rule
from ui.link.store_access import StoreAccess

if TYPE_CHECKING:
    from app.notifications.directory import NamedRule, Removed
    from app.store.database import Connection
    from app.store.notices.channels import Channel

REMEMBERED = 50

Change = Callable[["Connection"], object]


class _Done(Struct, frozen=True):
    words: str
    undo: Change


class NotificationActs(QObject):
    """`acted` says what was done and can be undone, `said` why something was not. `committed`: look again."""

    committed = Signal()
    acted = Signal(str)
    undone = Signal(str)
    said = Signal(str)

    def __init__(self, store: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._history: list[_Done] = []

    def add_channel(self, name: str, url: str) -> None:
        """Keep a new channel."""

        def work(connection: "Connection") -> Change:
            from app.notifications import directory  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            added = directory.add_channel(connection, name, url)
            return lambda connection: directory.remove_channel(connection, added)

        self._do(f"{name} added", work)

    def change_channel(self, channel: "Channel", words: str) -> None:
        """Give a channel these values."""

        def work(connection: "Connection") -> Change:
            from app.notifications import directory  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            return _restoring(directory.change_channel(connection, channel))

        self._do(words, work)

    def remove_channel(self, channel: "Channel") -> None:
        """Forget a channel."""

        def work(connection: "Connection") -> Change:
            from app.notifications import directory  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            return _restoring(directory.remove_channel(connection, channel))

        self._do(f"{channel.name} removed", work)

    def add_rule(self, name: str, rule: Rule) -> None:
        """Keep a new rule."""

        def work(connection: "Connection") -> Change:
            from app.notifications import directory  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            added = directory.add_rule(connection, name, rule)
            return lambda connection: directory.remove_rule(connection, added)

        self._do(f"{name} added", work)

    def change_rule(self, rule: "NamedRule", words: str) -> None:
        """Give a rule these values."""

        def work(connection: "Connection") -> Change:
            from app.notifications import directory  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            return _restoring(directory.change_rule(connection, rule))

        self._do(words, work)

    def remove_rule(self, rule: "NamedRule") -> None:
        """Forget a rule."""

        def work(connection: "Connection") -> Change:
            from app.notifications import directory  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            return _restoring(directory.remove_rule(connection, rule))

        self._do(f"{rule.name} removed", work)

    def undo(self) -> None:
        """Take back the last change."""
        if not self._history:
            return
        last = self._history.pop()

        def done(_result: object) -> None:
            self.committed.emit()
            self.undone.emit(last.words)

        self._store.write(last.undo, done, self._fail)

    def _do(self, words: str, work: "Callable[[Connection], Change]") -> None:
        def done(undo: Change) -> None:
            self._history = [*self._history, _Done(words, undo)][-REMEMBERED:]
            self.committed.emit()
            self.acted.emit(words)

        self._store.write(work, done, self._fail)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, store.channels.NameTaken):
            self.said.emit(str(error))
        else:
            self._store.complain(error)


def _restoring(removed: "Removed | None") -> Change:
    def undo(connection: "Connection") -> None:
        from app.notifications import directory  # noqa: PLC0415 - see above

        if removed is not None:
            directory.restore(connection, removed)

    return undo
