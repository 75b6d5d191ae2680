"""An issue or an event as Markdown, its breadcrumbs, and the trace around it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from app import store, trace_detail
from app.assistants import found, outside
from app.assistants.call import Call
from app.assistants.tool import Bounded, Number, OfEvent
from app.detail import EventDetail
from app.model import from_micros, to_micros
from app.plain_text import one_line, plural
from app.sharing import copies, history, words

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.trace_detail import Around

_MOST_CRUMBS = 500
_TIMELINE = 8
_LONGEST_LINE = 400
_LONGEST_CRUMB = 1_000
_DEEPEST_INDENT = 30


class GetIssue(Bounded, kw_only=True):
    """Which issue."""

    issue: Number


class GetEvent(OfEvent, kw_only=True):
    """Which event."""


class GetBreadcrumbs(OfEvent, kw_only=True):
    """Which event, and how many of its breadcrumbs."""

    limit: Annotated[int, Meta(ge=1, le=_MOST_CRUMBS, description="How many, the last before the error.")] = (
        100
    )


class GetTraceAround(OfEvent, kw_only=True):
    """Which event."""


def get_issue(call: Call, given: GetIssue) -> str:
    """An issue with its timeline and its newest event."""
    with call.reading() as connection:
        issue = found.issue(call, connection, given.issue)
        whole = found.whole_event(call, connection, event_id="", number=issue.id)
        place = _place(connection, whole)
    head = f"Issue {issue.id} is {issue.state}.\n"
    lines = [
        call.rules.hide(one_line(f"{line.at:%Y-%m-%d %H:%M:%S} {line.title} {line.text}", _LONGEST_LINE))
        for line in whole.timeline[:_TIMELINE]
    ]
    tail = f"\n## Timeline of the issue, the newest first\n\n{outside.lines_within(lines, given.budget // 4)}"
    return _with_event(call, whole, head, f"\n{place}\n{tail}", given.budget)


def get_event(call: Call, given: GetEvent) -> str:
    """One event, whole."""
    with call.reading() as connection:
        whole = found.whole_event(call, connection, event_id=given.event_id, number=given.issue)
        place = _place(connection, whole)
    return _with_event(call, whole, f"Event of issue {whole.issue.id}.\n", f"\n{place}\n", given.budget)


def event_markdown(call: Call, whole: EventDetail, budget: int) -> str:
    """The Markdown that the window copies, in at most `budget` characters (1,000 at least)."""
    chosen = msgspec.structs.replace(call.chosen, markdown_characters=budget)
    text = copies.made(whole, "markdown", chosen, history.lines(whole.event, chosen)).text
    # The title stands in code marks, too: what they mean comes before it.
    return f"{outside.WARNING}\n\n{text.replace(outside.WARNING, '', 1)}"


def get_breadcrumbs(call: Call, given: GetBreadcrumbs) -> str:
    """What happened before an event."""
    with call.reading() as connection:
        whole = found.whole_event(call, connection, event_id=given.event_id, number=given.issue)
    event = found.going(call, whole)
    crumbs = event.breadcrumbs[-given.limit :]
    if not crumbs:
        return f"Event {event.event_id} of issue {whole.issue.id} has no breadcrumbs: its client sent none.\n"
    lines = [words.crumb_line(crumb, event, _LONGEST_CRUMB) for crumb in crumbs]
    head = (
        f"{len(crumbs)} of {plural(len(event.breadcrumbs), 'breadcrumb')} of event {event.event_id}, issue "
        f"{whole.issue.id}, the last before the error at the end; times are relative to "
        f"it.\n\n{outside.WARNING}\n\n"
    )
    return head + outside.lines_within(lines, given.budget - len(head) - 200, newest=True)


def get_trace_around(call: Call, given: GetTraceAround) -> str:
    """The spans of an event's trace, the log lines before it, and the trace's other errors."""
    with call.reading() as connection:
        whole = found.whole_event(call, connection, event_id=given.event_id, number=given.issue)
        around = trace_detail.read_around(connection, whole.event, whole.pk)
    head = f"Around event {whole.event.event_id} of issue {whole.issue.id}.\n\n{outside.WARNING}\n"
    room = given.budget - len(head) - 600
    parts = [head]
    if around.waterfall.bars:
        lines = [call.rules.hide(line) for line in _spans(around)]
        parts.append(
            f"\n## Spans of its trace, its own marked with >\n\n{outside.lines_within(lines, room // 2)}"
        )
    if around.lines:
        at = to_micros(whole.event.timestamp)
        name = "Log lines of the minute before" if around.by_time else "Log lines of its trace"
        lines = [call.rules.hide(line) for line in _log_lines(around, at)]
        parts.append(f"\n## {name}\n\n{outside.lines_within(lines, room // 3, newest=True)}")
    if around.errors:
        lines = [
            call.rules.hide(one_line(f"{each.event_id} issue {each.issue_id} {each.project}: {each.title}"))
            for each in around.errors
        ]
        parts.append(f"\n## Other errors of its trace\n\n{outside.lines_within(lines, room // 6)}")
    if len(parts) == 1:
        return (
            f"Nothing is stored around event {whole.event.event_id}: its app sends no spans and no log "
            f"lines, or they are older than {plural(call.chosen.traces_hours, 'hour')}.\n"
        )
    return "".join(parts)


def _with_event(call: Call, whole: EventDetail, head: str, tail: str, budget: int) -> str:
    head = f"{call.without_engine()}{head}\n"
    return f"{head}{event_markdown(call, whole, budget - len(head) - len(tail) - 100)}{tail}"


def _place(connection: "Connection", whole: EventDetail) -> str:
    """Where the event is among those of its issue, and the ids of its neighbours."""
    place = whole.place
    said = f"This is event {place.position} of {place.total} that are stored of it."
    for name, pk in (("previous", place.previous), ("next", place.next)):
        filed = None if pk is None else store.events.filed(connection, pk)
        if filed is not None:
            said += f" The {name} one is {filed.event_id}."
    return said


def _spans(around: "Around") -> Iterator[str]:
    waterfall = around.waterfall
    for bar in waterfall.bars:
        span = bar.span
        mark = ">" if span.span_id == around.span_id else " "
        took = f"{(bar.start - waterfall.start) / 1000:+.1f} ms, took {(bar.end - bar.start) / 1000:.1f} ms"
        text = " ".join(
            filter(None, (span.op, span.name, span.status and f"[{span.status}]", f"({bar.project})"))
        )
        yield f"{mark} {'  ' * min(bar.depth, _DEEPEST_INDENT)}{one_line(text, _LONGEST_LINE)}  {took}"
    if waterfall.left_out:
        yield f"… {plural(waterfall.left_out, 'span')} more were sent than are stored"


def _log_lines(around: "Around", at: int) -> Iterator[str]:
    for shown in around.lines:
        line = shown.line
        when = (from_micros(line.time) - from_micros(at)).total_seconds()
        text = " ".join(filter(None, (str(line.level), line.logger, line.message)))
        yield f"{when:+,.3f} s {one_line(text, _LONGEST_LINE)}"
