"""Makes reports durable: one thread writes all that wait in one transaction, with a single fsync.

An answer goes out only after the commit that holds its report. While a batch is being written the next one
collects, so that batches grow with the load: some 30 reports at 64 connections.

Measured (6.8 kB a report, two cores): one statement for the whole batch wrote 16,200 reports a second where
`executemany` wrote 11,600, because after each row it waits for the interpreter again. A second thread that
only syncs, or a shorter switch interval, gained nothing. The remaining cost is the writing itself: 26 µs a
report.
"""

import asyncio
import itertools
import logging
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue

from app.receiver.backlog import Backlog
from app.receiver.intake import Intake
from app.receiver.limits import RETRY_SECONDS
from app.receiver.refusal_writer import RefusalWriter
from app.receiver.refused import Refused
from app.scrub.receipt import ReceiptScrubber
from app.scrub.unsearchable import Unsearchable
from app.settings import Settings
from app.store import failures
from app.store.database import Connection, Database
from app.store.failures import StatementFailure, StoreFailure
from app.store.queue import refusals, report_queue
from app.store.upkeep.health import StoreGone, StoreHealth

log = logging.getLogger(__name__)

# received_at, protocol, project, event_id, remote, head, body: a row of `reports` without its number.
NewReport = tuple[int, str, str, str, str, bytes, bytes]
# Writes additional rows in the transaction that carries reports over.
Besides = Callable[[Connection], None]
# Called once the report is on disk, or with the reason why it is not.
Answer = Callable[[Refused | None], None]
Waiting = tuple[NewReport, Answer]

MAX_BATCH = 256
CURSOR_SECONDS = 0.25
# How long a batch waits for another writer. SQLite itself would sleep longer and longer between two tries of
# the lock; a short busy timeout and repeated tries keep the pauses short.
PATIENCE_SECONDS = 10.0
LOCK_POLL_SECONDS = 0.003
# A retry that waits for the lock delays reports that clients wait for: it gives up soon and is repeated.
RETRY_PATIENCE_SECONDS = 0.5
ALIVE_SECONDS = 0.5


class Stopped(Exception):
    """The writer has ended; the next one repeats the work that it did not finish."""


class GroupCommit:
    """Owns the thread that writes reports and refusals.

    `on_arrival` is called on that thread after each commit; it must return at once. `health` decides
    whether the store may be written, `intake` whether reports are taken at all.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        *,
        on_arrival: Callable[[], None] = lambda: None,
        health: StoreHealth | None = None,
        intake: Intake | None = None,
    ) -> None:
        self._refusals = RefusalWriter(database, settings)
        self._receipt = ReceiptScrubber(settings.data_dir)
        self._backlog = Backlog(settings)
        self.health = health or StoreHealth(database.file)
        self.intake = intake or Intake(settings.data_dir)
        # None while there is no store: all reports are refused.
        self._database: Database | None = database
        self._has_let_go = threading.Event()
        self._carried: deque[tuple[Sequence[NewReport], Besides, Future[None]]] = deque()
        self._on_arrival = on_arrival
        self._loop: asyncio.AbstractEventLoop
        self._last_number = 0
        self._waiting: deque[Waiting] = deque()
        self._impatient = _impatient(database)
        self._retries: deque[tuple[int, NewReport, Future[bool]]] = deque()
        self._wake: SimpleQueue[None] = SimpleQueue()
        self._is_awake = False
        self._is_stopping = False
        self._cursor_read = 0.0
        self._thread = threading.Thread(target=self._run, name="group-commit", daemon=True)

    def start(self) -> None:
        """Start the thread. Raises `StatementFailure` when the store can't be read."""
        assert self._database is not None
        self.health.begin()
        self._backlog.found(*self._take_stock(self._database))
        self._thread.start()

    def let_go(self) -> None:
        """Close this thread's connections to the store. Until `use`, all reports are refused."""
        self._has_let_go.clear()
        self._database = None
        self._wake.put(None)
        self._has_let_go.wait()

    def use(self, database: Database) -> None:
        """Write into another store from now on. Raises `StatementFailure` when it can't be read."""
        found = self._take_stock(database)
        self._backlog.digested(sys.maxsize)
        self._backlog.carried(*found)
        self._refusals.use(database)
        self._impatient = _impatient(database)
        self._database = database
        self._wake.put(None)

    def carry_over(self, reports: Sequence[NewReport], besides: Besides) -> "Future[None]":
        """Write `reports` that were acknowledged earlier, and call `besides`, in one transaction."""
        carried: Future[None] = Future()
        self._carried.append((reports, besides, carried))
        self._wake.put(None)
        return carried

    def _take_stock(self, database: Database) -> tuple[int, int, int]:
        """The number of the last report in the store, and how many reports and bytes wait there."""
        with database.reading() as connection:
            self._last_number = report_queue.last_number(connection)
            return self._last_number, *report_queue.waiting(connection)

    def stop(self) -> None:
        """Write what still waits, and end."""
        self._is_stopping = True
        self._wake.put(None)
        self._thread.join()

    @property
    def trouble(self) -> str | None:
        """A sentence about what is wrong with the store now; None when nothing is."""
        self.health.examine()
        trouble = self.health.trouble
        return None if trouble is None else f"{trouble.message}."

    def answer_on(self, loop: asyncio.AbstractEventLoop) -> None:
        """Call answers on `loop` from now on."""
        self._loop = loop

    def submit(self, report: NewReport, answer: Answer) -> None:
        """Have `report` written and `answer` called, on the loop, once it is on disk or can't be.

        Called on the loop's thread. Raises `Refused` (503) when too much waits, or intake is paused.
        """
        self.intake.demand_open()
        try:
            self._backlog.admit(len(report[-1]))
        except Refused:
            # Wake the thread to read the digest's progress: perhaps nothing else will wake it.
            self._wake_up()
            raise
        self._waiting.append((report, answer))
        self._wake_up()

    def note_refusal(
        self, refused: Refused, remote: str, head: bytes, body: bytes, body_size: int | None = None
    ) -> None:
        """Store that a request was refused; called on the receiver's thread.

        `body_size` is the full length of the body, if `body` is only its beginning.
        """
        if not refused.is_stored:
            return
        reason = refused.reason
        if self._receipt.is_on:
            # What was refused may be anything: nobody has looked for secrets in its body.
            body_size = max(len(body), body_size or 0)
            reason, head = self._receipt.refusal(reason, head)
            body = b""
        self._refusals.note(refused.status, reason, remote, head, body, body_size)
        self._wake_up()

    def retry_refused(self, refusal_id: int, report: NewReport) -> bool:
        """Replace a refused request by `report`, in one transaction; False when that has been done before.

        Waits for the commit, on any thread but the loop's and the writer's. Raises `StoreFailure`, and
        `Stopped` when the writer ends before it gets to it.
        """
        done: Future[bool] = Future()
        self._retries.append((refusal_id, report, done))
        # Unlike `_wake_up` this is safe on any thread; one wake too many does no harm.
        self._wake.put(None)
        while True:
            try:
                return done.result(timeout=ALIVE_SECONDS)
            except TimeoutError:
                if not self._thread.is_alive():
                    raise Stopped from None

    def _wake_up(self) -> None:
        if not self._is_awake:
            self._is_awake = True
            self._wake.put(None)

    def _run(self) -> None:
        while True:
            database = self._database
            if database is None:
                self._refuse_all()
                self._has_let_go.set()
            else:
                self._write_into(database)
            if self._is_stopping and not self._waiting:
                return
            if database is None:
                self._sleep(None)

    def _write_into(self, database: Database) -> None:
        with database.maintaining(busy_seconds=LOCK_POLL_SECONDS) as connection:
            try:
                self._write_until_stopped(connection, database)
            finally:
                self._refusals.close(write=self._is_stopping)
                self._impatient.close()

    def _write_until_stopped(self, connection: Connection, database: Database) -> None:
        waiting = self._waiting
        while self._database is database:
            batch = [waiting.popleft() for _number in range(min(len(waiting), MAX_BATCH))]
            if batch:
                self._commit(connection, batch)
            if self._retries:
                self._commit_retry()
            self._note_progress(connection)
            if self._carried:
                self._carry(database, *self._carried.popleft())
            due = self._refusals.seconds_until_due()
            if due == 0:
                self._refusals.write()
            if not waiting and not self._carried:
                if self._is_stopping:
                    return
                # It ends empty when refusals are due.
                self._sleep(self._refusals.seconds_until_due())

    def _refuse_all(self) -> None:
        """Refuse all that wait: there is no store."""
        reason = self.health.refuses or "The error store is being replaced"
        while self._waiting:
            batch = [self._waiting.popleft() for _number in range(len(self._waiting))]
            self._refuse_batch(batch, sum(len(report[-1]) for report, _answer in batch), reason)
        while self._carried:
            self._carried.popleft()[-1].cancel()
        while self._retries:
            self._retries.popleft()[-1].set_exception(Stopped())

    def _sleep(self, seconds: float | None) -> None:
        self._is_awake = False
        # A report that came before the line above found the thread awake and did not wake it.
        if not self._waiting and not self._retries and not self._is_stopping:
            with suppress(Empty):
                self._wake.get(timeout=seconds)
        self._is_awake = True

    def _commit(self, connection: Connection, batch: Sequence[Waiting]) -> None:
        size = sum(len(report[-1]) for report, _answer in batch)
        if reason := self.health.refuses:
            self._refuse_batch(batch, size, reason)
            return
        if self._receipt.is_on:
            self._commit_scrubbed(connection, batch)
        else:
            self._write(connection, batch, size)

    def _commit_scrubbed(self, connection: Connection, batch: Sequence[Waiting]) -> None:
        """Write the reports without their secrets; refuse those in which secrets cannot be looked for."""
        scrubbed: list[Waiting] = []
        size = 0
        for report, answer in batch:
            received = len(report[-1])
            try:
                scrubbed.append((self._receipt.scrub(report), answer))
            except Unsearchable as error:
                self._backlog.failed(1, received)
                self._send_answers([(report, answer)], Refused(415, str(error)))
            except Exception:
                # A bug of ours must neither write a secret nor leave a client without an answer.
                log.exception("A report could not be scrubbed; this is a bug in Arecibo")
                self._backlog.failed(1, received)
                refused = Refused(
                    500, "Arecibo failed to scrub this report. The bug is ours, and in its log."
                )
                self._send_answers([(report, answer)], refused)
            else:
                size += received
        if scrubbed:
            self._write(connection, scrubbed, size)

    def _write(self, connection: Connection, batch: Sequence[Waiting], size: int) -> None:
        numbers = itertools.count(self._last_number + 1)
        rows = [(next(numbers), *report) for report, _answer in batch]
        try:
            self._append(connection, rows)
        except Exception as error:  # noqa: BLE001 - whatever it is, the clients must be answered
            if len(batch) == 1 or failures.is_environment_error(error):
                self._fail(batch, size, error)
            else:
                # One report is the cause: the others are written without it.
                for one in batch:
                    self._write(connection, [one], len(one[0][-1]))
            return
        self._last_number += len(batch)
        self._backlog.written(self._last_number, len(batch), size)
        try:
            self.health.demand_in_place()
        except StoreGone as error:
            # Their file is no longer at its path: no client may be answered that they are stored.
            self.health.examine()
            self._send_answers(batch, Refused(503, f"{error}.", retry_after=RETRY_SECONDS))
            return
        self.health.worked()
        self._send_answers(batch, None)
        self._on_arrival()

    def _commit_retry(self) -> None:
        """Turn one refused request into a report: insert that and remove the refusal in one transaction."""
        refusal_id, report, done = self._retries.popleft()
        if self.health.refuses:
            # The request stays marked for a retry.
            done.set_exception(Stopped())
            return
        number = self._last_number + 1
        try:
            with self._impatient.writing() as connection:
                is_there = refusals.remove(connection, refusal_id)
                if is_there:
                    report_queue.append(connection, [(number, *report)])
        except Exception as error:  # noqa: BLE001 - the caller that waits gets it
            done.set_exception(error)
            return
        if is_there:
            self._last_number = number
            # Counted without a size: the backlog's limits are for what clients send now.
            self._backlog.written(number, 0, 0)
            self._on_arrival()
        done.set_result(is_there)

    def _carry(
        self,
        database: Database,
        reports: Sequence[NewReport],
        besides: Besides,
        carried: "Future[None]",
    ) -> None:
        numbers = itertools.count(self._last_number + 1)
        rows = [(next(numbers), *report) for report in reports]
        if reason := self.health.refuses:
            carried.set_exception(StoreGone(reason))
            return
        try:
            with database.writing() as connection:
                if rows:
                    report_queue.append(connection, rows)
                besides(connection)
        except StoreFailure as error:
            carried.set_exception(error)
            return
        self._last_number += len(rows)
        self._backlog.carried(self._last_number, len(rows), sum(len(row[-1]) for row in rows))
        carried.set_result(None)
        self._on_arrival()

    def _append(self, connection: Connection, rows: Sequence[report_queue.NewRow]) -> None:
        give_up = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                report_queue.append(connection, rows)
            except StatementFailure as error:
                if not failures.is_locked(error) or time.monotonic() > give_up:
                    raise
            else:
                return

    def _fail(self, batch: Sequence[Waiting], size: int, error: Exception) -> None:
        self._backlog.failed(len(batch), size)
        why = failures.explain(error)
        reason = f"{why}: the report could not be stored."
        log.error("%d reports were refused. %s", len(batch), reason)
        self.health.failed(why)
        self._send_answers(batch, Refused(503, reason, retry_after=RETRY_SECONDS))

    def _refuse_batch(self, batch: Sequence[Waiting], size: int, reason: str) -> None:
        self._backlog.failed(len(batch), size)
        self._send_answers(batch, Refused(503, f"{reason}.", retry_after=RETRY_SECONDS))

    def _note_progress(self, connection: Connection) -> None:
        now = time.monotonic()
        if now - self._cursor_read >= CURSOR_SECONDS:
            self._cursor_read = now
            try:
                self._backlog.digested(report_queue.cursor(connection))
            except StoreFailure as error:
                log.warning("How far the digest has come is not known now. %s", failures.explain(error))

    def _send_answers(self, batch: Sequence[Waiting], failure: Refused | None) -> None:
        try:
            # Wake the loop once for all of them.
            self._loop.call_soon_threadsafe(_answer, batch, failure)
        except RuntimeError:
            # The loop is closed, and its connections with it.
            log.info("%d reports were written for clients that did not wait", len(batch))


def _impatient(database: Database) -> Database:
    return Database(database.file, busy_seconds=RETRY_PATIENCE_SECONDS, must_exist=True)


def _answer(batch: Sequence[Waiting], failure: Refused | None) -> None:
    for _report, answer in batch:
        answer(failure)
