"""Passes on what is due, one report at a time to each target, all targets in parallel.

An outcome is written once the target has answered. What had no answer when everything ended waits as before,
and is sent again: at least once, and twice only the one report of each target that was on its way. While a
target fails, all that waits for it pauses, longer each time; what it refuses for good is settled, with the
reason. A report whose own content makes the target fail has five tries, and then the next ones go on.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol

from msgspec import Struct

from app.forwarding.parcel import ForwardOutcome, ForwardParcel
from app.forwarding.rate_limits import EVERYTHING
from app.store.database import Connection, Database
from app.store.forwarding import forwarded_reports, forwards
from app.store.forwarding.forwarded_reports import FORWARDED, MOST_ATTEMPTS, ForwardState, WaitingReport
from app.store.forwarding.forwards import Forward
from app.store.revision import bump

log = logging.getLogger(__name__)

JOB = "forward-reports"
# How long a report waits that made the target fail, while the next ones are tried.
REPORT_PAUSE = 60_000_000


class ForwardCarrier(Protocol):
    """Sends a report to its target; as `notifications.courier.Courier`."""

    def forward(self, parcel: ForwardParcel) -> "Future[ForwardOutcome]":
        """Send it; the future has the outcome, or raises when the process has ended."""


class _OnItsWay(Struct, frozen=True):
    report: WaitingReport
    forward: Forward


class Forwarding:
    """Passes on from one store. `changed` is called with the revision of each change.

    `own_ports` returns the ports that this engine listens on; `clock` microseconds since 1970.
    """

    def __init__(
        self,
        database: Database,
        carrier: ForwardCarrier,
        *,
        changed: Callable[[int], None],
        clock: Callable[[], int],
        own_ports: Callable[[], tuple[int, ...]],
    ) -> None:
        self._database = database
        self._carrier = carrier
        self._changed = changed
        self._clock = clock
        self._own_ports = own_ports
        self._idle = threading.Condition()
        # The targets that are sent something now.
        self._busy: set[int] = set()
        self._stopping = False

    def run(self) -> None:
        """Begin to send what is due, and give up what is too old; waits for no target."""
        now = self._clock()
        with self._database.reading() as connection:
            is_old = forwarded_reports.has_expired(connection, now)
            due = forwarded_reports.due_targets(connection, now)
        if is_old:
            with self._database.writing() as connection:
                forwarded_reports.expire(connection, now)
                revision = bump(connection)
            self._changed(revision)
        for forward in due:
            with self._idle:
                if self._stopping or forward.id in self._busy:
                    continue
                self._busy.add(forward.id)
            self._send_next(forward.id)

    def stop(self, seconds: float) -> None:
        """Begin nothing more, and wait for the answers of what is on its way, `seconds` at most."""
        with self._idle:
            self._stopping = True
            self._idle.wait_for(lambda: not self._busy, seconds)

    def _send_next(self, forward_id: int) -> None:
        taken = None
        try:
            if not self._stopping:
                taken = self._take(forward_id)
        finally:
            if taken is None:
                self._free(forward_id)
        if taken is not None:
            self._begin(taken).add_done_callback(lambda done: self._answered(taken, done))

    def _take(self, forward_id: int) -> _OnItsWay | None:
        now = self._clock()
        with self._database.reading() as connection:
            due = {each.id: each for each in forwarded_reports.due_targets(connection, now)}
            report = forwarded_reports.next_for(connection, forward_id, now)
        if report is None or forward_id not in due:
            return None
        return _OnItsWay(report, due[forward_id])

    def _begin(self, taken: _OnItsWay) -> "Future[ForwardOutcome]":
        report = taken.report
        parcel = ForwardParcel(
            taken.forward.dsn,
            FORWARDED[report.protocol],
            report.head,
            report.body,
            taken.forward.limits,
            self._own_ports(),
            self._clock(),
        )
        try:
            return self._carrier.forward(parcel)
        except OSError as error:
            failed: Future[ForwardOutcome] = Future()
            failed.set_result(ForwardOutcome(f"What sends could not be started: {error.strerror}."))
            return failed

    def _answered(self, taken: _OnItsWay, done: "Future[ForwardOutcome]") -> None:
        goes_on = False
        try:
            outcome = _outcome(done)
            if outcome is not None:
                goes_on = self._settle(taken, outcome)
        except Exception:
            log.exception("How a report to %s was passed on could not be stored", taken.forward.where)
        if goes_on:
            self._send_next(taken.forward.id)
        else:
            self._free(taken.forward.id)

    def _settle(self, taken: _OnItsWay, outcome: ForwardOutcome) -> bool:
        """Store the outcome; returns whether the target is sent the next."""
        now = self._clock()
        with self._database.writing() as connection:
            # What has changed meanwhile is in the newest one: it was paused, or removed.
            forward = forwards.get(connection, taken.forward.id)
            if forward is None:
                return False
            goes_on = _record(connection, forward, taken.report, outcome, now)
            revision = bump(connection)
        self._changed(revision)
        return goes_on and forward.enabled

    def _free(self, forward_id: int) -> None:
        with self._idle:
            self._busy.discard(forward_id)
            self._idle.notify_all()


def _record(
    connection: Connection, forward: Forward, report: WaitingReport, outcome: ForwardOutcome, now: int
) -> bool:
    """Store what became of a report; returns whether the next one may be tried at once."""
    error = outcome.error
    if error is None:
        forwarded_reports.settle(connection, forward.id, report.id, ForwardState.SENT, None, now)
        forwards.record_sent(connection, forward.id, outcome.limits, now)
        return True
    if outcome.is_unwanted:
        forwarded_reports.settle(connection, forward.id, report.id, ForwardState.UNWANTED, error, now)
        return True
    is_spent = outcome.is_reports and report.attempts + 1 >= MOST_ATTEMPTS
    if outcome.is_final or is_spent:
        forwarded_reports.settle(connection, forward.id, report.id, ForwardState.FAILED, error, now)
        forwards.record_refused(connection, forward.id, error)
        return True
    if outcome.until is not None:
        forwarded_reports.try_again(connection, report.id, error, outcome.until, counts=False)
        forwards.record_limits(connection, forward.id, outcome.limits, error)
        return EVERYTHING not in outcome.limits
    due = now + REPORT_PAUSE if outcome.is_reports else now
    forwarded_reports.try_again(connection, report.id, error, due, counts=outcome.is_reports)
    until = outcome.limits.get(EVERYTHING, 0)
    forwards.record_failed(connection, forward, error, now, until)
    return False


def _outcome(done: "Future[ForwardOutcome]") -> ForwardOutcome | None:
    """The outcome; None when the process that sent it has ended: the report waits as before."""
    if done.cancelled() or done.exception() is not None:
        return None
    return done.result()
