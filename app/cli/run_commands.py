"""The command that runs another one, and turns its crashes into events."""

import sys
from argparse import Namespace

from app.cli.exit_codes import ENVIRONMENT_ERROR, USAGE_ERROR
from app.plain_text import plural, say
from app.runs.engine_start import NoEngine
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
    sys.stdout.flush()
    return ended.exit_code
