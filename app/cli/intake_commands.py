"""`main.py pause` and `resume`: for the engine that runs, and for the next one."""

from argparse import Namespace
from contextlib import closing

from app import intake_pause
from app.cli.exit_codes import DONE, ENVIRONMENT_ERROR
from app.clock import now_micros
from app.plain_text import say
from app.settings import Settings
from app.store.database import open_existing
from app.store.engine_state import job_requests
from app.store.errors import DatabaseMissing


def pause(settings: Settings, given: Namespace) -> int:
    """Take no errors from now on, for `given.seconds` or until `resume`."""
    try:
        begun = intake_pause.begin(settings.data_dir, given.seconds)
    except OSError as error:
        return _failed(error)
    _tell_engine(settings)
    say(f"{intake_pause.describe(begun.since, begun.until, begun.turned_away, now=now_micros())}.")
    return DONE


def resume(settings: Settings, _given: Namespace) -> int:
    """Take errors again."""
    try:
        ended = intake_pause.end(settings.data_dir)
    except OSError as error:
        return _failed(error)
    _tell_engine(settings)
    if ended is None:
        say("Intake was not paused.")
    else:
        said = intake_pause.describe(ended.since, None, ended.turned_away, now=now_micros())
        say(f"Errors are taken again. {said}.")
    return DONE


def _failed(error: OSError) -> int:
    say(f"Whether intake is paused cannot be stored: {error}.", error=True)
    return ENVIRONMENT_ERROR


def _tell_engine(settings: Settings) -> None:
    """Have the engine read the file: it notices within half a second that the store was written."""
    try:
        with closing(open_existing(settings.data_dir)) as database, database.writing() as connection:
            job_requests.add(connection, intake_pause.JOB, now_micros())
    except DatabaseMissing:
        # No engine has ever run here: the first one reads the file when it starts.
        return
