"""The parts of an event in words, as all forms in which it goes share them."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from app import exception_tree
from app.exception_tree import SIDEWAYS, Relation
from app.model import Breadcrumb, Event, ExceptionInfo, Frame, Issue
from app.plain_text import one_line, plain, plural
from app.protocols.event.headline import whereabouts

LONGEST_TITLE = 300
LONGEST_FACT = 300


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
    """The exception that was raised, and what it came from; the members of groups in their order.

    What an exception came of stands right behind it, before its members and the next one of its group.
    """
    exceptions = event.exceptions
    tree = exception_tree.branches(exceptions)
    below = exception_tree.children(tree)
    is_nested = len({branch.parent for branch in tree if branch.relation in SIDEWAYS}) > 1
    order: list[Raised] = []
    # With the place of the member that it is, or is a cause of: (3, 1) is the first member of the third.
    waiting: list[tuple[int, tuple[int, ...]]] = [(root, ()) for root in below.get(None, ())]
    while waiting:
        index, place = waiting.pop()
        relation = _RELATIONS[tree[index].relation] if order else ""
        if is_nested and tree[index].relation in SIDEWAYS:
            relation += ", " + ".".join(map(str, place))
        order.append(Raised(exceptions[index], relation))
        own = sorted(
            below.get(index, ()),
            key=lambda each: (tree[each].relation in SIDEWAYS, tree[each].number, -each),
        )
        causes = sum(tree[each].relation not in SIDEWAYS for each in own)
        waiting += [
            (each, (*place, number) if number > 0 else place)
            for number, each in reversed([*enumerate(own, 1 - causes)])
        ]
    return order


_RELATIONS = {
    Relation.RAISED: "Caused by",
    Relation.CAUSE: "Caused by",
    Relation.CONTEXT: "While handling",
    Relation.MEMBER: "In the group",
    Relation.SUPPRESSED: "Suppressed",
}


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
