"""Waits for the next error, and says whether an issue came back.

Nothing is run here: whoever calls runs the program itself, before or meanwhile.
"""

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from app import store
from app.assistants import event_tools, found, outside
from app.assistants.call import Call, Refused
from app.assistants.issue_tools import position_line, query_problems
from app.assistants.project_names import unknown_project
from app.assistants.tool import LARGEST_NUMBER, Bounded, Name, Number, Search
from app.clock import now_micros
from app.fix_check import holding, reruns
from app.fix_check.holding import Verdict
from app.model import EventSummary, Issue, IssueState, from_micros, to_micros
from app.next_error import NextError, Wanted
from app.plain_text import one_line, plural
from app.sharing import words

if TYPE_CHECKING:
    from app.store.database import Connection, Database

LONGEST_WAIT = 3_600
_POLL_SECONDS = 0.1
# Assistants give a call up after a minute, unless they are told that it goes on.
_USUAL_WAIT = 45
_SECONDS = Annotated[float, Meta(ge=0, le=LONGEST_WAIT, description="For so many seconds at most.")]
_AFTER = Annotated[
    int,
    Meta(
        ge=-1,
        le=LARGEST_NUMBER,
        description="A position that an answer here has named: what came since then counts, too. -1: "
        "from now on.",
    ),
]


class WaitForError(Bounded, kw_only=True):
    """Which error, and for how long."""

    project: Annotated[Name, Meta(description="Only of this project.")] = ""
    query: Annotated[Search, Meta(description="Only what this search finds, as in search_issues.")] = ""
    new: Annotated[bool, Meta(description="Only of an issue that was not there before.")] = False
    after: _AFTER = -1
    timeout: _SECONDS = _USUAL_WAIT


class VerifyIssue(Bounded, kw_only=True):
    """Which issue, since when, and for how long."""

    issue: Number
    since: Annotated[
        str,
        Meta(
            max_length=64,
            description="A moment, as 2026-11-30T14:05:00Z. Empty: `after`, or else when it was resolved.",
        ),
    ] = ""
    after: _AFTER = -1
    timeout: Annotated[
        float,
        Meta(
            ge=0, le=LONGEST_WAIT, description="Wait for so many seconds for it to come back. 0: only look."
        ),
    ] = 0


def wait_for_error(call: Call, given: WaitForError) -> str:
    """The next error that is filed."""
    said = query_problems(given.query)
    wanted = Wanted(given.project or None, given.query, given.new)
    with call.store() as opened:
        waiting = NextError(opened, wanted, after=given.after if given.after >= 0 else None)
        come = waiting.wait(given.timeout, call.given_up.wait)
        if come is None:
            with opened.reading() as connection:
                unknown = unknown_project(connection, given.project) if given.project else ""
            return (
                f"{call.without_engine()}{said}{unknown}No error came within {given.timeout:g} seconds.\n"
                f"{position_line(waiting.position)}"
            )
        with opened.reading() as connection:
            whole = found.event(call, connection, come.pk)
    head = f"{said}An error of issue {whole.issue.id}, which is {whole.issue.state}.\n\n"
    tail = position_line(come.pk)
    return head + event_tools.event_markdown(call, whole, given.budget - len(head) - len(tail)) + tail


class _Since(Struct, frozen=True, kw_only=True):
    """From when on an issue may have come back, and how that is said: a time, in microseconds, or a position.

    `by_state`: it is back when its state says so. What comes from builds without the fix does not count then.
    """

    said: str
    at: int = 0
    position: int = -1
    by_state: bool = False


def verify_issue(call: Call, given: VerifyIssue) -> str:
    """Whether an issue came back."""
    ends = time.monotonic() + given.timeout
    with call.store() as opened:
        with opened.reading() as connection:
            since = _since(call, connection, given)
        issue, come = _look(call, opened, given, since)
        while come is None and (left := ends - time.monotonic()) > 0 and not call.given_up.is_set():
            call.given_up.wait(min(_POLL_SECONDS, left))
            issue, come = _look(call, opened, given, since)
        with opened.reading() as connection:
            judged = "" if come is not None else _judged(call, connection, issue, since)
            position = store.events.last(connection)
    head = call.without_engine()
    if come is None:
        return (
            f"{head}Issue {issue.id} did not come back since {since.said}.{judged}\n{position_line(position)}"
        )
    return (
        f"{head}Issue {issue.id} came back since {since.said}: it is {issue.state}. Its newest event is "
        f"{come.event_id}, which get_event shows.\n\n{outside.WARNING}\n\n"
        f"{outside.fenced(call.rules.hide(one_line(come.title)))}{position_line(position)}"
    )


def _look(
    call: Call, opened: "Database", given: VerifyIssue, since: _Since
) -> tuple[Issue, EventSummary | None]:
    with opened.reading() as connection:
        issue = found.issue(call, connection, given.issue)
        return issue, _come_back(connection, issue, since)


def _since(call: Call, connection: "Connection", given: VerifyIssue) -> _Since:
    if given.since:
        return _moment(given.since)
    if given.after >= 0:
        return _Since(said=f"position {given.after}", position=given.after)
    issue = found.issue(call, connection, given.issue)
    resolved = next(
        (
            line
            for line in store.history.timeline(connection, issue.id)
            if line.kind == store.history.Act.RESOLVED
        ),
        None,
    )
    if resolved is None:
        raise Refused(
            f"Issue {issue.id} has not been resolved, so say since when: since, a moment such as "
            f"{_example()}, or after, a position."
        )
    said = f"it was resolved ({words.moment(resolved.at)})"
    return _Since(said=said, at=to_micros(resolved.at), by_state=True)


def _moment(text: str) -> _Since:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"“{one_line(text, 64)}” is no moment. Write one such as {_example()}.") from error
    at = (at if at.tzinfo is not None else at.replace(tzinfo=UTC)).astimezone(UTC)
    return _Since(said=words.moment(at), at=to_micros(at))


def _example() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _come_back(connection: "Connection", issue: Issue, since: _Since) -> EventSummary | None:
    """The newest event of the issue, if it came since then."""
    pk = store.events.newest(connection, issue.id)
    if pk is None or pk <= since.position or (since.by_state and issue.state is IssueState.RESOLVED):
        return None
    if since.position < 0 and _arrivals(connection, issue)[0] <= since.at:
        return None
    return store.events.summaries(connection, issue_id=issue.id, limit=1)[0]


def _arrivals(connection: "Connection", issue: Issue) -> tuple[int, ...]:
    """When its last events came, the newest first."""
    return tuple(sorted(store.recurrence.read(connection, issue.id, None).arrivals, reverse=True)) or (0,)


def _judged(call: Call, connection: "Connection", issue: Issue, since: _Since) -> str:
    """What it says that nothing came, in a sentence."""
    little = " That says something only if what made it fail has run since."
    if since.position >= 0 or store.events.newest(connection, issue.id) is None:
        return little
    event = found.whole_event(call, connection, event_id="", number=issue.id).event
    known = reruns.read(connection, issue.id, event.project, event.transaction, since.at)
    arrivals = [from_micros(at) for at in known.arrivals if at <= since.at]
    ran = [from_micros(at) for at in known.elsewhere]
    judged = holding.judge(from_micros(since.at), from_micros(now_micros()), arrivals, ran)
    late = sum(at > since.at for at in known.arrivals)
    old = f" {plural(late, 'event')} came of builds without the fix, which do not count." if late else ""
    if judged.verdict is not Verdict.HOLDS:
        return f"{old}{little}"
    if judged.times:
        return f"{old} It holds: its transaction was seen to run {plural(judged.times, 'time')} without it."
    return (
        f"{old} It seems to hold: it has been quiet for {judged.quiet:.1f} times as long as it usually took."
    )
