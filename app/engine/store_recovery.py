"""What the engine does when its store is taken away or found damaged, while it runs.

*Taken away* (deleted, replaced, moved): no report is acknowledged any more. When the same file comes back,
work goes on; a fresh store is begun only on a user's request. A process that has the lost file open can still
read it, so its content is copied out first.

*Damaged*: as at the start, the store is set aside at once and a fresh one begun, since the newest error
matters more than the oldest. After a single database error the store is checked first; until then no report
is acknowledged.

Either way the reports that waited in the old store are carried over into the new one (`store.salvage`).
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import suppress
from pathlib import Path

from app import private_files
from app.clock import now_micros
from app.receiver.group_commit import GroupCommit
from app.store import failures, set_aside, sqlite_copy
from app.store.database import CHECKED_UP_TO_BYTES, Database, Opened, begin_anew, open_for_engine
from app.store.errors import StoreError
from app.store.failures import DriverFailure, StoreFailure
from app.store.sqlite_copy import GivenUp
from app.store.upkeep import backup, integrity, salvage
from app.store.upkeep.backup import BackupFailed
from app.store.upkeep.health import StoreGone, StoreHealth, TroubleKind

log = logging.getLogger(__name__)

POLL_SECONDS = 0.5
# The pause before setting a store aside is tried again (the folder may be read-only).
AGAIN_SECONDS = 10.0
# The check of a suspected store is short, since no report is acknowledged meanwhile; any other may be long.
CHECK_SECONDS = 5.0
LARGE_CHECK_SECONDS = 300.0
# A store that is found damaged again so soon after a check is damaged, whatever the check says.
TRUSTED_SECONDS = 600.0
CHECKING = "The error store may be damaged and is being checked; until that is done no error is taken"


class StoreRecovery:
    """Owns a thread that examines the engine's store.

    `replace` stops what works on the store, closes it, calls what it is given, and goes on with the store
    that this returns. `notify` is called with sentences for a person, `restored` with a
    backup and the store that it replaced, or with why it did not.
    """

    def __init__(
        self,
        database: Callable[[], Database],
        health: StoreHealth,
        commits: GroupCommit,
        *,
        replace: Callable[[Callable[[], Opened]], None],
        notify: Callable[[str], None],
        restored: Callable[[str, str, str], None] = lambda _source, _aside, _problem: None,
    ) -> None:
        self._database = database
        self._health = health
        self._commits = commits
        self._replace = replace
        self._notify = notify
        self._restored = restored
        self._backup: Path | None = None
        self._wake = threading.Event()
        self._is_stopping = False
        self._wants_new = False
        self._suspicion: str | None = None
        self._is_index_damaged = False
        self._index_rebuilt_at = float("-inf")
        self._cleared_at = float("-inf")
        self._retry_at = 0.0
        self._thread = threading.Thread(target=self._run, name="store-recovery", daemon=True)
        self._salvaging: threading.Thread | None = None

    def start(self) -> None:
        """Start the thread; another one carries over what waits in stores that were set aside."""
        failures.damage_observers.append(self._observe)
        if self._health.file.stat().st_size > CHECKED_UP_TO_BYTES:
            threading.Thread(target=self._check_large, name="store-check", daemon=True).start()
        self._thread.start()
        self._salvage()

    def stop(self) -> None:
        """End the thread."""
        self._is_stopping = True
        self._wake.set()
        with suppress(ValueError):
            failures.damage_observers.remove(self._observe)
        self._thread.join()
        if self._salvaging is not None:
            self._salvaging.join()

    def examine(self) -> None:
        """Examine the store now; returns at once."""
        self._retry_at = 0.0
        self._wake.set()

    def failed(self, error: BaseException) -> None:
        """Check whether `error`, perhaps of another process, means that the store is damaged."""
        if failures.is_search_index_damaged(error) and self._may_rebuild():
            self._is_index_damaged = True
            self._wake.set()
        elif failures.is_damaged(error):
            self.suspect(failures.explain(error))

    def suspect(self, why: str) -> None:
        """Check a store that may be damaged; until then no report is acknowledged."""
        if self._suspicion is None and self._health.refuses is None:
            self._suspicion = why
            self._health.damaged(CHECKING)
            self._wake.set()

    def begin_new(self) -> None:
        """Begin a fresh store where the old one was taken away, on a user's request; returns at once."""
        self._wants_new = True
        self._wake.set()

    def restore(self, file: Path) -> None:
        """Put a backup into the place of the store, on a user's request; returns at once."""
        self._backup = file
        self._wake.set()

    def rescue(self) -> Path | None:
        """Copy out a store that was taken away, while it can still be read; None when it cannot."""
        file = self._health.file
        try:
            private_files.make_folder(file.parent)
            copy = set_aside.name_for(file, "rescued")
            private_files.make(copy)
            self._database().copy_to(copy)
            set_aside.mark(copy)
        except (OSError, StoreFailure, DriverFailure) as error:
            log.error("What was in the error store cannot be copied out. %s", error)  # noqa: TRY400
            return None
        return copy

    def _observe(self, file: Path, error: BaseException) -> None:
        if file == self._health.file:
            self.failed(error)

    def _may_rebuild(self) -> bool:
        return time.monotonic() - self._index_rebuilt_at > TRUSTED_SECONDS

    def _run(self) -> None:
        while not self._is_stopping:
            self._wake.wait(POLL_SECONDS)
            self._wake.clear()
            try:
                self._examine()
            except Exception:
                # The thread goes on after any error.
                log.exception("The error store could not be looked after; this is a bug in Arecibo")

    def _examine(self) -> None:
        if self._is_stopping:
            return
        if self._backup is not None:
            file, self._backup = self._backup, None
            self._restore(file)
        self._health.examine()
        trouble = self._health.trouble
        if trouble is None or trouble.kind is TroubleKind.FAILING:
            self._wants_new = False
            if self._is_index_damaged:
                self._is_index_damaged = False
                self._rebuild_index()
        elif trouble.kind is TroubleKind.GONE:
            self._suspicion = None
            if self._wants_new:
                self._wants_new = False
                self._begin_new()
        elif self._suspicion is not None and time.monotonic() >= self._retry_at:
            self._confirm(self._suspicion)

    def _confirm(self, why: str) -> None:
        try:
            found = self._find_damage(CHECK_SECONDS)
        except integrity.CheckGivenUp:
            # Without a check, believe what SQLite reported first.
            found = why
        if self._is_stopping:
            return
        if found is None and time.monotonic() - self._cleared_at > TRUSTED_SECONDS:
            log.warning("The error store was said to be damaged (%s); a check found it in order.", why)
            self._cleared_at = time.monotonic()
            self._suspicion = None
            self._health.sound()
            return
        self._health.damaged(f"The error store is damaged ({found or why}) and is being set aside")
        try:
            self._replace(lambda: begin_anew(self._health.file, found or why))
        except StoreError as error:
            self._retry_at = time.monotonic() + AGAIN_SECONDS
            self._health.damaged("The error store is damaged and cannot be moved away")
            self._notify(str(error))
            return
        self._suspicion = None
        self._salvage()

    def _rebuild_index(self) -> None:
        self._index_rebuilt_at = time.monotonic()
        try:
            with self._database().writing() as connection:
                integrity.rebuild_search_index(connection)
        except StoreFailure as error:
            self.suspect(failures.explain(error))
        else:
            log.warning("The search index was damaged and has been built again.")

    def _begin_new(self) -> None:
        def renew() -> Opened:
            if rescued is None:
                notice = "What was in the error store that was taken away could not be read any more."
            else:
                notice = f"What was in the error store that was taken away has been copied to {rescued}."
            with suppress(FileNotFoundError):
                set_aside.set_aside(self._health.file, "replaced", carry_over=False)
            opened = open_for_engine(self._health.file.parent)
            return Opened(opened.database, f"{notice} A fresh one has begun.")

        rescued = self.rescue()
        try:
            self._replace(renew)
        except StoreError as error:
            log.error("No fresh error store can be begun. %s", error)  # noqa: TRY400
            self._notify(str(error))
            return
        self._salvage()

    def _restore(self, file: Path) -> None:
        """Put the backup into the store's place, which is set aside; what waits in that is carried over."""
        aside = Path()

        def renew() -> Opened:
            nonlocal aside
            store = self._health.file
            aside = set_aside.set_aside(store, backup.ASIDE)
            try:
                incoming.replace(store)
                return open_for_engine(store.parent)
            except BaseException:
                sqlite_copy.remove(store)
                set_aside.put_back(aside, store)
                raise

        incoming = set_aside.name_for(self._health.file, "incoming")
        try:
            backup.bring_in(file, incoming, lambda: self._is_stopping)
            self._replace(renew)
        except GivenUp:
            return
        except (BackupFailed, StoreError, OSError) as error:
            log.error("The backup %s was not restored. %s", file, error)  # noqa: TRY400
            self._restored(str(file), "", str(error))
            return
        self._restored(str(file), str(aside), "")
        self._salvage()

    def _find_damage(self, seconds: float) -> str | None:
        """What is wrong with the file; None when nothing is. Raises `integrity.CheckGivenUp`."""
        file = self._health.file
        give_up = time.monotonic() + seconds
        try:
            if file.stat().st_size == 0:
                return "the file was emptied"
            with self._database().maintaining() as connection:
                return integrity.find_damage(
                    connection, lambda: self._is_stopping or time.monotonic() > give_up
                )
        except OSError as error:
            return str(error)
        except StoreFailure as error:
            return failures.explain(error)

    def _check_large(self) -> None:
        try:
            if found := self._find_damage(LARGE_CHECK_SECONDS):
                self.suspect(found)
        except integrity.CheckGivenUp:
            log.info("The error store is too large to be checked whole in the time there is.")

    def _salvage(self) -> None:
        """Carry over what waits in stores that were set aside, on a thread of its own."""
        if set_aside.waiting(self._health.file) and not self._is_stopping:
            if self._salvaging is not None:
                self._salvaging.join()
            self._salvaging = threading.Thread(target=self._carry_all, name="salvage", daemon=True)
            self._salvaging.start()

    def _carry_all(self) -> None:
        for aside in set_aside.waiting(self._health.file):
            try:
                self._carry(aside)
            except (OSError, StoreGone, CancelledError, StoreFailure, DriverFailure) as error:
                # The next start resumes here.
                log.warning("What waits in %s cannot be carried over now. %s", aside, error)
                self._notify(f"What waits in {aside} cannot be carried over now: {error}.")

    def _carry(self, aside: Path) -> None:
        with self._database().reading() as connection:
            reached = salvage.progress(connection, aside.name)
        if not reached.has_ended:
            for batch in salvage.batches(aside, reached):
                if self._is_stopping:
                    return
                reached = batch.progress
                now = now_micros()
                self._commits.carry_over(
                    batch.rows,
                    lambda connection, reached=reached, now=now: salvage.note(  # type: ignore[misc]
                        connection, aside.name, reached, now
                    ),
                ).result()
        set_aside.forget(aside)
        if sentence := salvage.describe(aside.name, reached):
            log.warning("%s", sentence)
            self._notify(sentence)
