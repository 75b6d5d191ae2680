"""Faults on purpose: a project's clients are refused, kept waiting or never answered, to try what they do.

Where none is set the receive path asks one dictionary whether it is empty. A fault ends at its time by a
clock that nobody sets. Requests that wait are held by a timer each, and no more of them than leaves room for
others; they are released at once when the fault ends or the receiver stops.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from app.fault_words import ON_PURPOSE
from app.receiver.refused import Refused
from app.store.engine_state.faults import Fault, FaultAnswer

log = logging.getLogger(__name__)

MOST_HELD = 100
# So many of a fault's requests are stored among those that were refused; all are counted.
MOST_STORED = 500
RETRY_AFTER_SECONDS = 60
REPORT_SECONDS = 0.5
NO_ANSWER_STATUS = 444
_SECOND = 1_000_000
_SHARE_TOLERANCE = 1e-9


class FaultStore(Protocol):
    """Where faults are set; as `engine_state.faults` on the engine's store. All raise `StoreFailure`."""

    def listed(self) -> list[Fault]:
        """The faults in force."""

    def count(self, met: Mapping[tuple[int, int], int]) -> None:
        """Store how many requests have met each fault."""

    def end(self, over: Sequence[Fault]) -> None:
        """Delete these faults, unless they were set anew."""


class ActiveFault:
    """A fault in force. Lives on the receiver's thread, but for `met`, which others read."""

    def __init__(self, fault: Fault, deadline: float) -> None:
        self.fault = fault
        self.deadline = deadline
        self.met = fault.met
        self._sum = 0.0

    def is_next(self) -> bool:
        """Whether the next request meets it: evenly, as its share says."""
        self._sum += self.fault.share
        if self._sum < 1 - _SHARE_TOLERANCE:
            return False
        self._sum -= 1
        self.met += 1
        return True

    def refusal(self) -> Refused:
        """The refusal of a request that has met it."""
        answer = self.fault.answer
        left = max(1, int(self.deadline - time.monotonic()))
        wait = None if answer is FaultAnswer.BROKEN else min(RETRY_AFTER_SECONDS, left)
        status = NO_ANSWER_STATUS if answer is FaultAnswer.NONE else int(answer)
        how = "was not answered" if answer is FaultAnswer.NONE else f"was answered {status}"
        return Refused(
            status,
            f"{ON_PURPOSE}: the request {how}, to try what the client does.",
            retry_after=wait,
            # Source: https://develop.sentry.dev/sdk/expected-features/rate-limiting/
            rate_limits=f"{wait}::project:fault" if answer is FaultAnswer.TOO_MANY else None,
            is_stored=self.met <= MOST_STORED,
        )


class Faults:
    """The faults of one engine. `changed` is called with those in force, on any thread.

    While many requests meet them, that is twice a second at most. `by_name` and what holds requests belong to
    the receiver's thread; all else is safe from any.
    """

    def __init__(
        self,
        store: FaultStore | None = None,
        changed: Callable[[Sequence[Fault]], None] = lambda _faults: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.by_name: dict[str, ActiveFault] = {}
        self.most_held = MOST_HELD
        self._store = store
        self._changed = changed
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._active: dict[tuple[int, int], ActiveFault] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._held: dict[Callable[[], None], tuple[ActiveFault, asyncio.TimerHandle]] = {}
        self._report: threading.Timer | None = None
        self._end: threading.Timer | None = None
        self._is_stopped = False

    @property
    def in_force(self) -> tuple[Fault, ...]:
        """The faults in force, with what has met them so far."""
        now = self._monotonic()
        active = self._active.values()
        return tuple(_with_met(each) for each in active if each.deadline > now)

    def follow(self, now: int | None = None) -> None:
        """Read which faults are set; `now` in microseconds, by default the wall clock's."""
        if self._store is None:
            return
        found = self._store.listed()
        wall = int(time.time() * _SECOND) if now is None else now
        with self._lock:
            self._is_stopped = False
            before = self._active
            active: dict[tuple[int, int], ActiveFault] = {}
            for fault in found:
                key = (fault.project_id, fault.since)
                known = before.get(key)
                if known is not None and known.fault.names == fault.names:
                    active[key] = known
                    continue
                deadline = self._monotonic() + (fault.until - wall) / _SECOND
                active[key] = ActiveFault(fault, deadline if known is None else known.deadline)
            self._active = active
            self.by_name = {name: each for each in active.values() for name in each.fault.names}
            gone = [each for key, each in before.items() if active.get(key) is not each]
            self._plan_end()
        for each in gone:
            self._release_later(each)
        if before.keys() != active.keys():
            if active:
                log.warning(
                    "Faults are set on purpose for %s", ", ".join(f.fault.project for f in active.values())
                )
            else:
                log.warning("No fault is set any more")
            self._changed(self.in_force)

    def meet(self, project: str) -> ActiveFault | None:
        """The fault that this request meets, counted; None for none. On the receiver's thread."""
        active = self.by_name.get(project)
        if active is None or active.deadline <= self._monotonic() or not active.is_next():
            return None
        if self._report is None:
            self._report = _later(REPORT_SECONDS, self._count)
        return active

    def hold(self, active: ActiveFault, release: Callable[[], None], loop: asyncio.AbstractEventLoop) -> None:
        """Call `release` once the fault's time for a request is over; at once, when too many are held."""
        self._loop = loop
        if len(self._held) >= self.most_held:
            release()
            return
        seconds = max(0.0, min(active.fault.seconds, active.deadline - self._monotonic()))
        self._held[release] = (active, loop.call_later(seconds, self.release, release))

    def release(self, held: Callable[[], None]) -> None:
        """Let one go that is held, if it still is."""
        found = self._held.pop(held, None)
        if found is not None:
            found[1].cancel()
            held()

    def forget(self, held: Callable[[], None]) -> None:
        """The client of one that is held has gone."""
        found = self._held.pop(held, None)
        if found is not None:
            found[1].cancel()

    def release_all(self, active: ActiveFault | None = None) -> None:
        """Let all go that are held, or those of one fault. On the receiver's thread."""
        for held, (fault, _timer) in list(self._held.items()):
            if active is None or fault is active:
                self.release(held)

    def stop(self) -> None:
        """Store what was counted, and call nobody until `follow`."""
        with self._lock:
            self._is_stopped = True
            for timer in (self._report, self._end):
                if timer is not None:
                    timer.cancel()
        self._store_counts()

    def _release_later(self, active: ActiveFault) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.release_all, active)

    def _count(self) -> None:
        self._report = None
        self._store_counts()
        if not self._is_stopped:
            self._changed(self.in_force)

    def _store_counts(self) -> None:
        met = {key: each.met for key, each in self._active.items()}
        if not met or self._store is None:
            return
        try:
            self._store.count(met)
        except Exception as error:  # noqa: BLE001 - a count that is a little behind harms nobody
            log.warning("How many requests have met a fault cannot be stored: %s", error)

    def _plan_end(self) -> None:
        if self._end is not None:
            self._end.cancel()
            self._end = None
        if self._active:
            first = min(each.deadline for each in self._active.values())
            self._end = _later(max(0.05, first - self._monotonic()), self._ended)

    def _ended(self) -> None:
        if self._is_stopped or self._store is None:
            return
        now = self._monotonic()
        over = [each for each in self._active.values() if each.deadline <= now]
        try:
            self._store.end([each.fault for each in over])
            self.follow()
        except Exception as error:  # noqa: BLE001 - requests do not meet it any more: only its row is left
            log.warning("A fault that is over cannot be removed: %s", error)
            self._changed(self.in_force)


def _with_met(active: ActiveFault) -> Fault:
    fault = active.fault
    return Fault(
        project_id=fault.project_id,
        project=fault.project,
        answer=fault.answer,
        seconds=fault.seconds,
        share=fault.share,
        since=fault.since,
        until=fault.until,
        met=active.met,
        names=fault.names,
    )


def _later(seconds: float, act: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), act)
    timer.daemon = True
    timer.start()
    return timer
