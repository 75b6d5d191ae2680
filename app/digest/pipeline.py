"""The digest: takes reports from the queue in order, and files their events.

A batch is understood outside any transaction, and filed in one: events, counters, tags, search index and the
cursor that says "done". So a crash repeats the whole batch or nothing of it; and if two digests work on one
batch, the second finds the cursor moved, and files nothing.

A report that raises is set aside with its traceback, tried again after 2, 8, 32 and 128 seconds, and is dead
after the last try. A try is recorded before it is made: a report that ends the whole process counts as tried,
too. An error of the environment (disk full, database locked or damaged) sets nothing aside: the batch waits
as it is.

A large report (`slow_lane`) leaves the line untried: it is read in parallel, and filed in slices between
batches.

A person's own code (`listeners`) is called before events are filed, and afterwards. It can change and drop
what is filed; it cannot make filing fail.
"""

import logging
import time
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from app.clock import now_micros
from app.digest import after_commit, before_digest, understanding
from app.digest.before_digest import Understood
from app.digest.filing.filing import Outcome
from app.digest.gathered import FiledKeys, Gathered
from app.digest.pace import Pace
from app.digest.reader import Reader
from app.digest.slow_lane import SlowLane, Step, is_large
from app.digest.trace_choice import TraceChoice
from app.digest.tries import DIED, Failure, Tries, failure_of
from app.listeners.listeners import Listeners
from app.model import Report
from app.settings import MIB, Settings
from app.store.database import Connection, Database
from app.store.engine_state import listener_failures
from app.store.failures import is_environment_error
from app.store.forwarding import forwarded_reports
from app.store.queue import report_queue
from app.store.upkeep.settle_counts import CountSettler

log = logging.getLogger(__name__)

BATCH_REPORTS = 500
BATCH_BYTES = 8 * MIB
# After this long the rest of a batch is left to the next one: the reports after it have waited enough.
BATCH_SECONDS = 0.5
# How long the digest waits for a large report to be read before it takes from the line again.
POLL_SECONDS = 0.05
# After this long a run ends as soon as nothing waits, so that the other jobs of its process have their turn.
RUN_SECONDS = 1.0
DUE_AT_ONCE = 50
# When the oldest has waited for so long (microseconds) and more than a batch waits, spans are only counted.
HURRIED_AFTER = 5_000_000
REGROUPED = "The grouping rules changed while this report was read: it is read again."


class _Turn(Struct, frozen=True):
    """What a turn has done: how many reports, and whether no claimed one is left.

    `is_quiet`: nothing has arrived for as long as the digest gathers.
    """

    done: int = 0
    is_all_done: bool = True
    is_quiet: bool = False


class Digest:
    """Digests one store.

    `committed` is called after each commit that changed an issue, with its revision. `is_stopping` is called
    between two batches, `clock` returns microseconds since 1970, `understand` turns a report into events in
    outline, and `listeners` are a person's own. A digest that `gathers` files what trickles in ten times a
    second, and a run of it ends when nothing has arrived for so long.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        *,
        committed: Callable[[int], None] = lambda _revision: None,
        is_stopping: Callable[[], bool] = lambda: False,
        clock: Callable[[], int] = now_micros,
        understand: understanding.Understand = understanding.sketch,
        listeners: Listeners | None = None,
        gathers: bool = False,
    ) -> None:
        self._database = database
        self._settings = settings
        self._committed = committed
        self._is_stopping = is_stopping
        self._clock = clock
        self._listeners = listeners or Listeners(None)
        self._traces = TraceChoice(database.file.parent)
        self._reader = Reader(self._listeners, understand, settings.max_decoded_bytes, self._traces)
        self._rules = self._reader.rules
        self._tries = Tries(settings, clock)
        self._pace = Pace(gathers=gathers, clock=clock)
        self._filed_keys = FiledKeys()
        # What is claimed and understood, and not filed yet.
        self._gathered: Gathered | None = None
        self._settler = CountSettler(database)
        self._is_settling = False
        self._slow_lane = SlowLane(
            database,
            self._tries,
            understand=self._reader.understand,
            consult=self._reader.consult,
            file=self._file,
            announce=self._announce,
        )

    def run(self) -> int:
        """Digest until nothing waits and nothing is due; returns how many reports were taken.

        What arrives after a second may be left to the next run. Raises `StatementFailure` for an error of the
        environment; nothing is lost by that.
        """
        self._listeners.refresh()
        taken = self._retry_due()
        self._gathered = None
        until = time.monotonic() + RUN_SECONDS
        while not self._is_stopping():
            turn = self._gather_and_file()
            step = self._slow_lane.step(POLL_SECONDS if turn.is_quiet else 0.0)
            taken += turn.done + (step is Step.FINISHED)
            is_settling = self._settle()
            is_idle = turn.is_quiet and not is_settling
            if turn.is_all_done and step is Step.IDLE and (is_idle or time.monotonic() >= until):
                break
            _sleep(self._pace.after_batch())
            self._listeners.refresh()
        self._record_failures()
        return taken

    def isolate(self) -> None:
        """Take the next batch out of the line, and try each of its reports on its own.

        Called after a report in it ended the whole process.
        """
        self._listeners.refresh()
        with self._database.reading() as connection:
            self._rules.refresh(connection)
            claim = self._claim(connection)
        self._isolate(claim, Failure(DIED, DIED))

    def _gather_and_file(self) -> _Turn:
        """Claim what has arrived once it is time to, and file what is gathered once it is time to."""
        _sleep(self._pace.before_claim())
        gathered = self._gathered = self._gather()
        if gathered is None:
            return _Turn(is_quiet=self._pace.is_time_to_file())
        if not self._pace.is_time_to_file(is_news=gathered.is_news):
            return _Turn(is_all_done=False)
        self._gathered = None
        done = self._file_batch(gathered)
        is_all_done = done == len(gathered.claim.reports) and not self._pace.is_more_waiting
        return _Turn(done, is_all_done=is_all_done)

    def _gather(self) -> Gathered | None:
        """What is gathered and what has arrived since then, understood; None when nothing is to be filed."""
        gathered = self._gathered
        with self._database.reading() as connection:
            is_same = not self._rules.refresh(connection)
            self._slow_lane.look(connection)
            self._is_settling = self._settler.has_work(connection)
            if gathered is not None and not (is_same and report_queue.is_current(connection, gathered.claim)):
                # Others have digested it, or it was understood by other rules: begin again.
                gathered = None
            claim = self._claim(connection, 0 if gathered is None else gathered.claim.through)
        self._pace.claimed(claim)
        if not claim.reports:
            return gathered
        more = self._understand_all(claim)
        return more if gathered is None else gathered.followed_by(more)

    def _settle(self) -> bool:
        """Settle some counts; False when there is nothing to settle."""
        # Two steps settle more than a batch has brought.
        return self._is_settling and self._settler.step() and self._settler.step()

    def _understand_all(self, claim: report_queue.Claim) -> Gathered:
        """Understand the claimed reports, or as many as `BATCH_SECONDS` allows."""
        waited = self._clock() - claim.reports[0].received_at
        # Of what waits, errors go first: a flood of transactions would keep them waiting.
        self._reader.is_hurried = self._pace.is_more_waiting and waited > HURRIED_AFTER
        understood: list[Understood] = []
        left: list[report_queue.ReportSetback] = []
        large = 0
        until = time.monotonic() + BATCH_SECONDS
        for number, report in enumerate(claim.reports, 1):
            if is_large(report):
                left.append(self._tries.set_aside(report))
                large += 1
            else:
                result = self._reader.read(report)
                if isinstance(result, Failure):
                    left.append(self._tries.setback(report, 1, result))
                else:
                    understood.append(result)
            if time.monotonic() >= until and number < len(claim.reports):
                claim = replace(claim, reports=claim.reports[:number], through=report.id)
                self._pace.is_more_waiting = True
                break
        return Gathered(claim, understood, left, large, self._filed_keys.is_news(understood))

    def _file_batch(self, gathered: Gathered) -> int:
        """File a batch; returns how many reports are done: none if they must be claimed again.

        Large ones leave the line with it, and are counted when they are done.
        """
        claim = gathered.claim
        try:
            with self._database.writing() as connection:
                if not (report_queue.is_current(connection, claim) and self._rules.are_current(connection)):
                    # A change of rules regroups only filed events, so this batch is understood again.
                    return 0
                outcome = self._file_all(connection, gathered.understood)
                for setback in gathered.left:
                    report_queue.set_back(connection, setback)
                self._leave_the_line(connection, claim, gathered.understood)
        except Exception as error:
            if is_environment_error(error):
                raise
            log.exception("A batch could not be filed; its reports are tried one by one")
            self._isolate(claim, failure_of(error))
        else:
            self._filed_keys.filed(gathered.understood)
            self._announce(outcome)
        self._pace.filed()
        return len(claim.reports) - gathered.large

    def _isolate(self, claim: report_queue.Claim, failure: Failure) -> None:
        with self._database.writing() as connection:
            if not report_queue.is_current(connection, claim):
                return
            for report in claim.reports:
                self._record_try(connection, report, 0, failure)
            self._leave_the_line(connection, claim)
        self._retry_due()

    def _leave_the_line(
        self, connection: Connection, claim: report_queue.Claim, understood: Sequence[Understood] = ()
    ) -> None:
        """Move the cursor, and queue what is to be passed on: each report comes by here once."""
        entries = (each.entries for each in understood)
        named = {each.report.id: each.project for each in entries if not each.report.project}
        forwarded_reports.add(connection, claim.reports, self._clock(), named)
        report_queue.advance(connection, claim.through)

    def _retry_due(self) -> int:
        taken = 0
        while True:
            with self._database.reading() as connection:
                longest = self._tries.longest_pause()
                due = report_queue.claim_due(connection, self._clock(), longest, limit=DUE_AT_ONCE)
            if not due:
                return taken
            for report, attempts in due:
                self._retry(report, attempts + 1)
            taken += len(due)

    def _retry(self, report: Report, attempt: int) -> None:
        large = is_large(report)
        with self._database.writing() as connection:
            if not report_queue.is_due(connection, report.id, attempt - 1):
                return
            if large:
                report_queue.set_back(connection, self._tries.set_aside(report))
                return
            self._rules.refresh(connection)
            self._record_try(connection, report, attempt, Failure(DIED, DIED))
        self._reader.is_hurried = False
        result = self._reader.read(report)
        if isinstance(result, Understood):
            try:
                with self._database.writing() as connection:
                    if not self._rules.are_current(connection):
                        self._record_try(connection, report, attempt - 1, Failure(REGROUPED, REGROUPED))
                        return
                    report_queue.settle(connection, [report.id])
                    outcome = self._file_all(connection, [result])
            except Exception as error:
                if is_environment_error(error):
                    raise
                result = failure_of(error)
            else:
                self._announce(outcome)
                return
        with self._database.writing() as connection:
            self._record_try(connection, report, attempt, result)

    def _record_try(self, connection: Connection, report: Report, attempts: int, failure: Failure) -> None:
        report_queue.set_back(connection, self._tries.setback(report, attempts, failure))

    def _file(self, connection: Connection, understood: Understood) -> Outcome | None:
        """File a slice, unless the rules have changed since it was grouped."""
        if not self._rules.are_current(connection):
            self._rules.refresh(connection)
            return None
        return self._file_all(connection, [understood])

    def _file_all(self, connection: Connection, batch: Sequence[Understood]) -> Outcome:
        return before_digest.file(connection, batch, self._clock(), self._traces.bounds)

    def _claim(self, connection: Connection, after: int = 0) -> report_queue.Claim:
        return report_queue.claim(connection, after=after, limit=BATCH_REPORTS, max_bytes=BATCH_BYTES)

    def _announce(self, outcome: Outcome) -> None:
        if outcome.revision is not None:
            self._committed(outcome.revision)
        after_commit.send_signals(self._database, self._listeners, outcome, self._settings.max_decoded_bytes)
        self._record_failures()

    def _record_failures(self) -> None:
        if raised := self._listeners.failures.take():
            with self._database.writing() as connection:
                listener_failures.record(connection, raised)


def _sleep(seconds: float) -> None:
    # Sleeping for no time lets others run, which takes up to a millisecond on a busy machine.
    if seconds > 0:
        time.sleep(seconds)
