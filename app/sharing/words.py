"""The parts of an event in words, as all forms in which it goes share them."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from app.model import Breadcrumb, Event, ExceptionInfo, Frame, Issue
from app.plain_text import one_line, plain, plural
from app.protocols.event.headline import whereabouts

LONGEST_TITLE = 300
LONGEST_FACT = 300
_MEMBER = re.compile(r"\[(\d{1,9})\]$")


class Raised(Struct, frozen=True):
    """One exception of the chain; `relation` says how it comes from the one before."""

    exception: ExceptionInfo
    relation: str


def title(event: Event) -> str:
    """The event's title on one line."""
    return one_line(event.title or event.message or "An error without a message", LONGEST_TITLE)


def where(frame: Frame) -> str:
    """`shop/payment.py:42` on one line."""
    name = one_line(frame.filename or frame.abs_path or frame.module or "?", LONGEST_FACT)
    return f"{name}:{frame.line}" if frame.line is not None else name


def function(frame: Frame) -> str:
    """The function's name on one line."""
    return one_line(frame.function or "?", LONGEST_FACT)


def raised_first(event: Event) -> list[Raised]:
    """The exception that was raised, and what it came from; the members of groups in their order."""
    exceptions = event.exceptions
    children: dict[int, list[int]] = {}
    for index, exception in enumerate(exceptions):
        if exception.parent is not None and exception.parent != index:
            children.setdefault(exception.parent, []).append(index)
    order: list[Raised] = []
    seen: set[int] = set()
    for start in reversed(range(len(exceptions))):
        root = start
        if exceptions[start].parent is not None and 0 <= (exceptions[start].parent or 0) < len(exceptions):
            root = _root(exceptions, start)
        waiting = [root, start] if root != start else [start]
        waiting.reverse()
        while waiting:
            index = waiting.pop()
            if index in seen:
                continue
            seen.add(index)
            order.append(Raised(exceptions[index], _relation(exceptions[index]) if order else ""))
            members = sorted(children.get(index, ()), key=lambda child: _member(exceptions[child]))
            waiting += reversed(members)
    return order


def _root(exceptions: Sequence[ExceptionInfo], index: int) -> int:
    seen = {index}
    while (parent := exceptions[index].parent) is not None and 0 <= parent < len(exceptions):
        if parent in seen:
            break
        seen.add(parent)
        index = parent
    return index


def _member(exception: ExceptionInfo) -> int:
    found = _MEMBER.search(str((exception.mechanism or {}).get("source", "")))
    return int(found[1]) if found else -1


def _relation(exception: ExceptionInfo) -> str:
    source = str((exception.mechanism or {}).get("source", ""))
    if _MEMBER.search(source):
        return "In the group"
    return "While handling" if source == "__context__" else "Caused by"


def facts(event: Event, issue: Issue | None) -> list[tuple[str, str]]:
    """Where, when, how often, and versions, as names and values of one line each."""
    found: list[tuple[str, Any]] = [
        ("Project", event.project),
        ("Level", str(event.level)),
        ("When", moment(event.timestamp)),
        ("Where", whereabouts(event)),
    ]
    if issue is not None:
        found += [
            (
                "How often",
                plural(issue.count, "time") + (f", {plural(issue.users, 'user')}" * bool(issue.users)),
            ),
            ("First seen", moment(issue.first_seen)),
            ("Last seen", moment(issue.last_seen)),
        ]
    found += [
        ("Release", event.release),
        ("Environment", event.environment),
        ("Server", event.server_name),
        ("Runtime", _named(event.contexts.get("runtime"))),
        ("System", _named(event.contexts.get("os"))),
        ("Browser", _browser(event) or _named(event.contexts.get("browser"))),
        ("Client", " ".join(filter(None, (event.sdk.name, event.sdk.version))) if event.sdk else None),
        ("Event", event.event_id),
    ]
    return [(name, one_line(str(value), LONGEST_FACT)) for name, value in found if value]


def _named(context: Any) -> str | None:
    if not isinstance(context, dict):
        return None
    words = [context.get("name"), context.get("version")]
    return " ".join(word for word in words if isinstance(word, str)) or None


def _browser(event: Event) -> str | None:
    agent = event.user_agent
    if agent is None:
        return None
    words = (
        agent.browser,
        agent.browser_version,
        agent.os and f"on {agent.os}",
        agent.os_version,
        agent.device,
    )
    return " ".join(word for word in words if word) or agent.raw


def moment(when: datetime) -> str:
    """`2026-11-23 14:05:12 UTC`."""
    return when.strftime("%Y-%m-%d %H:%M:%S UTC")


def value_line(value: Any, limit: int) -> str:
    """A value on one line of at most `limit` characters, as clients write it."""
    text = (value if isinstance(value, str) else _compact(value))[: limit + 1]
    line = one_line(text, limit)
    return f"{line[: limit - 1]}…" if len(text) > limit else line


def value_block(value: Any) -> str:
    """A value whole: a text as it is, all else as JSON."""
    if isinstance(value, str):
        return value
    try:
        return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    except (TypeError, ValueError, RecursionError, OverflowError):
        return repr(value)


def _compact(value: Any) -> str:
    try:
        return msgspec.json.encode(value).decode()
    except (TypeError, ValueError, RecursionError, OverflowError):
        return repr(value)


def block(text: str, limit: int) -> str:
    """The beginning of a text, lines and all, with a line that says how much is left out."""
    shown = plain(text[:limit].replace("\r\n", "\n").replace("\r", "\n"))
    left = len(text) - limit
    return f"{shown}\n… {plural(left, 'more character')}" if left > 0 else shown


def crumb_line(crumb: Breadcrumb, event: Event, limit: int = LONGEST_FACT) -> str:
    """`-1.204 s http GET /cart → 200` on one line."""
    when = ""
    if crumb.timestamp is not None:
        when = f"{(crumb.timestamp - event.timestamp).total_seconds():+,.3f} s"
    level = crumb.level if crumb.level not in (None, "info") else ""
    what = crumb.message or ""
    data = crumb.data
    if not what and "url" in data:
        status = data.get("status_code", "")
        parts = (data.get("method", ""), data["url"], f"→ {status}" if status != "" else "")
        what = " ".join(str(part) for part in parts if part)
    elif data:
        what = f"{what} {value_line(data, limit)}".strip()
    words = (when, level, crumb.category or crumb.type or "", what)
    return one_line(" ".join(word for word in words if word), limit)


def source_lines(frame: Frame, around: int) -> list[str]:
    """The source around the frame's line, numbered, with a mark at the line; `around` lines on each side."""
    near = [
        (number, text)
        for number, text in frame.context
        if frame.line is None or abs(number - frame.line) <= around
    ]
    width = max((len(str(number)) for number, _text in near), default=1)
    lines = []
    for number, text in near:
        mark = ">" if number == frame.line else " "
        lines.append(f"{mark} {number:>{width}} | {one_line(text.rstrip(), 400)}".rstrip())
    return lines
