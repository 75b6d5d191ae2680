"""The commands that act on issues, or print their history.

`resolve`, `mute`, `reopen`, `note`, `history`, and `delete`, `deleted`, `undelete`.
"""

import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import closing

from app import cli
from app.cli.exit_codes import FAILED
from app.cli.json_lines import DELETION_FIELDS, LINE_FIELDS, as_json
from app.clock import now_micros
from app.fix_check import at_commit
from app.git.command import GitError
from app.model import ISSUES_AT_ONCE, MuteRule
from app.plain_text import plural, say
from app.settings import Settings
from app.store.database import Connection, open_existing
from app.store.grouping import corrections
from app.store.inbox.lists import issues as issue_store
from app.store.inbox.triage import actions, history, releases
from app.store.inbox.triage.actions import Undo
from app.store.inbox.triage.releases import CurrentReleases
from app.store.trash import deleted_events, deleted_issues, deletions

SECOND = 1_000_000
PAUSE_SECONDS = 0.005

Act = Callable[[Connection, Sequence[int], int], Undo]


def resolve(settings: Settings, given: Namespace) -> int:
    """Resolve issues, with `--in` in a release, with `--at-commit` at a commit."""
    newest, fix = CurrentReleases(), None
    if given.commit is not None:
        try:
            fix = at_commit.look_up(given.repository, given.commit, _releases(settings, given.issue_ids))
        except GitError as error:
            say(error, error=True)
            return FAILED

    def act(connection: Connection, issue_ids: Sequence[int], now: int) -> Undo:
        current = None if given.release else newest.of(connection, issue_ids)
        return actions.resolve(connection, issue_ids, now, release=given.release, current=current, fix=fix)

    return _act(settings, given.issue_ids, f"Resolved at {fix.hash[:9]}" if fix else "Resolved", act)


def _releases(settings: Settings, issue_ids: Sequence[int]) -> list[str]:
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        return releases.recent(connection, corrections.shown(connection, issue_ids))


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
        (issue_id,) = corrections.shown(connection, [given.issue_id])
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
        (issue_id,) = corrections.shown(connection, [given.issue_id])
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


def delete(settings: Settings, given: Namespace) -> int:
    """Delete issues: for a day they can be brought back."""
    gone: list[int] = []
    with closing(open_existing(settings.data_dir)) as database:
        with database.writing() as connection:
            asked = corrections.shown(connection, given.issue_ids)
            deletion = deletions.begin(connection, plural(len(asked), "issue"), now_micros())
        try:
            for some in (
                asked[start : start + ISSUES_AT_ONCE] for start in range(0, len(asked), ISSUES_AT_ONCE)
            ):
                with database.writing() as connection:
                    gone += deleted_issues.delete_issues(connection, some, deletion)
                time.sleep(PAUSE_SECONDS)
        except deleted_issues.CannotDelete as error:
            say(error, error=True)
            return FAILED
        finally:
            with database.writing() as connection:
                deletions.end_empty(connection, deletion)
    if gone:
        numbers = ", ".join(map(str, gone))
        say(f"Deleted: {numbers}. For a day, main.py undelete {deletion} brings them back.")
    missing = sorted(set(asked) - set(gone))
    return _missing(settings, missing) if missing else 0


def print_deleted(settings: Settings, given: Namespace) -> int:
    """Print what was deleted and can be brought back, the newest first."""
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        listed = deletions.listed(connection)
    for each in listed:
        if given.json:
            print(as_json(each, DELETION_FIELDS))
        else:
            goes = f"{each.goes_at.astimezone():%Y-%m-%d %H:%M}"
            say(f"{each.id}: {each.title} ({plural(each.issues, 'issue')}), goes for good at {goes}")
    return 0


def undelete(settings: Settings, given: Namespace) -> int:
    """Bring back what one deletion put into the trash."""
    back = 0
    with closing(open_existing(settings.data_dir)) as database:
        with database.writing() as connection:
            back += deleted_events.restore_event(connection, given.deletion_id, now_micros()) is not None
            issue_ids = deletions.issues_of(connection, given.deletion_id)
        for start in range(0, len(issue_ids), ISSUES_AT_ONCE):
            some = issue_ids[start : start + ISSUES_AT_ONCE]
            with database.writing() as connection:
                restored = deleted_issues.restore_issues(connection, given.deletion_id, some, now_micros())
            back += len(restored.issues)
            time.sleep(PAUSE_SECONDS)
    if not back:
        say(f"Nothing to bring back: {given.deletion_id}. main.py deleted lists what there is.", error=True)
        return FAILED
    say(f"Brought back: {plural(back, 'issue')}.")
    return 0


def _act(settings: Settings, issue_ids: Sequence[int], done: str, act: Act) -> int:
    changed: dict[int, None] = {}
    same: dict[int, None] = {}
    missing: dict[int, None] = {}
    now = now_micros()
    with closing(open_existing(settings.data_dir)) as database:
        for start in range(0, len(issue_ids), ISSUES_AT_ONCE):
            with database.writing() as connection:
                some = corrections.shown(connection, issue_ids[start : start + ISSUES_AT_ONCE])
                known = issue_store.triage_states(connection, some)
                acted = {before.id for before in act(connection, some, now).before}
            for each in some:
                (changed if each in acted else same if each in known else missing)[each] = None
            # The engine writes reports in between: it asks for the lock every three milliseconds.
            time.sleep(PAUSE_SECONDS)
    same = {each: None for each in same if each not in changed}
    if changed:
        say(f"{done}: {', '.join(map(str, changed))}.")
    if same:
        say(f"Nothing to change: {', '.join(map(str, same))}.")
    return _missing(settings, list(missing)) if missing else 0


def _missing(settings: Settings, issue_ids: Sequence[int]) -> int:
    numbers = ", ".join(map(str, issue_ids))
    say(f"Not in {settings.data_dir}: {numbers}. main.py issues lists them.", error=True)
    return FAILED
