"""An event as Markdown: for a colleague, a ticket, or an AI. What helps to fix it, and no more."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.model import ExceptionInfo, Frame
from app.plain_text import one_line
from ui.detail.curl import full_url
from ui.detail.sections.breadcrumbs import summary
from ui.detail.sections.exception_chain import reading_order
from ui.detail.sections.frame_row import where
from ui.detail.value_text import preview
from ui.wording import before

if TYPE_CHECKING:  # it brings SQLAlchemy, which the window imports off the UI thread only
    from app.detail import EventDetail

_MOST_FRAMES = 40
_MOST_CRUMBS = 15
_LONGEST_VALUE = 2_000
_LONGEST_LOCAL = 160


def as_markdown(detail: "EventDetail") -> str:
    """Title, facts, exceptions with their frames, locals of the frame that failed, request, breadcrumbs."""
    event = detail.event
    title = one_line(event.title or event.message or "Error", 300)
    parts = [f"# {title}", "", *_facts(detail), ""]
    if event.message and event.message not in event.title:
        parts += [*_fenced(event.message[:_LONGEST_VALUE]), ""]
    for link in reading_order(event.exceptions, newest_first=True):
        parts += _exception(event.exceptions[link.index], link.relation)
    if event.request and event.request.url:
        address = f"{event.request.method or ''} {full_url(event.request)}".strip()
        parts += ["## Request", "", *_fenced(address), ""]
    if event.breadcrumbs:
        parts += ["## Breadcrumbs", ""]
        lines = []
        for crumb in event.breadcrumbs[-_MOST_CRUMBS:]:
            when = before(crumb.timestamp, event.timestamp) if crumb.timestamp else ""
            what = one_line(summary(crumb), 300)
            lines.append(" ".join(word for word in (when, crumb.category or crumb.type or "", what) if word))
        parts += [*_fenced("\n".join(lines)), ""]
    return "\n".join(parts).rstrip() + "\n"


def _facts(detail: "EventDetail") -> list[str]:
    event = detail.event
    facts = {
        "Project": event.project,
        "Level": str(event.level),
        "When": event.timestamp.isoformat(timespec="seconds"),
        "Culprit": event.culprit,
        "Release": event.release,
        "Environment": event.environment,
        "Server": event.server_name,
        "Seen": f"{detail.issue.count:,} times",
        "First seen": detail.issue.first_seen.isoformat(timespec="seconds"),
        "Event": event.event_id,
    }
    return [f"- {name}: {one_line(fact, 300)}" for name, fact in facts.items() if fact]


def _exception(exception: ExceptionInfo, relation: str) -> list[str]:
    kind = one_line(exception.type or "Exception", 200)
    parts = [f"## {relation + ': ' if relation else ''}{kind}", ""]
    if exception.value:
        parts += [*_fenced(exception.value[:_LONGEST_VALUE]), ""]
    if exception.frames:
        left_out = len(exception.frames) - _MOST_FRAMES
        lines = [f"({left_out} older frames left out)"] if left_out > 0 else []
        for frame in exception.frames[-_MOST_FRAMES:]:
            lines += _frame(frame)
        parts += ["Most recent call last:", "", *_fenced("\n".join(lines)), ""]
        parts += _locals(exception.frames)
    return parts


def _frame(frame: Frame) -> Iterable[str]:
    mark = "" if frame.in_app else "  (library)"
    yield f"{one_line(where(frame))} in {one_line(frame.function or '?')}{mark}"
    for number, text in frame.context:
        if frame.in_app and number == frame.line:
            yield f"    {one_line(text.strip(), 400)}"


def _locals(frames: tuple[Frame, ...]) -> list[str]:
    failed = next((frame for frame in reversed(frames) if frame.in_app), frames[-1])
    if not failed.vars:
        return []
    lines = [f"{name} = {preview(value, _LONGEST_LOCAL)}" for name, value in list(failed.vars.items())[:40]]
    return [f"Locals in `{one_line(failed.function or '?', 100)}`:", "", *_fenced("\n".join(lines)), ""]


def _fenced(text: str) -> list[str]:
    """A code block whose fence is longer than any that the text holds."""
    fence = "```"
    while fence in text:
        fence += "`"
    return [fence, text, fence]
