"""The commands that run another one, and that read logs, and turn what is printed there into events."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from app.cli.exit_codes import DONE, ENVIRONMENT_ERROR, FAILED, USAGE_ERROR
from app.engine import stopping
from app.plain_text import plural, say
from app.runs.cannot_run import CannotRun
from app.runs.engine_start import NoEngine
from app.runs.log_reading import LogReading
from app.runs.run import Ended, Run
from app.settings import Settings


def run(settings: Settings, given: Namespace) -> int:
    """Run a command; its exit code is the command's."""
    command = given.arguments
    if not command:
        say("Say what to run: main.py run -- COMMAND.", error=True)
        return USAGE_ERROR
    try:
        ended = Run(settings, command, given.project, notice=say_notice).run()
    except CannotRun as error:
        say(error, error=True)
        return error.exit_code
    except NoEngine as error:
        say(f"{command[0]} was not run: {error}", error=True)
        return ENVIRONMENT_ERROR
    say_what_is_missing(ended)
    return ended.exit_code


def say_notice(sentence: str) -> None:
    """Say something of an engine that is started for the run."""
    say(sentence, error=True, flush=True)


def say_what_is_missing(ended: Ended) -> None:
    """Say which errors of a run are not in the store, and why."""
    _say_lost(ended.lost)
    if ended.skipped:
        say(
            f"{ended.skipped / 1e6:,.0f} MB of output came faster than it could be read for errors.",
            error=True,
        )
    if ended.unrecorded:
        say(f"The run is not in the list of runs: {ended.unrecorded}", error=True)
    if ended.problem:
        say(f"Errors of this run may be missing. {ended.problem}", error=True)


def _say_lost(lost: Sequence[str]) -> None:
    if lost:
        reasons = ", ".join(sorted(set(lost)))
        say(f"{plural(len(lost), 'error')} could not be sent: {reasons}.", error=True)


def read(settings: Settings, given: Namespace) -> int:
    """Read logs for errors; fails when a file cannot be read, or an error cannot be sent."""
    stop = stopping.on_signals()
    paths = [None if name == "-" else Path(name) for name in given.files]
    try:
        reading = LogReading(settings, paths, given.project, notice=say_notice)
        # A request to stop ends one wait; what has been asked once is asked for good.
        done = reading.read(follow=given.follow, is_over=lambda wait: stop.wait(wait) or stop.is_set)
    except NoEngine as error:
        say(f"Nothing was read: {error}", error=True)
        return ENVIRONMENT_ERROR
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        say(f"{name}{error.strerror or error}.", error=True)
        return FAILED
    say(f"{plural(done.sent, 'error')} found.", error=True)
    _say_lost(done.lost)
    return FAILED if done.lost else DONE
