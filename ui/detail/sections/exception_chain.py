"""The order in which people read an event's exceptions, and how each came from another.

Shown newest first, the raised exception leads and its causes follow. Oldest first is Python's own order.
Exception groups are a tree by `parent`, in the same order either way.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.model import ExceptionInfo

_MEMBER = re.compile(r"\[(\d+)\]$")


@dataclass(frozen=True, slots=True)
class Link:
    """One exception in reading order. `relation` names how it comes from the one before, if it does."""

    index: int
    depth: int = 0
    relation: str = ""


def reading_order(exceptions: Sequence[ExceptionInfo], *, newest_first: bool) -> list[Link]:
    """Every exception once, even where the parents are inconsistent."""
    children: dict[int, list[int]] = {}
    roots = []
    for index, exception in enumerate(exceptions):
        parent = exception.parent
        if parent is not None and 0 <= parent < len(exceptions) and parent != index:
            children.setdefault(parent, []).append(index)
        else:
            roots.append(index)
    if len(roots) in (1, len(exceptions)) and all(len(members) == 1 for members in children.values()):
        return _line(exceptions, newest_first)
    links: list[Link] = []
    seen: set[int] = set()
    for root in [*reversed(roots), *range(len(exceptions))]:
        _walk(root, exceptions, children, seen, links)
    return links


def _line(exceptions: Sequence[ExceptionInfo], newest_first: bool) -> list[Link]:
    order = range(len(exceptions))
    if newest_first:
        last = len(exceptions) - 1
        return [
            Link(index, relation="" if index == last else _relation(exceptions[index]))
            for index in reversed(order)
        ]
    return [Link(index, relation="Which led to" if index else "") for index in order]


def _walk(
    root: int,
    exceptions: Sequence[ExceptionInfo],
    children: dict[int, list[int]],
    seen: set[int],
    links: list[Link],
) -> None:
    waiting = [(root, 0, "")]
    while waiting:
        index, depth, relation = waiting.pop()
        if index in seen:
            continue
        seen.add(index)
        links.append(Link(index, depth, relation))
        members = sorted(
            children.get(index, ()), key=lambda child: (_member_number(exceptions[child]), -child)
        )
        deeper = depth + 1 if len(members) > 1 else depth
        for place, child in reversed(list(enumerate(members, 1))):
            relation = _relation(exceptions[child])
            if len(members) > 1 and relation == "Caused by":
                relation = f"In the group, {place} of {len(members)}"
            waiting.append((child, deeper, relation))


def _member_number(exception: ExceptionInfo) -> int:
    found = _MEMBER.search(str((exception.mechanism or {}).get("source", "")))
    return int(found[1][:9]) if found else -1


def _relation(exception: ExceptionInfo) -> str:
    source = str((exception.mechanism or {}).get("source", ""))
    if source == "__context__":
        return "While handling"
    return "Caused by"


def mechanism_text(exception: ExceptionInfo) -> str:
    """`unhandled · flask`: whether the app handled it, and what caught it."""
    mechanism = exception.mechanism or {}
    parts = []
    if isinstance(handled := mechanism.get("handled"), bool):
        parts.append("handled" if handled else "unhandled")
    kind = mechanism.get("type")
    if isinstance(kind, str) and kind not in ("generic", "chained", ""):
        parts.append(kind[:60])
    return " · ".join(parts)
