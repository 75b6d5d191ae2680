"""Notices that another process has written to the store: the digest, the window or the command line.

All of them write the same file, and none has to notify the engine: SQLite counts the commits of other
connections, and reading that number takes a few microseconds.
"""

import logging
import threading
from collections.abc import Callable

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from app.store import failures, sqlite
from app.store.database import Database

log = logging.getLogger(__name__)

POLL_SECONDS = 0.5
PATIENCE_SECONDS = 1.0


class Watch:
    """Polls the store from a thread and a connection of its own.

    `changed` is called at first, and whenever there are new commits. Its argument is a connection on which
    each statement is a transaction, and whose own commits do not count.

    `has_jumped` is called with each poll, also while the store cannot be read; when it is true, `changed` is
    called again. `tick` is called after that, with the connection.
    """

    def __init__(
        self,
        database: Database,
        changed: Callable[[Connection], None],
        *,
        has_jumped: Callable[[], bool] = lambda: False,
        tick: Callable[[Connection], None] = lambda _connection: None,
    ) -> None:
        self._database = Database(
            database.file, durable=False, busy_seconds=PATIENCE_SECONDS, must_exist=True
        )
        self._changed = changed
        self._has_jumped = has_jumped
        self._tick = tick
        self._complaint = ""
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin to poll."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread, and close the connection."""
        self._stopping.set()
        self._thread.join()
        self._database.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._watch()
            except Exception as error:  # noqa: BLE001 - whatever it is, the engine goes on
                self._complain(error)
                self._has_jumped()
                self._stopping.wait(POLL_SECONDS)

    def _watch(self) -> None:
        seen = None
        with self._database.maintaining() as connection:
            while not self._stopping.is_set():
                version = sqlite.data_version(connection)
                if self._has_jumped() or version != seen:
                    # What is committed meanwhile is noticed with the next poll.
                    seen = version
                    self._changed(connection)
                self._tick(connection)
                self._complaint = ""
                self._stopping.wait(POLL_SECONDS)

    def _complain(self, error: Exception) -> None:
        """Log the error, unless the last poll failed in the same way."""
        is_known = isinstance(error, (SQLAlchemyError, failures.DriverFailure, OSError))
        why = failures.explain(error) if is_known else repr(error)
        if why != self._complaint:
            log.warning("What others wrote has to wait. %s", why, exc_info=None if is_known else error)
        self._complaint = why
