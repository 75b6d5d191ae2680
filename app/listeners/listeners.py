"""The digest's side of a person's own code: `listeners.py` in the config folder.

The file attaches functions to `app.signals`, and may define `before_digest(event)`, which returns the event
as it is to be filed, or None to drop it. It is loaded, in a process of its own, when it exists and whenever
it has changed. Whatever it raises is stored with its line and shown in the Queue view, and the digest goes
on: with the unchanged event, or with the next listener. A call that takes too long is killed with its
process, and that function is not called again until the file changes; when the process was killed or ended
twice, the whole file is left out until then. The store remembers both over restarts.

Where there is no such file, the digest pays one `stat` a batch.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, takewhile
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from app.clock import now_micros
from app.listeners import event_changes
from app.listeners.failures import ListenerFailures
from app.listeners.frames import (
    Announce,
    Announced,
    Announcement,
    Calling,
    Consider,
    Considered,
    Done,
    ListenerFailed,
    Load,
    Request,
)
from app.listeners.host import CannotStartProcess, ListenerProcess, ProcessEnded
from app.model import Event
from app.store.database import Database
from app.store.engine_state import listener_state
from app.store.engine_state.listener_state import ListenerState
from app.store.failures import StoreFailure

log = logging.getLogger(__name__)

LIMIT_SECONDS = 5.0
SLOW_SECONDS = 1.0
MOST_DEATHS = 2
# The pause after the process could not be started, which is not the file's fault.
AGAIN_SECONDS = 5.0
AT_ONCE = 50
NO_MORE = "; it is called no more until the file changes"
LEFT_OUT = "; the file is left out until it changes"


class EventVerdict(Struct, frozen=True):
    """The event to be filed, None to drop it; `changes` is what was changed, for `event_changes.apply`."""

    event: Event | None
    changes: bytes | None = None


class Listeners:
    """The functions that one file attaches; none before `refresh`, and none if `file` is None.

    Which functions are left out is stored in `database`. `failures` are not stored yet.
    """

    def __init__(
        self,
        file: Path | None,
        database: Database | None = None,
        *,
        limit_seconds: float = LIMIT_SECONDS,
        slow_seconds: float = SLOW_SECONDS,
        clock: Callable[[], int] = now_micros,
    ) -> None:
        self.failures = ListenerFailures(file, clock)
        self._file = file
        self._database = database
        self._limit_seconds = limit_seconds
        self._slow_seconds = slow_seconds
        self._clock = clock
        self._version: str | None = None
        self._state: ListenerState | None = None
        self._is_stored = True
        self._process: ListenerProcess | None = None
        self._attached = Done()
        self._again_at = 0.0
        self._knows_file = False

    @property
    def change_events(self) -> bool:
        """Whether there is a `before_digest`: it needs whole events, which take longer to read."""
        return self._attached.change_events

    @property
    def signals(self) -> frozenset[str]:
        """The names of the signals that a listener is attached to."""
        return frozenset(self._attached.signals)

    def refresh(self) -> None:
        """Load the file if it exists and has changed; forget what it attached if it is gone."""
        if self._file is None:
            return
        version = _version(self._file)
        if version != self._version or not self._knows_file:
            self.close()
            self._version = version
            self._attached = Done(is_loaded=version is not None)
            self._again_at = 0.0
            self._recall()
        if not self._is_stored:
            self._store()
        self._is_ready()

    def before_digest(self, events: Sequence[Event]) -> list[EventVerdict]:
        """Let the person's `before_digest` change or drop each of these events."""
        verdicts: list[EventVerdict] = []
        while len(verdicts) < len(events):
            rest = events[len(verdicts) :]
            if not (self._is_ready() and self.change_events):
                verdicts += map(EventVerdict, rest)
                break
            encoded = self._encoded(rest)
            if encoded:
                self._consider(rest, encoded, verdicts)
            else:
                verdicts.append(EventVerdict(rest[0]))
        return verdicts

    def announce(self, announcements: Iterable[Announcement]) -> None:
        """Send signals after the commit; those without a listener cost nothing."""
        rest = iter(announcements)
        while batch := list(islice(rest, AT_ONCE)):
            while batch and self._is_ready():
                batch = self._announce(batch)

    def encoded(self, event: Event) -> bytes | None:
        """The event as JSON for a person's code; None, and a failure is added, if it cannot be encoded."""
        try:
            return event_changes.encoded(event)
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            problem = f"It cannot be given the event {event.event_id}: {error}"
            self.failures.add(ListenerFailed(self._name, str(self._file), problem, f"{problem}\n"))
            return None

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.end()

    def _is_ready(self) -> bool:
        """Whether there is a process that has loaded the file; starts one if there should be."""
        if self._process is None and self._may_start():
            self._start()
        return self._process is not None

    def _may_start(self) -> bool:
        is_needed = self._state is not None and self._state.left_out_at is None and self._attached.is_loaded
        return is_needed and time.monotonic() >= self._again_at

    def _start(self) -> None:
        try:
            self._process = ListenerProcess(
                limit_seconds=self._limit_seconds, slow_seconds=self._slow_seconds
            )
        except CannotStartProcess as error:
            self._again_at = time.monotonic() + AGAIN_SECONDS
            self.failures.add(ListenerFailed(self._name, str(self._file), str(error), f"{error}\n"))
            return
        left_out = () if self._state is None else tuple(self._state.functions)
        for _answer in self._ask(Load(str(self._file), left_out), is_load=True):
            pass
        if not self._attached.is_loaded:
            # The half-started process is of no use.
            self.close()

    @property
    def _name(self) -> str:
        return "" if self._file is None else self._file.name

    def _encoded(self, events: Sequence[Event]) -> tuple[bytes, ...]:
        """The first of `events` as JSON, up to one that cannot be encoded."""
        encoded = map(self.encoded, events[:AT_ONCE])
        return tuple(event for event in takewhile(lambda event: event is not None, encoded) if event)

    def _consider(
        self, events: Sequence[Event], encoded: tuple[bytes, ...], verdicts: list[EventVerdict]
    ) -> None:
        rest = iter(events)
        before = len(verdicts)
        for answer in self._ask(Consider(encoded)):
            event = next(rest, None)
            if isinstance(answer, Considered) and event is not None:
                verdicts.append(_verdict(event, answer))
        if len(verdicts) - before < len(encoded):
            # The process ended: file this event unchanged; the next ones may be sent to a new process.
            verdicts.append(EventVerdict(events[len(verdicts) - before]))

    def _announce(self, batch: list[Announcement]) -> list[Announcement]:
        """Returns the announcements that remain, if the process ended."""
        done = 0
        called: list[str] = []
        for answer in self._ask(Announce(tuple(batch)), called):
            if isinstance(answer, Announced):
                done += 1
                called.clear()
        if self._process is not None or done == len(batch):
            return []
        if not called:
            # It ended before it called a listener: this announcement is not tried again.
            return batch[done + 1 :]
        first = batch[done]
        return [replace(first, skip=(*first.skip, *called)), *batch[done + 1 :]]

    def _ask(
        self, request: Request, called: list[str] | None = None, *, is_load: bool = False
    ) -> Iterator[Considered | Announced]:
        """Send a request to the process; record its failures, what it has attached, and its end."""
        process = self._process
        if process is None:
            return
        try:
            for answer in process.ask(request):
                if isinstance(answer, Calling):
                    if called is not None:
                        called.append(answer.key)
                elif isinstance(answer, ListenerFailed):
                    self.failures.add(answer)
                elif isinstance(answer, Done):
                    self._attached = answer
                elif isinstance(answer, Considered | Announced):
                    yield answer
        except ProcessEnded as ended:
            self._process = None
            self._handle_end(process.calling, ended, is_load=is_load)

    def _handle_end(self, calling: Calling | None, ended: ProcessEnded, *, is_load: bool) -> None:
        state = self._state
        if state is None:
            return
        calling = calling or Calling(self._name, str(self._file), self._name)
        state = replace(state, deaths=state.deaths + 1)
        # A file that hangs while it loads would do so the next time, too, and the digest would wait again.
        is_left_out = state.deaths >= MOST_DEATHS or (is_load and ended.is_hang)
        if is_left_out:
            why = f"{calling.name}: {ended}"
            state = replace(state, left_out_at=self._clock(), why=why)
            self._attached = Done(is_loaded=False)
        elif ended.is_hang:
            state = replace(state, functions={**state.functions, calling.key: calling.name})
        consequence = LEFT_OUT if is_left_out else NO_MORE if ended.is_hang else ""
        self.failures.add_end(calling.name, calling.place, ended, consequence)
        self._state = state
        self._store()

    def _recall(self) -> None:
        """Read the stored state if it belongs to this version of the file; otherwise forget it."""
        stored = self._state = None
        if self._database is not None:
            with self._database.reading() as connection:
                stored = listener_state.read(connection)
        self._knows_file = True
        if self._version is None:
            self._state = None
        elif stored is not None and stored.version == self._version:
            self._state = stored
            if stored.left_out_at is not None:
                self._attached = Done(is_loaded=False)
            return
        else:
            self._state = ListenerState(version=self._version)
        if stored is not None:
            self._store()

    def _store(self) -> None:
        if self._database is None:
            return
        state = self._state
        try:
            with self._database.writing() as connection:
                listener_state.replace(connection, state if state is not None and state.deaths else None)
        except StoreFailure as error:
            # The state applies in this process, and is written with the next batch.
            log.warning(
                "What is left out of listeners.py cannot be kept yet: %s", getattr(error, "orig", error)
            )
            self._is_stored = False
        else:
            self._is_stored = True


def _version(file: Path) -> str | None:
    """Identifies the current version of the file; None when there is no file. Saving the file changes it."""
    try:
        stat = file.stat()
    except OSError:
        return None
    return f"{stat.st_mtime_ns} {stat.st_size} {stat.st_ino} {file}"


def _verdict(event: Event, considered: Considered) -> EventVerdict:
    if considered.is_dropped:
        return EventVerdict(None)
    try:
        return EventVerdict(event_changes.apply(event, considered.changes), considered.changes)
    except msgspec.DecodeError:
        return EventVerdict(event)
