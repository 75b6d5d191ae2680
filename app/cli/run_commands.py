"""The commands that run another one, and that read logs, and turn what is printed there into events."""

import sys
from argparse import Namespace
from pathlib import Path

from app.cli.exit_codes import DONE, ENVIRONMENT_ERROR, FAILED, USAGE_ERROR
from app.engine import stopping
from app.plain_text import plural, say
from app.runs.engine_start import NoEngine
from app.runs.log_reading import LogReading
from app.runs.relay import CannotRun
from app.runs.run import Run
from app.settings import Settings


def run(settings: Settings, given: Namespace) -> int:
    """Run a command; its exit code is the command's."""
    command = given.arguments[1:] if given.arguments[:1] == ["--"] else given.arguments
    if not command:
        say("Say what to run: main.py run -- COMMAND.", error=True)
        return USAGE_ERROR
    try:
        ended = Run(settings, command, given.project).run()
    except CannotRun as error:
        say(error, error=True)
        return error.exit_code
    except NoEngine as error:
        say(f"{command[0]} was not run: {error}", error=True)
        return ENVIRONMENT_ERROR
    if ended.lost:
        reasons = ", ".join(sorted(set(ended.lost)))
        say(f"{plural(len(ended.lost), 'error')} could not be sent: {reasons}.", error=True)
    if ended.unrecorded:
        say(f"The run is not in the list of runs: {ended.unrecorded}", error=True)
    sys.stdout.flush()
    return ended.exit_code


def read(settings: Settings, given: Namespace) -> int:
    """Read logs for errors; fails when a file cannot be read, or an error cannot be sent."""
    stop = stopping.on_signals()
    paths = [None if name == "-" else Path(name) for name in given.files]
    try:
        done = LogReading(settings, paths, given.project).read(follow=given.follow, is_over=stop.wait)
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        say(f"{name}{error.strerror or error}.", error=True)
        return FAILED
    say(f"{plural(done.sent, 'error')} found.", error=True)
    if done.lost:
        reasons = ", ".join(sorted(set(done.lost)))
        say(f"{plural(len(done.lost), 'error')} could not be sent: {reasons}.", error=True)
    return FAILED if done.lost else DONE
