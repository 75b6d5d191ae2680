"""The commands that wait for an error, and that print one issue: for scripts and assistants."""

from argparse import Namespace
from contextlib import closing
from typing import Any

import msgspec

from app import cli, detail, preferences
from app.cli import query_problems
from app.cli.exit_codes import DONE, FAILED, USAGE_ERROR
from app.cli.json_lines import ISSUE_FIELDS, as_json
from app.detail import EventDetail
from app.engine import address, stopping
from app.next_error import NextError, Wanted
from app.plain_text import say
from app.preferences import Preferences, PreferencesError
from app.program_command import NAME
from app.settings import Settings
from app.sharing import copies
from app.store.database import open_existing
from app.store.grouping import corrections
from app.store.inbox.lists import events as event_store


def wait(settings: Settings, given: Namespace) -> int:
    """Wait for the next error, and print it; fails when none came in time."""
    if not query_problems.report(given.query):
        return USAGE_ERROR
    stop = stopping.on_signals()
    wanted = Wanted(given.project, given.query, given.new)
    with closing(open_existing(settings.data_dir)) as database:
        waiting = NextError(database, wanted)
        _say_whether_anything_can_come(settings)
        found = waiting.wait(given.timeout, stop.wait)
        if found is None:
            if not stop.is_set:
                say(f"No error came within {given.timeout:g} seconds.", error=True)
            return FAILED
        with database.reading() as connection:
            whole = detail.read_event(connection, found.pk)
    if whole is None:
        say(f"The event {found.event_id} came, and has been removed since.", error=True)
        return FAILED
    return print_event(settings, whole, given, whole.event)


def issue(settings: Settings, given: Namespace) -> int:
    """Print one issue with its newest event."""
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        (shown,) = corrections.shown(connection, [given.issue_id])
        newest = event_store.newest(connection, shown)
        whole = None if newest is None else detail.read_event(connection, newest)
    if whole is None:
        say(
            f"There is no issue {given.issue_id} in {settings.data_dir}, or none of its events is stored "
            f"any more. {NAME} issues lists those that are there.",
            error=True,
        )
        return FAILED
    return print_event(settings, whole, given, _with_event(whole))


def print_event(settings: Settings, whole: EventDetail, given: Namespace, value: Any) -> int:
    """Print an event as the flags say (`arguments.one_event`); `value` is what stands for it in JSON."""
    if given.json:
        print(as_json(value), flush=True)
    elif given.markdown:
        try:
            chosen = preferences.read(settings.data_dir)
        except PreferencesError as error:
            # Without them a person's own patterns would not be applied: nothing goes.
            say(error, error=True)
            return FAILED
        say(_markdown(whole, chosen, given.budget), flush=True)
    else:
        cli.printing.print_whole_event(cli.printing.terminal(), whole.event)
    return DONE


def _markdown(whole: EventDetail, chosen: Preferences, budget: int | None) -> str:
    if budget is not None:
        chosen = msgspec.structs.replace(chosen, markdown_characters=budget)
    return copies.made(whole, "markdown", chosen).text.rstrip()


def _with_event(whole: EventDetail) -> dict[str, Any]:
    """The fields that `issues` prints, and the newest event."""
    return {**{name: getattr(whole.issue, name) for name in ISSUE_FIELDS}, "event": whole.event}


def _say_whether_anything_can_come(settings: Settings) -> None:
    running = address.read(settings.data_dir)
    if running is None:
        say(f"No engine runs on this folder, so nothing can arrive. Start one: {NAME} serve.", error=True)
    else:
        say(f"waiting for an error at {running.url}", error=True, flush=True)
