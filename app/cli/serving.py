"""Runs the engine from the command line: alone, as the window's child, or with a tail in the terminal.

With `--child` it speaks with the window by `app.engine.child_protocol`, over stdout and stdin. With
`--yields` it was started by a run (`app.runs.engine_start`): it says whether it has started, ends when nobody
uses it any more, and gives way to a window's engine.
"""

import logging
import signal
import socket
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import cli, engine, log, paths, platforms, store
from app.cli.exit_codes import DONE, ENVIRONMENT_ERROR
from app.dsn import dsn
from app.engine import child_protocol, door, reach, stopping
from app.engine.cannot_start import CannotStart
from app.engine.child_protocol import (
    Changed,
    EngineListening,
    EngineNotice,
    FaultSet,
    FaultsSet,
    IntakePaused,
    IntakeState,
    PauseIntake,
    RestoreStore,
    StoreRestored,
    StoreState,
    StoreTrouble,
    StoreUpgrading,
    WindowMessage,
)
from app.engine.stopping import Stop
from app.plain_text import say
from app.platforms import standard_streams
from app.settings import Settings

if TYPE_CHECKING:
    from app.engine.engine import Engine
    from app.intake_pause import Pause
    from app.store.engine_state.faults import Fault
    from app.store.upkeep.health import Trouble

logger = logging.getLogger(__name__)

# A signal that comes just before a thread falls asleep does not wake it.
POLL_SECONDS = 0.5
TAIL_POLL_SECONDS = 0.1
YIELD_POLL_SECONDS = 0.05


def serve(settings: Settings, given: Namespace) -> int:
    """Run the engine until it is stopped."""
    is_child: bool = given.child
    yields: bool = given.yields
    log.configure()
    _hold_children()
    stop = stopping.on_signals(stopping.end_at_last)
    reports = _Reports()
    try:
        sockets = door.open_door(settings, yields=yields, is_given_up=lambda: stop.is_set)
        if yields:
            threading.Thread(target=_end_with_runs, args=(settings, stop), name="stdin", daemon=True).start()
        if is_child:
            running = _child(settings, sockets, reports, stop)
            threading.Thread(target=_read_stdin, args=(running, stop), name="stdin", daemon=True).start()
        else:
            upgrading = _report if yields else _print_upgrading
            running = _engine(settings, sockets, stop, yields=yields, upgrading=upgrading)
        url = running.start()
    except CannotStart as error:
        if error.kind == "stopped":
            return DONE
        if is_child or yields:
            _send(error.message())
        else:
            say(error, error=True)
        return ENVIRONMENT_ERROR
    if running.notice and yields:
        # A run reads no further than to the address.
        _send(EngineNotice(running.notice))
    _send(EngineListening(url))
    if running.notice and not yields:
        _send(EngineNotice(running.notice))
    reports.begin()
    if not is_child:
        _print_who_reaches(url, settings)
    while not stop.wait(YIELD_POLL_SECONDS if yields else POLL_SECONDS):
        if yields and engine.handover.is_wanted(settings.data_dir):
            break
    stopping.end_children_in_time()
    running.stop()
    return 0


def _end_with_runs(settings: Settings, stop: Stop) -> None:
    """End when the run that started this has ended, as its stdin says, and others do not use it either."""
    sys.stdin.read()
    while engine.folder_users.has_any(settings.data_dir):
        time.sleep(POLL_SECONDS)
    stop.set()


def _hold_children() -> None:
    """On Windows, have the engine's processes end with it, however it ends; elsewhere they see to that."""
    if sys.platform == "win32":
        platforms.windows_job.end_children_with_this_process()


def _engine(settings: Settings, sockets: list[socket.socket], stop: Stop, **given: Any) -> "Engine":
    """Create the engine, whose modules load only now: its port is open already."""
    given.setdefault("upgrading", _print_upgrading)
    return engine.engine.Engine(settings, sockets=sockets, is_stopping=lambda: stop.is_set, **given)


def _print_upgrading(progress: StoreUpgrading) -> None:
    # On stderr: scripts read stdout for the address.
    say(progress.sentence, error=True)


class _Reports:
    """What the engine reports to the window, held back until `EngineListening` has been sent."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._has_begun = threading.Event()
        self._held_revision = 0
        self._pause: Pause | None = None
        self._faults: Sequence[Fault] = ()

    def begin(self) -> None:
        """Send what was held back, and everything else at once."""
        with self._lock:
            self._has_begun.set()
        if self._pause is not None:
            _report_intake(self._pause)
        if self._faults:
            _report_faults(self._faults)
        if self._held_revision:
            _report(Changed(self._held_revision))

    def changed(self, revision: int) -> None:
        """Report a change of the store. Never waits: an engine whose start fails waits for its doorbell."""
        with self._lock:
            if not self._has_begun.is_set():
                self._held_revision = max(self._held_revision, revision)
                return
        _report(Changed(revision))

    def notice(self, sentence: str) -> None:
        """Report a sentence for the user."""
        self._has_begun.wait()
        _report(EngineNotice(sentence))

    def intake(self, pause: "Pause | None") -> None:
        """Report whether intake is paused. Never waits: the start itself finds a pause."""
        with self._lock:
            self._pause = pause
            if not self._has_begun.is_set():
                return
        _report_intake(pause)

    def faults(self, faults: "Sequence[Fault]") -> None:
        """Report the faults that are set. Never waits: the start itself finds some."""
        with self._lock:
            self._faults = faults
            if not self._has_begun.is_set():
                return
        _report_faults(faults)

    def store_state(self, trouble: "Trouble | None") -> None:
        """Report what is wrong with the store."""
        self._has_begun.wait()
        if trouble is None:
            _report(StoreState(None))
        else:
            _report(StoreState(StoreTrouble(trouble.kind.value, trouble.message, trouble.where)))


def _child(settings: Settings, sockets: list[socket.socket], reports: _Reports, stop: Stop) -> "Engine":
    """An engine that reports to the window."""
    running: Engine = _engine(
        settings,
        sockets,
        stop,
        upgrading=_report,
        changed=reports.changed,
        notify=reports.notice,
        troubled=reports.store_state,
        replaced=lambda: _report(EngineListening(running.url)),
        paused=reports.intake,
        faulted=reports.faults,
        restored=lambda source, aside, problem: _report(StoreRestored(source, aside, problem)),
    )
    return running


def live(settings: Settings, _given: Namespace) -> int:
    """Run the engine with a tail in the terminal: the default command where there is no display."""
    log.configure()
    _hold_children()
    stop = stopping.on_signals(stopping.end_at_last)
    changed = threading.Event()
    try:
        sockets = door.open_door(settings)
        running = _engine(settings, sockets, stop, changed=lambda _revision: changed.set(), notify=_print)
        url = running.start()
    except CannotStart as error:
        if error.kind == "stopped":
            return DONE
        say(error, error=True)
        return ENVIRONMENT_ERROR
    _send(EngineListening(url))
    if running.notice:
        _print(running.notice)
    _print_who_reaches(url, settings)
    _print(f"Point an app at it: SENTRY_DSN={dsn(url, 'my_app')}\n")
    tail, console = cli.tail.Tail(running.database), cli.printing.terminal()
    while not stop.wait(TAIL_POLL_SECONDS):
        if changed.is_set():
            changed.clear()
            if tail.database is not running.database:
                # The old store was removed or damaged.
                tail = cli.tail.Tail(running.database)
            try:
                for event in tail.new():
                    cli.printing.print_event(console, event)
            except store.failures.StoreFailure as error:
                # The engine looks after its store; this only prints.
                logger.warning("New events cannot be printed now. %s", store.failures.explain(error))
    stopping.end_children_in_time()
    running.stop()
    return 0


def _print_who_reaches(url: str, settings: Settings) -> None:
    # On stderr: scripts read stdout for the address.
    found = reach.of(url, settings)
    if found is not None:
        say(found.title, error=True)
        if not found.needs_key:
            say(reach.advice(paths.config_dir() / paths.SETTINGS), error=True)


def _print(line: str) -> None:
    # A reader of the pipe waits for the line: it must not wait in a buffer.
    say(line, flush=True)


def _send(message: child_protocol.EngineMessage) -> None:
    _print(child_protocol.format_engine_message(message))


def _report(message: child_protocol.EngineMessage) -> None:
    try:
        _send(message)
    except OSError as error:
        if not standard_streams.is_closed_pipe(error):
            raise
        # The window is gone; the end of stdin, which comes with it, stops the engine.
        signal.raise_signal(signal.SIGTERM)


def _report_intake(pause: "Pause | None") -> None:
    known = None if pause is None else IntakePaused(pause.since, pause.until, pause.turned_away)
    _report(IntakeState(known))


def _report_faults(faults: "Sequence[Fault]") -> None:
    _report(
        FaultsSet(
            tuple(
                FaultSet(
                    project_id=fault.project_id,
                    project=fault.project,
                    answer=fault.answer.value,
                    seconds=fault.seconds,
                    share=fault.share,
                    since=fault.since,
                    until=fault.until,
                    met=fault.met,
                )
                for fault in faults
            )
        )
    )


def _read_stdin(running: "Engine", stop: Stop) -> None:
    """Do what the window says, line by line, until it says stop or has ended.

    What it says of the store before the engine has started is of no use: the start opens the store anew.
    """
    for line in sys.stdin:
        message = child_protocol.parse_window_message(line)
        if message is WindowMessage.STOP:
            break
        if not running.has_started:
            continue
        match message:
            case WindowMessage.EXAMINE_STORE:
                running.recovery.examine()
            case WindowMessage.BEGIN_NEW_STORE:
                running.recovery.begin_new()
            case WindowMessage.SUSPECT_STORE:
                running.recovery.suspect("The window could not read it")
            case PauseIntake(seconds):
                _change_intake(partial(running.intake.begin, seconds))
            case WindowMessage.RESUME_INTAKE:
                _change_intake(running.intake.resume)
            case RestoreStore(file):
                running.recovery.restore(Path(file))
    stop.set()


def _change_intake(change: Callable[[], None]) -> None:
    try:
        change()
    except OSError as error:
        _report(EngineNotice(f"Whether intake is paused cannot be stored: {error}."))
