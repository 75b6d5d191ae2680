"""What a person does in the queue: try what failed again, give it up, have it back, run a job now."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from app.model import to_micros
from app.plain_text import plural
from ui.link.store_access import StoreAccess

if TYPE_CHECKING:
    from app.store.database import Connection

# Jobs of the engine, by their names there.
DIGEST = "digest"
RETRY_REFUSED = "retry-refused"
REMEMBERED = 50


class _Discarded(Struct, frozen=True):
    words: str
    report_ids: tuple[int, ...]


class QueueActions(QObject):
    """Acts on reports that failed. `acted` says what was done and can be undone, `said` what cannot.

    `committed`: the store has changed. `run_wanted` names the job that the engine is to run now.
    """

    committed = Signal()
    acted = Signal(str)
    said = Signal(str)
    undone = Signal(str)
    run_wanted = Signal(str)

    def __init__(self, store: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._history: list[_Discarded] = []

    def retry(self, report_ids: Sequence[int]) -> None:
        """Have these tried at once."""
        ids, now = tuple(report_ids), _now()

        def work(connection: "Connection") -> list[int]:
            from app.store.queue import dead_letters  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            return dead_letters.retry(connection, ids, now)

        if ids:
            self._store.write(work, self._tried)

    def retry_all(self) -> None:
        """Have everything tried at once that failed and was not discarded."""
        now = _now()

        def work(connection: "Connection") -> list[int]:
            from app.store.queue import dead_letters  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            return dead_letters.retry_all(connection, now)

        self._store.write(work, self._tried)

    def retry_refused(self, refusal_ids: Sequence[int]) -> None:
        """Have these refused requests taken anew by the engine."""
        ids, now = tuple(refusal_ids), _now()

        def work(connection: "Connection") -> list[int]:
            from app.store.queue import refusals  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            return refusals.request_retry(connection, ids, now)

        if ids:
            self._store.write(work, self._tried_refused)

    def retry_all_refused(self) -> None:
        """Have everything taken anew that was refused and is kept."""
        now = _now()

        def work(connection: "Connection") -> list[int]:
            from app.store.queue import refusals  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            return refusals.request_retry(connection, None, now)

        self._store.write(work, self._tried_refused)

    def discard(self, report_ids: Sequence[int]) -> None:
        """Give these up; it can be undone, here and for a day on the command line."""
        ids, now = tuple(report_ids), _now()

        def work(connection: "Connection") -> list[int]:
            from app.store.queue import dead_letters  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            return dead_letters.discard(connection, ids, now)

        if ids:
            self._store.write(work, self._discarded)

    def undo(self) -> None:
        """Have back what was discarded last."""
        if not self._history:
            return
        last = self._history.pop()

        def work(connection: "Connection") -> list[int]:
            from app.store.queue import dead_letters  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            return dead_letters.undo_discard(connection, last.report_ids)

        def done(_ids: list[int]) -> None:
            self.committed.emit()
            self.undone.emit(last.words)

        self._store.write(work, done)

    def run_job(self, name: str) -> None:
        """Have a job run now."""
        self.run_wanted.emit(name)
        self.said.emit(f"{name} runs now")

    def _tried(self, report_ids: list[int]) -> None:
        self.committed.emit()
        if report_ids:
            self.run_wanted.emit(DIGEST)
            self.said.emit(f"{plural(len(report_ids), 'report')} tried again")
        else:
            self.said.emit("Nothing has failed")

    def _tried_refused(self, refusal_ids: list[int]) -> None:
        self.committed.emit()
        if refusal_ids:
            self.run_wanted.emit(RETRY_REFUSED)
            self.said.emit(f"{plural(len(refusal_ids), 'refused request')} tried again")
        else:
            self.said.emit("Nothing that was refused is kept")

    def _discarded(self, report_ids: list[int]) -> None:
        self.committed.emit()
        if report_ids:
            words = f"{plural(len(report_ids), 'report')} discarded"
            self._history = [*self._history, _Discarded(words, tuple(report_ids))][-REMEMBERED:]
            self.acted.emit(words)


def _now() -> int:
    return to_micros(datetime.now(UTC))
