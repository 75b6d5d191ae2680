"""How an event's exceptions came of one another: a tree of causes, members, and what was suppressed.

Exceptions run cause first, the raised one last. One whose `parent` is named hangs there; those without are
a chain, each the cause of the next. What it is to its parent is said by its mechanism's `source`:
`__cause__`, `__context__`, `cause` or `InnerException` of a cause, `exceptions[0]`, `errors[1]` or
`InnerExceptions[2]` of a member
(https://develop.sentry.dev/sdk/data-model/event-payloads/exception/#exception-groups). Without a source, it
is a member if its parent says that it is a group, or is called one, or has several of them.
"""

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from app.model import ExceptionInfo

_NUMBER = re.compile(r"\[(\d{1,9})\]$")
_GROUP = re.compile(
    r"(?:(?:Exception|Error)Group|Aggregate(?:Error|Exception)|CompositeException|MultiError)$"
)
_LONGEST_SOURCE = 200


class Relation(StrEnum):
    """What an exception is to its parent, in words for people. What was raised is nothing to anyone."""

    RAISED = ""
    CAUSE = "Caused by"
    CONTEXT = "While handling"
    MEMBER = "Member"
    SUPPRESSED = "Suppressed"


SIDEWAYS = frozenset((Relation.MEMBER, Relation.SUPPRESSED))
"""Of these an exception may have many."""


class Branch(Struct, frozen=True):
    """Where an exception hangs: the index of its parent, and what it is to it.

    `number` is its place among the members as the client counts them, else -1.
    """

    parent: int | None
    relation: Relation
    number: int = -1


def has_tree(exceptions: Sequence[ExceptionInfo]) -> bool:
    """Whether any exception names its parent: all others are a chain."""
    return any(raised.parent is not None for raised in exceptions)


def branches(exceptions: Sequence[ExceptionInfo]) -> list[Branch]:
    """The branch of each exception, by its index. Inconsistent parents are as none; there are no circles."""
    parents = _parents(exceptions)
    without_source = Counter(
        raised.parent for raised in exceptions if raised.parent is not None and not source(raised)
    )
    return [
        Branch(parent, _relation(exceptions, index, parent, without_source), number(exceptions[index]))
        for index, parent in enumerate(parents)
    ]


def children(tree: Sequence[Branch]) -> dict[int | None, list[int]]:
    """The indexes of those that hang from each exception, in the order of the event; None: from nothing."""
    found: dict[int | None, list[int]] = {}
    for index, branch in enumerate(tree):
        found.setdefault(branch.parent, []).append(index)
    return found


def name_causes(exceptions: list[ExceptionInfo], start: int) -> None:
    """Let the chain from `start` to the end name its parents, so that it is not taken for a tree's trunk."""
    following: int | None = None
    for index in reversed(range(start, len(exceptions))):
        raised = exceptions[index]
        if raised.parent is None:
            if following is not None:
                mechanism = raised.mechanism or {}
                exceptions[index] = replace(
                    raised, parent=following, mechanism={"source": "cause", **mechanism}
                )
            following = index


def source(raised: ExceptionInfo) -> str:
    """What its mechanism calls the attribute of the parent that held it; empty where it says nothing."""
    return str((raised.mechanism or {}).get("source") or "")[:_LONGEST_SOURCE]


def number(raised: ExceptionInfo) -> int:
    """Its place among the members, as its source has it: -1 where it has none."""
    found = _NUMBER.search(source(raised))
    return int(found[1]) if found else -1


def _parents(exceptions: Sequence[ExceptionInfo]) -> list[int | None]:
    count = len(exceptions)
    parents: list[int | None] = [None] * count
    following: int | None = None
    for index in reversed(range(count)):
        own = exceptions[index].parent
        if own is not None and 0 <= own < count and own != index:
            parents[index] = own
        else:
            parents[index] = following
            following = index
    is_rooted = [False] * count
    for start in reversed(range(count)):
        path: dict[int, None] = {}
        place: int | None = start
        while place is not None and not is_rooted[place] and place not in path:
            path[place] = None
            place = parents[place]
        if place is not None and place in path:
            # A circle is cut where it comes back to where it was entered.
            parents[place] = None
        for each in path:
            is_rooted[each] = True
    return parents


def _relation(
    exceptions: Sequence[ExceptionInfo], index: int, parent: int | None, without_source: Counter[int]
) -> Relation:
    if parent is None:
        return Relation.RAISED
    raised = exceptions[index]
    named = source(raised)
    if "suppressed" in named.casefold() or (raised.mechanism or {}).get("type") == "suppressed":
        return Relation.SUPPRESSED
    if named:
        if named == "__context__":
            return Relation.CONTEXT
        return Relation.MEMBER if _NUMBER.search(named) else Relation.CAUSE
    if raised.parent != parent:
        # Of the chain.
        return Relation.CAUSE
    holder = exceptions[parent]
    is_group = (holder.mechanism or {}).get("is_exception_group") is True or _GROUP.search(holder.type or "")
    return Relation.MEMBER if is_group or without_source[parent] > 1 else Relation.CAUSE
