"""The order in which people read an event's exceptions, and how each came from another.

Shown newest first, the raised exception leads and its causes follow. Oldest first is Python's own order.
Exception groups, and exceptions that others suppressed, are a tree (`app.exception_tree`), in the same
order either way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app import exception_tree
from app.exception_tree import SIDEWAYS, Branch, Relation
from app.model import ExceptionInfo


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
    tree = exception_tree.branches(exceptions)
    below = exception_tree.children(tree)
    is_line = all(len(each) == 1 for each in below.values())
    if is_line and not any(branch.relation in SIDEWAYS for branch in tree):
        return _line(tree, below, newest_first)
    links: list[Link] = []
    for root in reversed(below.get(None, ())):
        _walk(root, tree, below, links)
    return _with_rails(links)


def _line(tree: Sequence[Branch], below: dict[int | None, list[int]], newest_first: bool) -> list[Link]:
    order: list[int] = []
    while following := below.get(order[-1] if order else None):
        order += following
    if newest_first:
        return [Link(index, relation=tree[index].relation) for index in order]
    return [
        Link(index, relation="Which led to" if place else "") for place, index in enumerate(reversed(order))
    ]


def _walk(root: int, tree: Sequence[Branch], below: dict[int | None, list[int]], links: list[Link]) -> None:
    """The subtree of `root`: members and what was suppressed in their order, and causes behind them."""
    waiting = [(root, 0, str(Relation.CAUSE) if links else "")]
    while waiting:
        index, depth, words = waiting.pop()
        links.append(Link(index, depth, words))
        own = sorted(
            below.get(index, ()),
            key=lambda each: (tree[each].relation not in SIDEWAYS, tree[each].number, -each),
        )
        # Groups of one in groups of one are as flat as a chain.
        deeper = depth + 1 if depth or len(own) > 1 else depth
        for child, relation in reversed(list(zip(own, _relations(tree, own), strict=True))):
            waiting.append((child, deeper, relation))


def _relations(tree: Sequence[Branch], own: list[int]) -> list[str]:
    """What each of the exceptions below one is to it; several of a kind are counted."""
    kinds = [tree[child].relation for child in own]
    found = []
    for place, kind in enumerate(kinds):
        total = kinds.count(kind)
        if kind is Relation.MEMBER and total == 1:
            found.append("Only member")
        elif kind in SIDEWAYS and total > 1:
            found.append(f"{kind} {kinds[: place + 1].count(kind)} of {total}")
        else:
            found.append(str(kind))
    return found


def _with_rails(links: list[Link]) -> list[Link]:
    going_on: set[int] = set()
    found = []
    for link in reversed(links):
        rails = tuple(level in going_on for level in range(1, link.depth + 1))
        found.append(replace(link, rails=rails))
        going_on = {level for level in going_on if level < link.depth} | {link.depth}
    return found[::-1]


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
