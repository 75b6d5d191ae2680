"""What an assistant does to issues: by the same functions as the commands, and into the same timelines."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from app import detail, store
from app.assistants import found, outside
from app.assistants.call import Call, Refused
from app.assistants.tool import Arguments, Number
from app.clock import now_micros
from app.fix_check import at_commit
from app.git import frames
from app.git.command import GitError
from app.local_files import locate
from app.model import LONGEST_NOTE, MuteRule
from app.plain_text import one_line

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.inbox.issues.fixes import Fix
    from app.store.inbox.triage.actions import Undo

_MOST_ISSUES = 50
_LONGEST_MUTE = 366 * 24 * 60
_MINUTE = 60_000_000

Issues = Annotated[
    list[Number], Meta(min_length=1, max_length=_MOST_ISSUES, description="The numbers of the issues.")
]
Times = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Act = Callable[["Connection", Sequence[int], int], "Undo"]


class ResolveIssue(Arguments, kw_only=True):
    """Which issues, and which build has the fix."""

    issues: Issues
    release: Annotated[
        str,
        Meta(
            max_length=200, description="The release that has the fix. Empty: the newest that the app sent."
        ),
    ] = ""
    commit: Annotated[
        str,
        Meta(
            max_length=200,
            description="Instead: the commit that has the fix, such as HEAD. Builds without it do not "
            "bring the issues back.",
        ),
    ] = ""
    repository: Annotated[
        str,
        Meta(
            max_length=4_000,
            description="For commit: a folder in its repository, below one that the person has "
            "confirmed. Empty: that of the file that failed.",
        ),
    ] = ""


class MuteIssue(Arguments, kw_only=True):
    """Which issues, and what ends it; without any, it lasts until somebody reopens them."""

    issues: Issues
    minutes: Annotated[int, Meta(ge=0, le=_LONGEST_MUTE, description="For so many minutes.")] = 0
    until_more: Annotated[Times, Meta(description="Until so many more events came.")] = 0
    until_per_hour: Annotated[Times, Meta(description="Until so many come within an hour.")] = 0
    until_escalating: Annotated[bool, Meta(description="Until they come well above their usual rate.")] = (
        False
    )


class ReopenIssue(Arguments, kw_only=True):
    """Which issues."""

    issues: Issues


class AddNote(Arguments, kw_only=True):
    """Which issue, and the note."""

    issue: Number
    text: Annotated[
        str, Meta(min_length=1, max_length=LONGEST_NOTE, description="Plain text, for the person's timeline.")
    ]


def resolve_issue(call: Call, given: ResolveIssue) -> str:
    """Resolve issues, in a release or at a commit."""
    if given.release and given.commit:
        raise Refused("Say either release or commit, not both.")
    fix = _fix(call, given) if given.commit else None

    def act(connection: "Connection", issue_ids: Sequence[int], now: int) -> "Undo":
        return store.actions.resolve(connection, issue_ids, now, release=given.release or None, fix=fix)

    return _act(call, given.issues, f"Resolved at {fix.hash[:9]}" if fix else "Resolved", act)


def mute_issue(call: Call, given: MuteIssue) -> str:
    """Mute issues."""
    ends = [given.minutes, given.until_more, given.until_per_hour, given.until_escalating]
    if sum(map(bool, ends)) > 1:
        raise Refused("Say one of minutes, until_more, until_per_hour and until_escalating, or none of them.")
    rule = MuteRule(
        more=given.until_more or None,
        per_hour=given.until_per_hour or None,
        escalating=given.until_escalating,
    )

    def act(connection: "Connection", issue_ids: Sequence[int], now: int) -> "Undo":
        until = now + given.minutes * _MINUTE if given.minutes else None
        return store.actions.mute(
            connection, issue_ids, now, rule=rule if any(ends[1:]) else None, until=until
        )

    return _act(call, given.issues, "Muted", act)


def reopen_issue(call: Call, given: ReopenIssue) -> str:
    """Put issues back into the inbox."""
    return _act(call, given.issues, "Reopened", store.actions.reopen)


def add_note(call: Call, given: AddNote) -> str:
    """Write a note into an issue's timeline."""
    with call.writing() as connection:
        issue = found.issue(call, connection, given.issue)
        try:
            store.actions.note(connection, issue.id, given.text, now_micros())
        except ValueError as error:
            raise Refused(str(error)) from error
    return f"Noted in the timeline of issue {issue.id}.\n"


def _act(call: Call, numbers: Sequence[int], done: str, act: Act) -> str:
    with call.writing() as connection:
        asked = store.corrections.shown(connection, list(dict.fromkeys(numbers)))
        known = store.issues.triage_states(connection, asked)
        missing = [each for each in asked if each not in known]
        if missing:
            # All or none: who names a wrong number may have meant other issues altogether.
            raise Refused(
                f"Nothing was done: there is no issue {', '.join(map(str, missing))}. "
                f"{found.nearest(call, connection)}"
            )
        changed = [before.id for before in act(connection, asked, now_micros()).before]
    same = [each for each in asked if each not in changed]
    said = f"{done}: {', '.join(map(str, changed))}.\n" if changed else ""
    return said + (f"Nothing to change: {', '.join(map(str, same))}.\n" if same else "")


def _fix(call: Call, given: ResolveIssue) -> "Fix":
    with call.reading() as connection:
        its = found.issue(call, connection, given.issues[0])
        releases = store.releases.recent(connection, store.corrections.shown(connection, given.issues))
        pk = store.events.newest(connection, its.id)
        whole = None if pk is None else detail.read_event(connection, pk)
    if given.repository:
        folder = _confirmed(call, given.repository)
    else:
        files = () if whole is None else frames.of_event(whole.event, call.chosen).frames
        if not files:
            raise Refused(
                "No file of the issue is below a folder that the person has confirmed, so say in which "
                "repository the commit is: repository."
            )
        folder = files[0].path.parent
    try:
        return at_commit.look_up(folder, given.commit, releases, call.given_up)
    except GitError as error:
        raise Refused(f"{error} Nothing was resolved.") from error


def _confirmed(call: Call, name: str) -> Path:
    try:
        folder = Path(name).expanduser().resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise Refused(f"{outside.code(one_line(name))} is no folder.") from error
    if not any(folder.is_relative_to(root) for root in locate.confirmed_folders(call.chosen)):
        raise Refused(
            f"{outside.code(one_line(str(folder)))} is below no folder that the person has confirmed: in "
            "the window, Preferences, Folders, they say which ones may be read. Leave commit out, or say "
            "release."
        )
    return folder
