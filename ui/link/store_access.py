"""The window's access to the store: reads and writes off the UI thread, delivers results on it.

The engine makes the database and upgrades it; until it has, requests wait. `troubled` carries a
sentence for people when the environment makes the store unusable; `found_damaged` follows when
the file is broken. Our own bugs are raised.
"""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from app import paths, store
from app.store.errors import StoreError
from ui.link.background import Background, Failed, Interruption, Ticket

if TYPE_CHECKING:
    from app.store.database import Connection, Database
    from app.store.first_issues import FirstIssues

T = TypeVar("T")


class StoreAccess(QObject):
    """Holds the window's `Database`, which is opened by the first piece of work that needs it."""

    troubled = Signal(str)
    found_damaged = Signal()

    def __init__(self, data_dir: Path, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.data_dir = data_dir
        self._background = background
        self._database: Database | None = None
        self._opening = Lock()

    def read(
        self, work: Callable[["Connection"], T], done: Callable[[T], None], failed: Failed | None = None
    ) -> Ticket:
        """Run `work` in a snapshot of the store; `done` gets what it returns, on the UI thread.

        When the ticket is cancelled, the query that runs is interrupted.
        """
        interruption = Interruption()

        def reading() -> T:
            with (
                self._open().reading() as connection,
                interruption.by(store.database.interrupter(connection)),
            ):
                return work(connection)

        return self._background.run(reading, done, failed or self.report_problem, interruption)

    def read_first(
        self, limit: int, done: "Callable[[FirstIssues | None], None]", failed: Failed | None = None
    ) -> Ticket:
        """Read the first page of the inbox by the shortest way; `done` gets None where that cannot be."""
        file = self.data_dir / paths.DATABASE
        return self._background.run(
            lambda: store.first_issues.read(file, limit), done, failed or self.report_problem
        )

    def write(
        self, work: Callable[["Connection"], T], done: Callable[[T], None], failed: Failed | None = None
    ) -> Ticket:
        """Run `work` in one write transaction; `done` gets what it returns, after the commit."""

        def writing() -> T:
            with self._open().writing() as connection:
                return work(connection)

        return self._background.run(writing, done, failed or self.report_problem)

    def write_prepared(
        self,
        prepare: Callable[["Connection"], Callable[["Connection"], T]],
        done: Callable[[T], None],
        failed: Failed | None = None,
        not_before: float = 0.0,
    ) -> Ticket:
        """Run `prepare` in a snapshot of the store, and what it returns in one write transaction, as `write`.

        What takes long is read before the transaction, in which no other can write. It begins at
        `not_before` (`time.monotonic`) at the earliest.
        """

        def writing() -> T:
            database = self._open()
            with database.reading() as connection:
                work = prepare(connection)
            time.sleep(max(0.0, not_before - time.monotonic()))
            with database.writing() as connection:
                return work(connection)

        return self._background.run(writing, done, failed or self.report_problem)

    def run(self, work: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None) -> Ticket:
        """Run `work`, which needs no store, off the UI thread."""
        return self._background.run(work, done, failed or self.report_problem)

    def is_there(self) -> bool:
        """Whether there is a store already; before the very first start there is none."""
        return (self.data_dir / paths.DATABASE).exists()

    def close(self) -> None:
        """Close the database; call it when the background has stopped."""
        with self._opening:
            if self._database is not None:
                self._database.close()
                self._database = None

    def reopen(self) -> None:
        """Close the open file, as the engine may have replaced it."""
        self.close()

    def _open(self) -> "Database":
        with self._opening:
            if self._database is None:
                # SQLAlchemy takes a quarter of a second to import: it is done here, off the UI thread,
                # when the window is on the screen.
                self._database = store.database.open_existing(self.data_dir)
            return self._database

    def report_problem(self, error: BaseException) -> None:
        """Report an error of the environment by `troubled`. Raises any other, which is a bug of ours."""
        self.troubled.emit(sentence_for(error))
        if store.failures.is_damaged(error):
            self.found_damaged.emit()


def sentence_for(error: BaseException) -> str:
    """What is wrong with the store, as a sentence. Raises any other error, which is a bug of ours."""
    if isinstance(error, StoreError):
        return str(error)
    if isinstance(error, store.failures.StatementFailure) and store.failures.has_explanation(error):
        return f"The error store did not do it: {store.failures.explain(error)}."
    raise error
