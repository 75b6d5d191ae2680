"""The engine: everything that runs without a window, started and stopped in order.

The path of one error, from socket to pixel:

1. `receiver` takes the request, looks only as far as it must to answer, and hands it to
2. `receiver.group_commit`, whose one thread writes all that waits in one transaction; only then the
   client gets its 200, and the digest is woken:
3. `jobs` has APScheduler run it in a process of its own, where
4. `digest.pipeline` takes reports in order, understands them (`protocols`), groups them
   (`digest.grouping`) and files events, counters, tags and "done" in one transaction;
5. that process tells the new revision, and the `doorbell` rings, at most ten times a second;
6. the window asks the store what is newer than what it shows.

Whatever dies on the way, the report is in the store, and the next digest begins where the last one ended.
"""

import socket
from collections.abc import Callable
from threading import Lock

from filelock import FileLock, Timeout

from app import address, paths
from app.address import Listening
from app.doorbell import Doorbell
from app.engine import door
from app.engine.cannot_start import CannotStart
from app.jobs.jobs import Jobs
from app.jobs.table import RETRY_REFUSED
from app.receiver.group_commit import GroupCommit
from app.receiver.retry import RefusedRetry
from app.receiver.server import Receiver
from app.settings import Settings
from app.store import refusals
from app.store.database import Database, DatabaseTooNew, DatabaseUnusable, open_for_engine


class Engine:
    """The receiver, the jobs and the store of one data folder.

    `changed` is called with the store's revision whenever there is something new to see. `sockets` are what
    `door.open_door` returned, where it was called before this module was loaded. `database` and `notice`,
    what a person should know about it, are there once the engine has started.
    """

    database: Database

    def __init__(
        self,
        settings: Settings,
        *,
        changed: Callable[[int], None] = lambda _revision: None,
        sockets: list[socket.socket] | None = None,
    ) -> None:
        self._sockets = sockets
        self.notice: str | None = None
        self._settings = settings
        self._doorbell = Doorbell(changed)
        self._jobs: Jobs | None = None
        self._refused_retry: RefusedRetry | None = None
        self._undo: list[Callable[[], object]] = []

    def start(self) -> str:
        """Start everything; returns the address that takes errors from now on. Raises `CannotStart`."""
        try:
            return self._start()
        except BaseException:
            self.stop()
            raise

    def run_job(self, name: str) -> bool:
        """Run a job now; False when there is none of this name."""
        return self._jobs is not None and self._jobs.run_now(name)

    def stop(self) -> None:
        """Stop in the opposite order: take nothing more, then finish what was taken."""
        while self._undo:
            self._undo.pop()()

    def _start(self) -> str:
        sockets = self._sockets or door.open_door(self._settings)
        self._undo.append(lambda: _close(sockets))
        self._open_store()
        self._doorbell.start()
        self._undo.append(self._doorbell.stop)
        if self._settings.digest_inline:
            where = self._start_receiver(sockets, lambda: None, self._inline_digest())
        else:
            where = self._start_receiver(sockets, self._start_jobs(), None)
        address.write(self._settings.data_dir, where)
        self._undo.append(lambda: address.remove(self._settings.data_dir))
        return where.url

    def _open_store(self) -> None:
        folder = self._settings.data_dir
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(folder / paths.ENGINE_LOCK)
            lock.acquire(blocking=False)
            self._undo.append(lock.release)
            opened = open_for_engine(folder)
        except Timeout as error:
            raise door.locked(self._settings) from error
        except DatabaseTooNew as error:
            raise CannotStart("database-too-new", str(error)) from error
        except DatabaseUnusable as error:
            raise CannotStart("data-dir-unusable", str(error)) from error
        except OSError as error:
            message = f"The data folder {folder} cannot be used: {error}. Choose another with --data-dir."
            raise CannotStart("data-dir-unusable", message) from error
        self.database, self.notice = opened.database, opened.notice
        self._undo.append(self.database.close)

    def _start_jobs(self) -> Callable[[], None]:
        """Start what works in the background; returns what tells it that something has arrived."""
        jobs = self._jobs = Jobs(
            self._settings, self.database, self._doorbell.ring, retry_refused=self._retry_refused
        )
        jobs.start()
        self._undo.append(jobs.stop)
        return jobs.wake

    def _retry_refused(self) -> None:
        if self._refused_retry is not None:
            self._refused_retry.run()

    def _retry_what_was_marked(self) -> None:
        """Jobs run before the receiver does: what was marked while no engine ran has its turn now."""
        with self.database.reading() as connection:
            is_marked = refusals.next_requested(connection) is not None
        if is_marked:
            self.run_job(RETRY_REFUSED)

    def _inline_digest(self) -> Callable[[], object]:
        """A digest that runs within the request, one at a time."""
        # Elsewhere it has a process of its own, and the engine starts without what only that needs.
        from app.digest.pipeline import Digest  # noqa: PLC0415
        from app.listeners.listeners import Listeners  # noqa: PLC0415

        listeners = Listeners(paths.config_dir() / paths.LISTENERS, self.database)
        self._undo.append(listeners.close)
        digest = Digest(self.database, self._settings, committed=self._doorbell.ring, listeners=listeners)
        turn = Lock()

        def run() -> int:
            with turn:
                return digest.run()

        return run

    def _start_receiver(
        self,
        sockets: list[socket.socket],
        on_arrival: Callable[[], None],
        digest_inline: Callable[[], object] | None,
    ) -> Listening:
        settings = self._settings
        commits = GroupCommit(self.database, settings, on_arrival=on_arrival)
        commits.start()
        self._undo.append(commits.stop)
        receiver = Receiver(settings, commits, digest_inline, sockets=sockets)
        port = receiver.start()
        self._undo.append(receiver.stop)
        self._refused_retry = RefusedRetry(self.database, receiver.ingest, commits)
        self._retry_what_was_marked()
        return Listening(
            url=f"http://{settings.host}:{port}",
            spotlight=receiver.spotlight.url,
            no_spotlight=receiver.spotlight.why_not,
            smtp=receiver.smtp.url,
            no_smtp=receiver.smtp.why_not,
        )


def _close(sockets: list[socket.socket]) -> None:
    for each in sockets:
        each.close()
