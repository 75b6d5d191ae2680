"""Running the engine from the command line: alone, as the window's child, or with a tail in the terminal.

The window's child (`--child`) says on stdout, line by line: `listening on URL`, then `changed REVISION`
whenever there is something to look at, and `notice SENTENCE`; or, when it cannot start, `failed JSON`.
On stdin it is told, line by line: `run JOB` runs a job now, `stop` ends it. It ends, too, when its stdin
does, so that it never outlives the window.
"""

import json
import logging
import signal
import sys
import threading
from argparse import Namespace

from app import address, log, paths, reach, stopping
from app.engine import CannotStart, Engine
from app.plain_text import say
from app.settings import Settings
from app.stopping import Stop

logger = logging.getLogger(__name__)

WORLD_ERROR = 3
LOOK_SECONDS = 0.5


def serve(settings: Settings, *, is_child: bool) -> int:
    """Run the engine until it is told to stop."""
    log.configure()
    stop = stopping.on_signals()
    engine = Engine(settings, changed=_ring if is_child else lambda _revision: None)
    try:
        url = engine.start()
    except CannotStart as error:
        if is_child:
            _say("failed " + json.dumps(error.as_dict()))
        else:
            say(error, error=True)
        return WORLD_ERROR
    _say(f"listening on {url}")
    if engine.notice:
        _say(f"notice {engine.notice}")
    if not is_child:
        _say_who_reaches(url, settings)
    if is_child:
        threading.Thread(target=_obey_stdin, args=(engine, stop), name="stdin", daemon=True).start()
    # A signal that comes just before a thread falls asleep does not wake it: look again, now and then.
    while not stop.wait(LOOK_SECONDS):
        pass
    engine.stop()
    return 0


def live(settings: Settings) -> int:
    """Run the engine with a tail in the terminal: the main job, where there is no display."""
    # The engine alone prints no event.
    from app import printing
    from app.tail import Tail

    log.configure()
    stop = stopping.on_signals()
    changed = threading.Event()
    engine = Engine(settings, changed=lambda _revision: changed.set())
    try:
        url = engine.start()
    except CannotStart as error:
        say(error, error=True)
        return WORLD_ERROR
    _say(f"listening on {url}")
    if engine.notice:
        _say(engine.notice)
    _say_who_reaches(url, settings)
    _say(f"Point an app at it: SENTRY_DSN={address.dsn(url, 'my_app')}\n")
    tail, console = Tail(engine.database), printing.terminal()
    while not stop.wait(0.1):
        if changed.is_set():
            changed.clear()
            for event in tail.new():
                printing.print_event(console, event)
    engine.stop()
    return 0


def run(settings: Settings, given: Namespace) -> int:
    """Do `given.command`, which is `serve` or `live`; returns the exit code."""
    return live(settings) if given.command == "live" else serve(settings, is_child=given.child)


def _say_who_reaches(url: str, settings: Settings) -> None:
    # On stderr: whoever reads stdout waits for "listening on".
    found = reach.of(url, settings)
    if found is not None:
        say(found.title, error=True)
        if not found.needs_key:
            say(reach.advice(paths.config_dir() / paths.SETTINGS), error=True)


def _say(line: str) -> None:
    # Whoever reads a pipe waits for the line: it must not wait in a buffer.
    say(line, flush=True)


def _ring(revision: int) -> None:
    try:
        _say(f"changed {revision}")
    except BrokenPipeError:
        # The window is gone; the end of stdin, which comes with it, stops the engine.
        signal.raise_signal(signal.SIGTERM)


def _obey_stdin(engine: Engine, stop: Stop) -> None:
    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        if word == "stop":
            break
        if word == "run" and not engine.run_job(rest):
            logger.warning("There is no job named %r to be run", rest)
    stop.set()
