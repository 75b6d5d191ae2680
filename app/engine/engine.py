"""The engine: everything that runs without a window, started and stopped in order.

The path of one error, from socket to pixel:

1. `receiver` takes the request, reads only what the answer needs, and hands it to
2. `receiver.group_commit`, whose one thread writes all that waits in one transaction; only then the
   client gets its 200, and the digest is woken:
3. `jobs` has APScheduler run it in a process of its own, where
4. `digest.pipeline` takes reports in order, understands them (`protocols`), groups them
   (`digest.grouping`) and files events, counters, tags and "done" in one transaction;
5. that process sends the new revision, and the `doorbell` rings, at most twenty times a second;
6. the window asks the store what is newer than what it shows.

Whichever process dies on the way, the report is in the store, and the next digest resumes where the last
one ended.
"""

import socket
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from app import engine, paths
from app.engine import address, door
from app.engine.address import EngineAddresses
from app.engine.cannot_start import CannotStart
from app.engine.child_protocol import StoreUpgrading
from app.engine.doorbell import Doorbell
from app.engine.folder_lock import FolderLock
from app.engine.store_recovery import StoreRecovery
from app.engine.stored_faults import StoredFaults
from app.engine.upgrade_reports import UpgradeReports
from app.intake_pause import Pause
from app.jobs.job import RETRY_REFUSED
from app.jobs.jobs import Jobs
from app.receiver.faults import Faults
from app.receiver.group_commit import GroupCommit
from app.receiver.ingest import Ingest
from app.receiver.intake import Intake
from app.receiver.retry import RefusedRetry
from app.receiver.server import Receiver
from app.settings import Settings
from app.store import failures
from app.store.database import Database, Opened, begin_anew, open_for_engine
from app.store.engine_state.faults import Fault
from app.store.errors import DatabaseTooNew, DatabaseUnusable, UpgradeGivenUp
from app.store.queue import refusals
from app.store.upkeep.health import StoreHealth, Trouble, TroubleKind

if TYPE_CHECKING:
    from app.engine.inline_digest import InlineDigest


class Engine:
    """The receiver, the jobs and the store of one data folder.

    `changed` is called with the store's revision whenever there is something new to see. `sockets` are what
    `door.open_door` returned, where it was called before this module was loaded; `yields`: another engine may
    have the folder for the asking (`handover`), and who made this one stops it then. `database` and `notice`,
    a sentence about it for the user, are there once the engine has started. While the start upgrades a store,
    `upgrading` is called with how far that is, once it takes more than a second, and `is_stopping` is asked
    whether to give it up. While the engine runs, `notify` is called with further sentences, `troubled` with
    what is wrong with the store (None: nothing any more), and `replaced` once another store has replaced the
    old one; `paused` with the pause of intake, and with None when it has ended; `faulted` with the faults
    that are set on purpose. `restored` as in `StoreRecovery`.
    """

    database: Database
    _commits: GroupCommit
    _where: EngineAddresses

    def __init__(
        self,
        settings: Settings,
        *,
        changed: Callable[[int], None] = lambda _revision: None,
        sockets: list[socket.socket] | None = None,
        yields: bool = False,
        upgrading: Callable[[StoreUpgrading], None] = lambda _progress: None,
        is_stopping: Callable[[], bool] = lambda: False,
        notify: Callable[[str], None] = lambda _sentence: None,
        troubled: Callable[[Trouble | None], None] = lambda _trouble: None,
        replaced: Callable[[], None] = lambda: None,
        paused: Callable[[Pause | None], None] = lambda _pause: None,
        faulted: Callable[[Sequence[Fault]], None] = lambda _faults: None,
        restored: Callable[[str, str, str], None] = lambda _source, _aside, _problem: None,
    ) -> None:
        self._sockets = sockets
        self.notice: str | None = None
        self.intake = Intake(settings.data_dir, paused)
        self.faults = Faults(StoredFaults(lambda: self.database), faulted)
        self.health = StoreHealth(settings.data_dir / paths.DATABASE, troubled)
        self._upgrading = upgrading
        self._is_stopping = is_stopping
        self._notify = notify
        self._replaced = replaced
        self._restored = restored
        self._inline_digest: InlineDigest | None = None
        self._lock = FolderLock(settings.data_dir, yields=yields)
        self._settings = settings
        self._changed = changed
        self._doorbell = Doorbell(changed)
        self._recovery: StoreRecovery | None = None
        self._jobs: Jobs | None = None
        self._ingest: Ingest | None = None
        # What stops each part that was started, in the opposite order.
        self._stops = ExitStack()

    def start(self) -> str:
        """Start everything; returns the address that takes errors from now on. Raises `CannotStart`."""
        try:
            try:
                return self._start()
            except failures.StatementFailure as error:
                self.stop()
                if not failures.is_damaged(error):
                    raise self._unusable(error) from error
            return self._start(is_damaged=True)
        except BaseException:
            self.stop()
            raise

    @property
    def url(self) -> str:
        """The address that takes errors, once the engine has started."""
        return self._where.url

    @property
    def has_started(self) -> bool:
        """Whether all parts run."""
        return self._recovery is not None

    @property
    def recovery(self) -> StoreRecovery:
        """The part that watches and replaces the store, once the engine has started."""
        assert self._recovery is not None
        return self._recovery

    def stop(self) -> None:
        """Stop in the opposite order: take nothing more, then finish what was taken."""
        self._stops.close()

    def _unusable(self, error: failures.StatementFailure) -> CannotStart:
        message = f"The error store in {self._settings.data_dir} cannot be used: {failures.explain(error)}."
        return CannotStart("data-dir-unusable", message)

    def _start(self, *, is_damaged: bool = False) -> str:
        """`is_damaged`: the store is known to be damaged, though opening it did not show that."""
        # Sockets can be used once: a second start, on a fresh store, needs new ones.
        given, self._sockets = self._sockets, None
        sockets = given or door.open_door(self._settings)
        self._stops.callback(_close, sockets)
        self._open_store(is_damaged=is_damaged)
        self._doorbell = Doorbell(self._changed)
        self._doorbell.start()
        self._stops.callback(self._doorbell.stop)
        self._start_jobs()
        self._stops.callback(self._stop_jobs)
        self._where = self._start_receiver(sockets)
        address.write(self._settings.data_dir, self._where)
        self._stops.callback(address.remove, self._settings.data_dir)
        recovery = self._recovery = StoreRecovery(
            lambda: self.database,
            self.health,
            self._commits,
            replace=self._replace_store,
            notify=self._notify,
            restored=self._restored,
        )
        recovery.start()
        self._stops.callback(recovery.stop)
        return self._where.url

    def _open_store(self, *, is_damaged: bool) -> None:
        folder = self._settings.data_dir
        try:
            self._lock.acquire(self._is_stopping)
            self._stops.callback(self._lock.release)
            opened = begin_anew(folder / paths.DATABASE) if is_damaged else self._open(folder)
        except DatabaseTooNew as error:
            raise CannotStart("database-too-new", str(error)) from error
        except UpgradeGivenUp as error:
            raise CannotStart("stopped", str(error)) from error
        except DatabaseUnusable as error:
            raise CannotStart("data-dir-unusable", str(error)) from error
        except OSError as error:
            message = f"The data folder {folder} cannot be used: {error}. Choose another with --data-dir."
            raise CannotStart("data-dir-unusable", message) from error
        self.database, self.notice = opened.database, opened.notice
        self.database.hold()
        self._stops.callback(self._close_store)

    def _open(self, folder: Path) -> Opened:
        reports = UpgradeReports(self._upgrading)
        return open_for_engine(folder, upgrading=reports.progressed, is_given_up=self._is_stopping)

    def _close_store(self) -> None:
        if self._recovery is not None:
            self.health.examine()
            if self.health.trouble is not None and self.health.trouble.kind is TroubleKind.GONE:
                # Once a removed file is closed, the reports acknowledged into it are lost.
                self._recovery.rescue()
        self.database.close()

    def _replace_store(self, renew: Callable[[], Opened]) -> None:
        """Go on with the store that `renew` opens. Raises `StoreError`: then there is none."""
        self._commits.let_go()
        self._stop_jobs()
        self.database.close()
        self._renew_lock()
        opened = renew()
        self.database = opened.database
        self.database.hold()
        self.health.begin()
        self._doorbell.begin_anew()
        self._start_jobs()
        self._commits.use(self.database)
        self.faults.follow()
        address.write(self._settings.data_dir, self._where)
        self._replaced()
        if opened.notice:
            self._notify(opened.notice)

    def _renew_lock(self) -> None:
        try:
            self._lock.renew()
        except OSError as error:
            folder = self._settings.data_dir
            raise DatabaseUnusable(f"The data folder {folder} cannot be used: {error}.") from error

    def _start_jobs(self) -> None:
        """Start what works in the background on the store that is open."""
        if self._settings.digest_inline:
            digest = engine.inline_digest.InlineDigest(self._settings, self.database, self._doorbell.ring)
            self._stops.callback(digest.close)
            self._inline_digest = digest
            return
        jobs = Jobs(
            self._settings,
            self.database,
            self._doorbell.ring,
            retry_refused=self._retry_refused,
            follow_pause=self.intake.follow,
            follow_faults=self.faults.follow,
            own_ports=self._own_ports,
            failed=self._job_failed,
        )
        jobs.start()
        self._jobs = jobs

    def _own_ports(self) -> tuple[int, ...]:
        """The ports that reports are taken at; nothing is passed on to those."""
        return address.ports(self._where) if self.has_started else ()

    def _retry_refused(self) -> None:
        # Jobs start before the receiver: requests marked while no engine ran are retried once it runs.
        if self._ingest is not None:
            RefusedRetry(self.database, self._ingest, self._commits).run()

    def _retry_what_was_marked(self) -> None:
        with self.database.reading() as connection:
            is_marked = refusals.next_requested(connection) is not None
        if is_marked and self._jobs is not None:
            self._jobs.run_now(RETRY_REFUSED)

    def _stop_jobs(self) -> None:
        jobs, self._jobs = self._jobs, None
        if jobs is not None:
            jobs.stop()

    def _job_failed(self, error: BaseException) -> None:
        # Jobs run before the recovery does, and may fail at once.
        if self._recovery is not None:
            self._recovery.failed(error)

    def _wake_digest(self) -> None:
        jobs = self._jobs
        if jobs is not None:
            jobs.wake()

    def _digest_now(self) -> int:
        return 0 if self._inline_digest is None else self._inline_digest.run()

    def _start_receiver(self, sockets: list[socket.socket]) -> EngineAddresses:
        settings = self._settings
        commits = GroupCommit(
            self.database, settings, on_arrival=self._wake_digest, health=self.health, intake=self.intake
        )
        # Before the first report: a pause outlasts a restart.
        self.intake.follow()
        self._stops.callback(self.intake.stop)
        self.faults.follow()
        self._stops.callback(self.faults.stop)
        commits.start()
        self._commits = commits
        self._stops.callback(commits.stop)
        inline = self._digest_now if settings.digest_inline else None
        receiver = Receiver(settings, commits, inline, sockets=sockets, faults=self.faults)
        port = receiver.start()
        self._stops.callback(receiver.stop)
        self._ingest = receiver.ingest
        self._retry_what_was_marked()
        return EngineAddresses(
            url=f"http://{settings.host}:{port}",
            spotlight=receiver.spotlight.url,
            no_spotlight=receiver.spotlight.why_not,
            smtp=receiver.smtp.url,
            no_smtp=receiver.smtp.why_not,
        )


def _close(sockets: list[socket.socket]) -> None:
    for each in sockets:
        each.close()
