"""Processes large reports in parallel to the line: reads them in a thread, and files them in slices.

A large report leaves the line at once, and the others go on, at half their speed or more while its thread
reads it; then its events are filed some hundred at a time, each slice in a transaction that also
records the progress, and between two slices the digest takes batches from the line.
"""

import logging
import re
import threading
from collections.abc import Callable
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from app.digest import understanding
from app.digest.before_digest import Understood
from app.digest.filing.filing import Outcome
from app.digest.tries import DIED, Failure, Tries, failure_of
from app.model import Report
from app.protocols.delivery import Delivery
from app.protocols.sketch import Outlined, delivered
from app.protocols.wire import encoding
from app.settings import KIB
from app.store.database import Connection, Database
from app.store.failures import is_environment_error
from app.store.queue import report_queue
from app.store.queue.report_queue import Large

log = logging.getLogger(__name__)

# A report of this size is understood within some hundredths of a second …
LARGE_BYTES = 256 * KIB
# … unless it is many events: lines, items of an envelope, objects of JSON, records of protobuf.
MANY_PARTS = 4_000
SLICE_EVENTS = 500
# Arecibo's clients say in a few bytes that something happened thousands of times.
_MANY_AT_ONCE = re.compile(rb'(?:(?:^|&)count=|"count"(?::|\s)\s*"?)\d{3}')
_COUNTING = frozenset(("arecibo.v1", "email"))
_WORTH_COUNTING = 16 * KIB


def is_large(report: Report) -> bool:
    """Whether the report is to be read in the slow lane. Cheap: decodes only as much as a small one has."""
    if len(report.body) > LARGE_BYTES:
        return True
    try:
        body = understanding.decoded_once(report, LARGE_BYTES)
    except encoding.TooLarge:
        return True
    except encoding.EncodingError:
        # Reading it in line records what is wrong with it.
        return False
    if report.protocol in _COUNTING and _MANY_AT_ONCE.search(body) is not None:
        return True
    if len(body) < _WORTH_COUNTING:
        return False
    return body.count(b"\n") + body.count(b"{") + body.count(b"\x12") > MANY_PARTS


class Slice(Struct, frozen=True):
    """Some of the events of a report; files, feedback and counts come with the first slice."""

    delivery: Delivery
    first: int
    is_last: bool

    @property
    def end(self) -> int:
        """How many events of the report are filed once this slice is."""
        return self.first + len(self.delivery.events)


def slice_of(whole: Delivery, first: int) -> Slice:
    """The slice of `whole` that begins with its `first`th event, counted from 0."""
    events = whole.events[first : first + SLICE_EVENTS]
    is_last = first + SLICE_EVENTS >= len(whole.events)
    if first == 0:
        return Slice(replace(whole, events=events), first, is_last)
    return Slice(Delivery(events=events, project=whole.project), first, is_last)


class Step(Enum):
    """The result of a step of the slow lane: it is empty, it goes on, a report is done."""

    IDLE = 0
    BUSY = 1
    FINISHED = 2


class SlowLane:
    """Reads the large reports of a store, one at a time.

    `understand` reads a report, in a thread; `consult` makes entries of a slice of its events, given the
    place of the first; `file` files them in the caller's transaction, or returns None and files nothing, if
    the entries must be made again; `announce` is called after the commit.
    """

    def __init__(
        self,
        database: Database,
        tries: Tries,
        *,
        understand: Callable[[Report], Outlined],
        consult: Callable[[Report, Delivery, int], Understood],
        file: Callable[[Connection, Understood], Outcome | None],
        announce: Callable[[Outcome], None],
    ) -> None:
        self._database = database
        self._tries = tries
        self._understand = understand
        self._consult = consult
        self._file = file
        self._announce = announce
        self._in_progress: _InProgress | None = None
        self._next: Large | None = None

    def look(self, connection: Connection) -> None:
        """Look for the report to begin with in the next step, unless one is in progress."""
        if self._in_progress is None:
            now, longest = self._tries.now(), self._tries.longest_pause()
            self._next = report_queue.claim_large(connection, now, longest)

    def step(self, seconds: float) -> Step:
        """File the next slice of the current report; until it is read, wait for at most `seconds`.

        Raises `StatementFailure` for an error of the environment; the next step resumes there.
        """
        in_progress = self._in_progress or self._begin()
        if in_progress is None:
            return Step.IDLE
        if not in_progress.reading.wait(seconds):
            return Step.BUSY
        try:
            is_over = self._file_slice(in_progress, slice_of(in_progress.reading.result(), in_progress.filed))
        except Exception as error:
            if is_environment_error(error):
                raise
            log.exception("Report %d could not be digested", in_progress.report.id)
            self._record_failure(in_progress, failure_of(error))
            is_over = True
        if is_over:
            self._in_progress = None
            understanding.forget()
        return Step.FINISHED if is_over else Step.BUSY

    def _begin(self) -> "_InProgress | None":
        large, self._next = self._next, None
        if large is None:
            return None
        report, attempts = large.report, large.attempts + 1
        with self._database.writing() as connection:
            if not report_queue.is_due(connection, report.id, large.attempts, large.filed):
                return None
            died = Failure(DIED, DIED)
            report_queue.set_back(connection, self._tries.setback(report, attempts, died, filed=large.filed))
        self._in_progress = _InProgress(report, attempts, large.filed, _Reading(self._understand, report))
        return self._in_progress

    def _file_slice(self, in_progress: "_InProgress", piece: Slice) -> bool:
        """File a slice; returns whether there is nothing more to do for this report."""
        report = in_progress.report
        understood = self._consult(report, piece.delivery, piece.first)
        entries = replace(understood.entries, is_first=piece.first == 0, is_last=piece.is_last)
        with self._database.writing() as connection:
            if not in_progress.is_current(connection):
                # A user has discarded it, or another digest has taken it.
                return True
            outcome = self._file(connection, replace(understood, entries=entries))
            if outcome is None:
                return False
            if piece.is_last:
                report_queue.settle(connection, [report.id])
            else:
                # This part did not end the process: reset the number of tries.
                ahead = self._tries.setback(report, 1, Failure(DIED, DIED), filed=piece.end)
                report_queue.set_back(connection, ahead)
        in_progress.attempts, in_progress.filed = 1, piece.end
        self._announce(outcome)
        return piece.is_last

    def _record_failure(self, in_progress: "_InProgress", failure: Failure) -> None:
        with self._database.writing() as connection:
            if in_progress.is_current(connection):
                again = self._tries.setback(
                    in_progress.report, in_progress.attempts, failure, filed=in_progress.filed
                )
                report_queue.set_back(connection, again)


class _Reading:
    """A report that is being read in a daemon thread, which ends with the process."""

    def __init__(self, understand: Callable[[Report], Outlined], report: Report) -> None:
        self._understand = understand
        self._report = report
        self._result: Delivery | Exception | None = None
        self._ended = threading.Event()
        threading.Thread(target=self._run, name="slow-lane", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Wait until it is read, for at most `seconds`; whether it is."""
        return self._ended.wait(seconds)

    def result(self) -> Delivery:
        """What was read. Raises what reading raised."""
        if isinstance(self._result, Delivery):
            return self._result
        raise self._result or RuntimeError("the report is still being read")

    def _run(self) -> None:
        try:
            self._result = delivered(self._understand(self._report))
        except Exception as error:  # noqa: BLE001 - raised again by `result`
            self._result = error
        finally:
            self._ended.set()


class _InProgress(Struct):
    """The report that is being read and filed, with the tries and progress of its row in the store."""

    report: Report
    attempts: int
    filed: int
    reading: _Reading

    def is_current(self, connection: Connection) -> bool:
        """Whether it has not been tried, filed or discarded by others."""
        return report_queue.is_due(connection, self.report.id, self.attempts, self.filed)
