"""The command that runs another one to see whether an issue is fixed."""

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager

from app import detail
from app.cli import run_commands, wait_commands
from app.cli.exit_codes import DONE, ENVIRONMENT_ERROR, FAILED, USAGE_ERROR
from app.plain_text import say
from app.program_command import NAME
from app.runs.cannot_run import CannotRun
from app.runs.engine_start import NoEngine
from app.runs.verification import NoIssue, Verdict, Verification
from app.settings import Settings
from app.store.database import open_existing


def verify(settings: Settings, given: Namespace) -> int:
    """Run a command; done when the issue did not come back, failed when it did."""
    if not given.arguments:
        say(f"Say what to run: {NAME} verify ISSUE -- COMMAND.", error=True)
        return USAGE_ERROR
    verification = Verification(
        settings,
        given.issue_id,
        given.arguments,
        project=given.project,
        seconds=given.timeout,
        notice=run_commands.say_notice,
    )
    try:
        with _stdout_kept_clean(is_needed=given.json or given.markdown):
            verdict = verification.verify()
    except NoIssue:
        say(
            f"There is no issue {given.issue_id} in {settings.data_dir}: {NAME} issues lists them.",
            error=True,
        )
        return USAGE_ERROR
    except CannotRun as error:
        say(f"Nothing was verified: {error}", error=True)
        return ENVIRONMENT_ERROR
    except NoEngine as error:
        say(f"Nothing was verified: {error}", error=True)
        return ENVIRONMENT_ERROR
    run_commands.say_what_is_missing(verdict.ended)
    if verdict.event is not None:
        return _say_that_it_came_back(settings, given, verdict, verdict.event)
    return _say_that_it_holds(given, verdict)


def _say_that_it_came_back(settings: Settings, given: Namespace, verdict: Verdict, event: int) -> int:
    say(f"Issue {verdict.issue} came back.", error=True, flush=True)
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        whole = detail.read_event(connection, event)
    if whole is not None:
        wait_commands.print_event(settings, whole, given, whole.event)
    return FAILED


def _say_that_it_holds(given: Namespace, verdict: Verdict) -> int:
    ended = verdict.ended
    if not verdict.is_sure or ended.lost or ended.problem:
        say(
            f"Issue {verdict.issue} has not come back so far, but not all that was reported could be filed: "
            f"try again, and see {NAME} doctor.",
            error=True,
        )
        return ENVIRONMENT_ERROR
    how = _how_it_ended(verdict)
    say(f"It holds: issue {verdict.issue} did not come back.{how}", error=given.json or given.markdown)
    return DONE


def _how_it_ended(verdict: Verdict) -> str:
    """What a person should know of an end that is none of a success."""
    if verdict.was_ended:
        return " The command was ended, as its time was over."
    code = verdict.ended.exit_code
    return f" The command exited with {code}: look whether it came as far." if code else ""


@contextmanager
def _stdout_kept_clean(*, is_needed: bool) -> Iterator[None]:
    """Within it, what the command prints goes to stderr, so that stdout has the answer alone."""
    if not is_needed:
        yield
        return
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
