"""The commands that act on issues, or print their history: `resolve`, `mute`, `reopen`, `note`, `history`."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import closing

from app import cli
from app.cli.exit_codes import FAILED
from app.cli.json_lines import LINE_FIELDS, as_json
from app.clock import now_micros
from app.model import MuteRule
from app.plain_text import say
from app.settings import Settings
from app.store.database import Connection, open_existing
from app.store.grouping import corrections
from app.store.inbox import actions, history
from app.store.inbox import issues as issue_store
from app.store.inbox.actions import Undo

SECOND = 1_000_000

Act = Callable[[Connection, Sequence[int], int], Undo]


def resolve(settings: Settings, given: Namespace) -> int:
    """Resolve issues, with `--in` in a release."""

    def act(connection: Connection, issue_ids: Sequence[int], now: int) -> Undo:
        return actions.resolve(connection, issue_ids, now, release=given.release)

    return _act(settings, given.issue_ids, "Resolved", act)


def mute(settings: Settings, given: Namespace) -> int:
    """Mute issues, for ever or until something."""
    ends = given.until_more or given.until_per_hour or given.until_escalating
    rule = MuteRule(
        more=given.until_more, per_hour=given.until_per_hour, escalating=bool(given.until_escalating)
    )

    def act(connection: Connection, issue_ids: Sequence[int], now: int) -> Undo:
        until = None if given.seconds is None else now + given.seconds * SECOND
        return actions.mute(connection, issue_ids, now, rule=rule if ends else None, until=until)

    return _act(settings, given.issue_ids, "Muted", act)


def reopen(settings: Settings, given: Namespace) -> int:
    """Put issues back into the inbox."""
    return _act(settings, given.issue_ids, "Reopened", actions.reopen)


def note(settings: Settings, given: Namespace) -> int:
    """Write a note into an issue's timeline."""
    with closing(open_existing(settings.data_dir)) as database, database.writing() as connection:
        (issue_id,) = _as_merged(connection, [given.issue_id])
        try:
            written = actions.note(connection, issue_id, given.text, now_micros())
        except ValueError as error:
            say(error, error=True)
            return FAILED
    if not written.lines:
        return _missing(settings, [given.issue_id])
    say(f"Noted: {issue_id}.")
    return 0


def print_history(settings: Settings, given: Namespace) -> int:
    """Print an issue's timeline, the newest first."""
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        (issue_id,) = _as_merged(connection, [given.issue_id])
        issue = issue_store.get(connection, issue_id)
        lines = history.timeline(connection, issue_id)
    if issue is None:
        return _missing(settings, [given.issue_id])
    if given.json:
        for line in lines:
            print(as_json(line, LINE_FIELDS))
    else:
        console = cli.printing.terminal()
        for line in lines:
            cli.printing.print_line(console, line)
    return 0


def _act(settings: Settings, issue_ids: Sequence[int], done: str, act: Act) -> int:
    with closing(open_existing(settings.data_dir)) as database, database.writing() as connection:
        issue_ids = _as_merged(connection, issue_ids)
        changed = [before.id for before in act(connection, issue_ids, now_micros()).before]
        missing = [each for each in issue_ids if issue_store.get(connection, each) is None]
    same = [each for each in issue_ids if each not in changed and each not in missing]
    if changed:
        say(f"{done}: {', '.join(map(str, changed))}.")
    if same:
        say(f"Nothing to change: {', '.join(map(str, same))}.")
    return _missing(settings, missing) if missing else 0


def _as_merged(connection: Connection, issue_ids: Sequence[int]) -> list[int]:
    """These issues, or those that they were merged into."""
    found = list(issue_ids)
    while merged := corrections.hidden(connection, found):
        found = list(dict.fromkeys(merged.get(each, each) for each in found))
    return found


def _missing(settings: Settings, issue_ids: Sequence[int]) -> int:
    numbers = ", ".join(map(str, issue_ids))
    say(f"Not in {settings.data_dir}: {numbers}. main.py issues lists them.", error=True)
    return FAILED
