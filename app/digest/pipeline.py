"""The digest: takes reports out of the inbox in order, and files what they say.

A batch is understood outside any transaction, and filed in one: events, counters, tags, search index
and the cursor that says "done". So a crash repeats the batch or none of it, and two digests that ran
into each other would find the cursor moved and let go.

A report that raises is set aside with its traceback, tried again after 2, 8, 32 and 128 seconds, and is dead
after the last try. Its try is noted before it is made: a report that takes the whole process down
counts as tried, too. What is the world's fault (disk full, database locked or damaged) sets nothing aside:
the batch waits as it is.

A person's own code (`listeners`) has a say before events are filed, and is told afterwards. It can change and
drop what is filed; it cannot fail it.
"""

import logging
import time
import traceback
from collections.abc import Callable

from msgspec import Struct
from sqlalchemy import Connection

from app.digest import announcing, consulting, understanding
from app.digest.consulting import Understood
from app.digest.filing import Outcome
from app.digest.known_rules import KnownRules
from app.digest.listeners import Listeners
from app.digest.pace import Pace
from app.digest.repeats import Repeats
from app.model import Report
from app.settings import MIB, Settings
from app.store import inbox, listener_failures, sqlite
from app.store.database import Database

log = logging.getLogger(__name__)

BATCH_REPORTS = 500
BATCH_BYTES = 8 * MIB
DUE_AT_ONCE = 50
BACKOFF = 4
SECOND = 1_000_000
REGROUPED = "The grouping rules changed while this report was read: it is read again."
DIED = "The digest's process ended while it worked on this report."


class Failure(Struct, frozen=True):
    """Why a report could not be digested: one line, and the whole traceback."""

    error: str
    traceback: str


class Digest:
    """Digests one store.

    `committed` is called after each commit that changed an issue, with its revision. `is_stopping` is
    asked between two batches, `clock` gives microseconds since 1970, `understand` turns a report into
    events in outline, and `listeners` are a person's own.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        *,
        committed: Callable[[int], None] = lambda _revision: None,
        is_stopping: Callable[[], bool] = lambda: False,
        clock: Callable[[], int] = lambda: time.time_ns() // 1_000,
        understand: understanding.Understand = understanding.sketch,
        listeners: Listeners | None = None,
    ) -> None:
        self._database = database
        self._settings = settings
        self._committed = committed
        self._is_stopping = is_stopping
        self._clock = clock
        self._understand = understand
        self._listeners = listeners or Listeners(None)
        self._known_rules = KnownRules()
        self._repeats = Repeats()

    def run(self) -> int:
        """Digest until nothing waits and nothing is due; returns how many reports were taken.

        Raises `DBAPIError` when the world stands in the way; nothing is lost by that.
        """
        self._listeners.refresh()
        taken = self._retry_due()
        pace = Pace()
        while not self._is_stopping() and (claim := self._claim()).reports:
            self._digest(claim)
            taken += len(claim.reports)
            time.sleep(pace.pause(claim))
            self._listeners.refresh()
        self._keep_failures()
        return taken

    def isolate(self) -> None:
        """Make the next batch wait as single reports, each tried on its own.

        For when something in it took the whole process down.
        """
        self._listeners.refresh()
        self._isolate(self._claim(), Failure(DIED, DIED))

    def _digest(self, claim: inbox.Claim) -> None:
        understood: list[Understood] = []
        failed: list[tuple[Report, Failure]] = []
        for report in claim.reports:
            result = self._try_to_understand(report)
            if isinstance(result, Failure):
                failed.append((report, result))
            else:
                understood.append(result)
        self._file_batch(claim, understood, failed)

    def _file_batch(
        self, claim: inbox.Claim, understood: list[Understood], failed: list[tuple[Report, Failure]]
    ) -> None:
        try:
            with self._database.writing() as connection:
                if not (inbox.is_current(connection, claim) and self._known_rules.are_current(connection)):
                    # Whoever changed the rules has regrouped what was filed by then: it is read once more.
                    return
                outcome = consulting.file(connection, understood, self._clock())
                for report, failure in failed:
                    self._note_try(connection, report, 1, failure)
                inbox.advance(connection, claim.through)
        except Exception as error:
            if sqlite.is_the_world(error):
                raise
            log.exception("A batch could not be filed; its reports are tried one by one")
            self._isolate(claim, _failure(error))
        else:
            self._announce(outcome)

    def _isolate(self, claim: inbox.Claim, failure: Failure) -> None:
        with self._database.writing() as connection:
            if not inbox.is_current(connection, claim):
                return
            for report in claim.reports:
                self._note_try(connection, report, 0, failure)
            inbox.advance(connection, claim.through)
        self._retry_due()

    def _retry_due(self) -> int:
        taken = 0
        while True:
            with self._database.reading() as connection:
                due = inbox.claim_due(connection, self._clock(), limit=DUE_AT_ONCE)
            if not due:
                return taken
            for report, attempts in due:
                self._retry(report, attempts + 1)
            taken += len(due)

    def _retry(self, report: Report, attempt: int) -> None:
        with self._database.writing() as connection:
            if not inbox.is_due(connection, report.id, attempt - 1):
                return
            self._known_rules.refresh(connection)
            self._note_try(connection, report, attempt, Failure(DIED, DIED))
        result = self._try_to_understand(report)
        if isinstance(result, Understood):
            try:
                with self._database.writing() as connection:
                    if not self._known_rules.are_current(connection):
                        self._note_try(connection, report, attempt - 1, Failure(REGROUPED, REGROUPED))
                        return
                    inbox.settle(connection, [report.id])
                    outcome = consulting.file(connection, [result], self._clock())
            except Exception as error:
                if sqlite.is_the_world(error):
                    raise
                result = _failure(error)
            else:
                self._announce(outcome)
                return
        with self._database.writing() as connection:
            self._note_try(connection, report, attempt, result)

    def _try_to_understand(self, report: Report) -> Understood | Failure:
        understand = understanding.understand if self._listeners.change_events else self._understand
        try:
            outlined = understand(report, self._settings.max_decoded_bytes)
            rules = self._known_rules.rules
            return consulting.consult(self._listeners, self._repeats, report, outlined, rules)
        except Exception as error:
            if sqlite.is_the_world(error):
                raise
            log.exception("Report %d could not be digested", report.id)
            return _failure(error)

    def _note_try(self, connection: Connection, report: Report, attempts: int, failure: Failure) -> None:
        dead = attempts >= self._settings.retry_attempts
        wait = int(self._settings.retry_seconds * BACKOFF ** (attempts - 1) * SECOND) if attempts else 0
        inbox.set_back(
            connection,
            inbox.Setback(
                report_id=report.id,
                attempts=attempts,
                due_at=None if dead else self._clock() + wait,
                dead=dead,
                error=failure.error,
                traceback=failure.traceback,
            ),
        )

    def _claim(self) -> inbox.Claim:
        with self._database.reading() as connection:
            self._known_rules.refresh(connection)
            return inbox.claim(connection, limit=BATCH_REPORTS, max_bytes=BATCH_BYTES)

    def _announce(self, outcome: Outcome) -> None:
        if outcome.revision is not None:
            self._committed(outcome.revision)
        announcing.announce(self._database, self._listeners, outcome, self._settings.max_decoded_bytes)
        self._keep_failures()

    def _keep_failures(self) -> None:
        if raised := self._listeners.raised.take():
            with self._database.writing() as connection:
                listener_failures.record(connection, raised)


def _failure(error: Exception) -> Failure:
    lines = traceback.format_exception(error)
    return Failure(lines[-1].strip(), "".join(lines))
