"""Stack traces as CPython prints them: its traceback.py, with chains and exception groups."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from app import exception_tree
from app.exception_tree import SIDEWAYS, Branch, Relation
from app.model import ExceptionInfo, Frame
from app.source.trace_parts import headed, own_line, path, qualified, value

_CAUSE = "The above exception was the direct cause of the following exception:"
_CONTEXT = "During handling of the above exception, another exception occurred:"
_DEEPEST_GROUP = 40


class _Tree(Struct, frozen=True):
    exceptions: Sequence[ExceptionInfo]
    branches: Sequence[Branch]
    children: dict[int | None, list[int]]

    def cause(self, index: int) -> int | None:
        below = self.children.get(index, ())
        return next((each for each in below if self.branches[each].relation not in SIDEWAYS), None)

    def members(self, index: int) -> list[int]:
        below = self.children.get(index, ())
        found = [each for each in below if self.branches[each].relation in SIDEWAYS]
        return sorted(found, key=lambda each: self.branches[each].number)


def printed(exceptions: Sequence[ExceptionInfo]) -> Iterator[str]:
    """All exceptions of a chain, causes above what came of them, members of groups indented below."""
    branches = exception_tree.branches(exceptions)
    tree = _Tree(exceptions, branches, exception_tree.children(branches))
    seen: set[int] = set()
    for root in tree.children.get(None, ()):
        yield from _python_chain(tree, root, 0, seen)


def _python_chain(tree: _Tree, raised: int, depth: int, seen: set[int]) -> Iterator[str]:
    """An exception below its causes; `depth` is that of the groups around it. As CPython's traceback.py."""
    chain = []
    index: int | None = raised
    while index is not None and index not in seen:
        seen.add(index)
        chain.append(index)
        index = tree.cause(index)
    margin = "  " * depth + ("| " if depth else "")
    for place, index in reversed(list(enumerate(chain))):
        members = tree.members(index)
        if members and depth < _DEEPEST_GROUP:
            yield from _python_group(tree, index, members, depth, seen)
        else:
            yield from (margin + line for line in _python_lines(tree.exceptions[index], "Traceback"))
        if place:
            text = _CONTEXT if tree.branches[index].relation is Relation.CONTEXT else _CAUSE
            yield from (margin + line for line in ("", text, ""))


def _python_group(tree: _Tree, index: int, members: list[int], depth: int, seen: set[int]) -> Iterator[str]:
    inner = max(depth, 1)
    margin = "  " * inner
    exception = tree.exceptions[index]
    for number, line in enumerate(_python_lines(exception, "Exception Group Traceback")):
        yield f"{margin}{'+' if not number and not depth and exception.frames else '|'} {line}"
    for number, member in enumerate(members, 1):
        yield f"{margin}{'+-' if number == 1 else '  '}+---------------- {number} ----------------"
        yield from _python_chain(tree, member, inner + 1, seen)
    if not tree.members(members[-1]):
        yield f"{margin}  +------------------------------------"


def _python_lines(exception: ExceptionInfo, heading: str) -> Iterator[str]:
    if exception.frames:
        yield f"{heading} (most recent call last):"
        for frame in exception.frames:
            yield from call(frame)
    yield from headed(qualified(exception), value(exception)).split("\n")


def call(frame: Frame) -> Iterator[str]:
    """One frame: its place, and its line of source."""
    place = f", line {frame.line}" if frame.line is not None else ""
    yield f'  File "{path(frame)}"{place}, in {frame.function or "<module>"}'
    if text := own_line(frame):
        yield f"    {text}"
