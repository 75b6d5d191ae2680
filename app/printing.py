"""How issues and events look in a terminal, and as the JSON of the command-line contract."""

from collections.abc import Sequence
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.model import Event, EventSummary, Issue, Level

ISSUE_FIELDS = (
    "id", "project", "title", "type", "value", "culprit", "level", "state", "count", "users",
    "first_seen", "last_seen",
)  # fmt: skip
EVENT_FIELDS = ("event_id", "issue_id", "project", "timestamp", "level", "title")
STYLES = {
    Level.FATAL: "bold red",
    Level.ERROR: "red",
    Level.WARNING: "yellow",
    Level.INFO: "blue",
    Level.DEBUG: "dim",
}
SHORT = 100

_encode = msgspec.json.Encoder().encode


def as_json(value: Any, fields: Sequence[str] | None = None) -> str:
    """`value` as one line of JSON, with only `fields` of it when they are given."""
    if fields is not None:
        value = {name: getattr(value, name) for name in fields}
    return _encode(value).decode()


def print_issues(console: Console, issues: Sequence[Issue]) -> None:
    """A table of issues."""
    table = Table("id", "", "issue", "project", "events", "last seen", box=None, pad_edge=False)
    for issue in issues:
        table.add_row(
            str(issue.id),
            _level(issue.level),
            Text(_short(issue.title) + (f"\n{_short(issue.culprit)}" if issue.culprit else "")),
            Text(issue.project),
            str(issue.count),
            f"{issue.last_seen.astimezone():%Y-%m-%d %H:%M:%S}",
        )
    console.print(table)


def print_event(console: Console, event: EventSummary) -> None:
    """One line about an event."""
    line = Text(f"{event.timestamp.astimezone():%H:%M:%S}  ", style="dim")
    line.append_text(_level(event.level))
    line.append(f"  {event.project}  ", style="cyan").append(_short(event.title), style="default")
    line.append(f"  {event.event_id}", style="dim")
    console.print(line, soft_wrap=True)


def print_whole_event(console: Console, event: Event) -> None:
    """An event for a person: what failed, where, and in which request."""
    console.print(Text(event.title, style="bold"))
    console.print(f"{event.level} in {event.project}, {event.timestamp.astimezone():%Y-%m-%d %H:%M:%S}")
    for exception in event.exceptions:
        for frame in exception.frames:
            style = "default" if frame.in_app else "dim"
            where = f"{frame.filename}:{frame.line} in {frame.function}"
            console.print(Text(f"  {where}", style=style))
            console.print(
                Text("".join(f"    {text.strip()}\n" for n, text in frame.context if n == frame.line), end="")
            )
        console.print(Text(f"{exception.type}: {exception.value}", style="red"))
    if event.message and not event.exceptions:
        console.print(Text(event.message))
    if event.request is not None:
        console.print(Text(f"{event.request.method or ''} {event.request.url or ''}".strip()))
    for problem in event.problems:
        console.print(Text(f"not understood: {problem}", style="yellow"))


def _level(level: Level) -> Text:
    return Text(f"{level:<7}", style=STYLES[level])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"
