"""Running the engine from the command line: alone, as the window's child, or with a tail in the terminal.

The window's child (`--child`) writes lines to stdout: `listening on URL`, then `changed REVISION` whenever
the store has changed, and `notice SENTENCE`; or, when it cannot start, `failed JSON`. When the store is
removed or damaged it writes `store JSON` (`kind`, `message`), and `store null` when it is usable again;
`listening on URL` once more means that there is another store.

It reads lines from stdin: `run JOB` runs a job now, `stop` ends it. `store again` makes it check the store,
`store suspect` reports that the window found it damaged, `store new` begins a new one where it was removed.
It ends, too, when its stdin does, so that it never outlives the window.
"""

import json
import logging
import signal
import socket
import sys
import threading
from argparse import Namespace
from typing import TYPE_CHECKING, Any

import msgspec

from app import cli, engine, log, paths, store
from app.cli.exit_codes import ENVIRONMENT_ERROR
from app.dsn import dsn
from app.engine import CannotStart, door, reach, stopping
from app.engine.stopping import Stop
from app.plain_text import say
from app.settings import Settings

if TYPE_CHECKING:
    from app.engine import Engine

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.5


def serve(settings: Settings, given: Namespace) -> int:
    """Run the engine until it is asked to stop."""
    is_child: bool = given.child
    log.configure()
    stop = stopping.on_signals(stopping.end_at_last)
    beginning = _Beginning()
    try:
        sockets = door.open_door(settings)
        running = _child(settings, sockets, beginning) if is_child else _engine(settings, sockets)
        url = running.start()
    except CannotStart as error:
        if is_child:
            _say("failed " + json.dumps(error.as_dict()))
        else:
            say(error, error=True)
        return ENVIRONMENT_ERROR
    _say(f"listening on {url}")
    if running.notice:
        _say(f"notice {running.notice}")
    beginning.come()
    if not is_child:
        _say_who_reaches(url, settings)
    if is_child:
        threading.Thread(target=_obey_stdin, args=(running, stop), name="stdin", daemon=True).start()
    # A signal that comes just before a thread falls asleep does not wake it: so it wakes now and then.
    while not stop.wait(LOOK_SECONDS):
        pass
    stopping.end_children_in_time()
    running.stop()
    return 0


def _engine(settings: Settings, sockets: list[socket.socket], **given: Any) -> "Engine":
    """Create the engine, whose modules load only now: its port is open already."""
    return engine.Engine(settings, sockets=sockets, **given)


class _Beginning:
    """Holds back what the engine reports until the line that says where it listens has been written."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._has_come = threading.Event()
        self._early = 0

    def come(self) -> None:
        """Write what was held back until now, and hold back no more."""
        with self._lock:
            self._has_come.set()
        if self._early:
            _report(f"changed {self._early}")

    def ring(self, revision: int) -> None:
        """Report that the store has changed. Never waits: a start that fails waits for the calling thread."""
        with self._lock:
            if not self._has_come.is_set():
                self._early = max(self._early, revision)
                return
        _report(f"changed {revision}")

    def report(self, line: str) -> None:
        """Write a line about the store; waits until `come` was called."""
        self._has_come.wait()
        _report(line)


def _child(settings: Settings, sockets: list[socket.socket], beginning: _Beginning) -> "Engine":
    """An engine that reports to the window."""
    running: Engine = _engine(
        settings,
        sockets,
        changed=beginning.ring,
        say=lambda sentence: beginning.report(f"notice {sentence}"),
        troubled=lambda trouble: beginning.report(f"store {msgspec.json.encode(trouble).decode()}"),
        replaced=lambda: _report(f"listening on {running.url}"),
    )
    return running


def live(settings: Settings, _given: Namespace) -> int:
    """Run the engine with a tail in the terminal: the default command where there is no display."""
    log.configure()
    stop = stopping.on_signals(stopping.end_at_last)
    changed = threading.Event()
    try:
        sockets = door.open_door(settings)
        running = _engine(settings, sockets, changed=lambda _revision: changed.set(), say=_say)
        url = running.start()
    except CannotStart as error:
        say(error, error=True)
        return ENVIRONMENT_ERROR
    _say(f"listening on {url}")
    if running.notice:
        _say(running.notice)
    _say_who_reaches(url, settings)
    _say(f"Point an app at it: SENTRY_DSN={dsn(url, 'my_app')}\n")
    tail, console = cli.tail.Tail(running.database), cli.printing.terminal()
    while not stop.wait(0.1):
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


def _say_who_reaches(url: str, settings: Settings) -> None:
    # On stderr: who reads stdout waits for "listening on".
    found = reach.of(url, settings)
    if found is not None:
        say(found.title, error=True)
        if not found.needs_key:
            say(reach.advice(paths.config_dir() / paths.SETTINGS), error=True)


def _say(line: str) -> None:
    # The reader of a pipe waits for the line: it must not stay in a buffer.
    say(line, flush=True)


def _report(line: str) -> None:
    try:
        _say(line)
    except BrokenPipeError:
        # The window is gone; the end of stdin, which comes with it, stops the engine.
        signal.raise_signal(signal.SIGTERM)


def _look_after_store(running: "Engine", wish: str) -> None:
    if wish == "again":
        running.recovery.look_again()
    elif wish == "new":
        running.recovery.begin_new()
    elif wish == "suspect":
        running.recovery.suspect("The window could not read it")


def _obey_stdin(running: "Engine", stop: Stop) -> None:
    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        if word == "stop":
            break
        if word == "run" and not running.run_job(rest):
            logger.warning("There is no job named %r to be run", rest)
        if word == "store":
            _look_after_store(running, rest)
    stop.set()
