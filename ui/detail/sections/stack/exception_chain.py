"""The order in which people read an event's exceptions, and how each came from another.

Shown newest first, the raised exception leads and its causes follow. Oldest first is Python's own order.
Exception groups, and exceptions that others suppressed, are a tree by `parent`, in the same order either way.
Those without a parent are a chain: each is the cause of the next.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.model import ExceptionInfo

_MEMBER = re.compile(r"\[(\d+)\]$")
CAUSE, CONTEXT, MEMBER, SUPPRESSED = "Caused by", "While handling", "Member", "Suppressed"


@dataclass(frozen=True, slots=True)
class Link:
    """One exception in reading order. `relation` names how it comes from the one before, if it does.

    `rails` says for each level of the tree above its own, and for its own, whether more follows there.
    """

    index: int
    depth: int = 0
    relation: str = ""
    rails: tuple[bool, ...] = ()


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
    if _is_a_line(exceptions, children, roots):
        return _line(exceptions, newest_first)
    links: list[Link] = []
    seen: set[int] = set()
    for root in reversed(roots):
        _walk(root, CAUSE if links else "", exceptions, children, seen, links)
    for rest in range(len(exceptions)):
        _walk(rest, "", exceptions, children, seen, links)
    return _with_rails(links)


def _is_a_line(exceptions: Sequence[ExceptionInfo], children: dict[int, list[int]], roots: list[int]) -> bool:
    if not children:
        return True
    return (
        len(roots) == 1
        and all(len(below) == 1 for below in children.values())
        and not any(is_member(exceptions[child]) for below in children.values() for child in below)
    )


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
    relation: str,
    exceptions: Sequence[ExceptionInfo],
    children: dict[int, list[int]],
    seen: set[int],
    links: list[Link],
) -> None:
    waiting = [(root, 0, relation)]
    while waiting:
        index, depth, relation = waiting.pop()
        if index in seen:
            continue
        seen.add(index)
        links.append(Link(index, depth, relation))
        below = [child for child in children.get(index, ()) if child not in seen]
        below.sort(key=lambda child: (not _counts(exceptions[child]), _number(exceptions[child]), -child))
        # Groups of one in groups of one are as flat as a chain.
        deeper = depth + 1 if depth or len(below) > 1 else depth
        for child, words in reversed(list(zip(below, _relations(exceptions, below), strict=True))):
            waiting.append((child, deeper, words))


def _relations(exceptions: Sequence[ExceptionInfo], below: list[int]) -> list[str]:
    """What each of the exceptions below one is to it; several of a kind are counted."""
    kinds = [_relation(exceptions[child]) for child in below]
    if len(below) > 1:
        # Where clients name no source, several exceptions below one are its members.
        kinds = [
            MEMBER if kind == CAUSE and not _source(exceptions[child]) else kind
            for kind, child in zip(kinds, below, strict=True)
        ]
    found = []
    for place, kind in enumerate(kinds):
        total = kinds.count(kind)
        if kind == MEMBER and total == 1:
            found.append("Only member")
        elif kind in (MEMBER, SUPPRESSED) and total > 1:
            found.append(f"{kind} {kinds[: place + 1].count(kind)} of {total}")
        else:
            found.append(kind)
    return found


def _with_rails(links: list[Link]) -> list[Link]:
    going_on: set[int] = set()
    found = []
    for link in reversed(links):
        rails = tuple(level in going_on for level in range(1, link.depth + 1))
        found.append(replace(link, rails=rails))
        going_on = {level for level in going_on if level < link.depth} | {link.depth}
    return found[::-1]


def _source(exception: ExceptionInfo) -> str:
    return str((exception.mechanism or {}).get("source") or "")[:200]


def is_member(exception: ExceptionInfo) -> bool:
    """Whether the client says that it is one of several: of a group, or suppressed."""
    return _relation(exception) in (MEMBER, SUPPRESSED)


def _counts(exception: ExceptionInfo) -> bool:
    return is_member(exception) or not _source(exception)


def _number(exception: ExceptionInfo) -> int:
    found = _MEMBER.search(_source(exception))
    return int(found[1][:9]) if found else -1


def _relation(exception: ExceptionInfo) -> str:
    source = _source(exception)
    if "suppressed" in source.casefold() or (exception.mechanism or {}).get("type") == "suppressed":
        return SUPPRESSED
    if source == "__context__":
        return CONTEXT
    return MEMBER if _MEMBER.search(source) else CAUSE


def lacks_members(exceptions: Sequence[ExceptionInfo], index: int) -> bool:
    """Whether this is a group of which no member came."""
    is_group = (exceptions[index].mechanism or {}).get("is_exception_group") is True
    return is_group and not any(other.parent == index for other in exceptions)


def mechanism_text(exception: ExceptionInfo) -> str:
    """`unhandled · flask`: whether the app handled it, and what caught it."""
    mechanism = exception.mechanism or {}
    parts = []
    if isinstance(handled := mechanism.get("handled"), bool):
        parts.append("handled" if handled else "unhandled")
    kind = mechanism.get("type")
    if isinstance(kind, str) and kind not in ("generic", "chained", "suppressed", ""):
        parts.append(kind[:60])
    return " · ".join(parts)
