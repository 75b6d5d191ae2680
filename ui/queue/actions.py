"""What a person does in the queue: retry what failed, discard it, undo that, run a job now."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app import store
from app.clock import now_micros
from app.plain_text import plural
from ui.acts import Act, ChangedElsewhere
from ui.undo import Actions

if TYPE_CHECKING:
    from app.store.database import Connection


class QueueActions(Actions):
    """Acts on reports that failed. `message` carries a sentence about an act without undo."""

    message = Signal(str)

    def retry(self, report_ids: Sequence[int]) -> None:
        """Retry these reports at once."""
        ids, now = tuple(report_ids), now_micros()
        if ids:
            self._store.write(
                lambda connection: store.dead_letters.retry(connection, ids, now), self._report_retried
            )

    def retry_all(self) -> None:
        """Retry everything at once that failed and was not discarded."""
        now = now_micros()
        self._store.write(
            lambda connection: store.dead_letters.retry_all(connection, now), self._report_retried
        )

    def retry_refused(self, refusal_ids: Sequence[int]) -> None:
        """Have the engine receive these refused requests again."""
        ids, now = tuple(refusal_ids), now_micros()
        if ids:
            self._store.write(
                lambda connection: store.refusals.request_retry(connection, ids, now), self._report_requested
            )

    def retry_all_refused(self) -> None:
        """Have the engine receive all refused requests again."""
        now = now_micros()
        self._store.write(
            lambda connection: store.refusals.request_retry(connection, None, now), self._report_requested
        )

    def discard(self, report_ids: Sequence[int]) -> None:
        """Discard these reports; it can be undone, here and for a day on the command line."""
        ids = tuple(report_ids)

        def do(connection: "Connection") -> list[int] | None:
            return store.dead_letters.discard(connection, ids, now_micros()) or None

        if ids:
            sentence = f"{plural(len(ids), 'report')} discarded"
            self.stack.do(self, Act(sentence=sentence, do=do, undo=_undo_discard))

    def run_job(self, name: str) -> None:
        """Run a job now."""
        now = now_micros()

        def done(_nothing: None) -> None:
            self.committed.emit()
            self.message.emit(f"{name} runs now")

        self._store.write(lambda connection: store.job_requests.add(connection, name, now), done)

    def _report_retried(self, report_ids: list[int]) -> None:
        self.committed.emit()
        if report_ids:
            self.message.emit(f"{plural(len(report_ids), 'report')} tried again")
        else:
            self.message.emit("Nothing has failed")

    def _report_requested(self, refusal_ids: list[int]) -> None:
        self.committed.emit()
        if refusal_ids:
            self.message.emit(f"{plural(len(refusal_ids), 'refused request')} tried again")
        else:
            self.message.emit("Nothing that was refused is kept")


def _undo_discard(connection: "Connection", report_ids: list[int]) -> str | None:
    """Restore the reports that are still discarded. Raises `ChangedElsewhere` when none is."""
    found = store.dead_letters.undo_discard(connection, report_ids)
    if not found:
        raise ChangedElsewhere
    gone = len(report_ids) - len(found)
    return f"{plural(gone, 'report')} could not be had back" if gone else None
