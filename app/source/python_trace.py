"""Stack traces as CPython prints them: its traceback.py, with chains and exception groups."""

import re
from collections.abc import Iterator, Sequence

from app.model import ExceptionInfo, Frame
from app.source.trace_parts import children_of, headed, own_line, path, qualified, value

_CAUSE = "The above exception was the direct cause of the following exception:"
_CONTEXT = "During handling of the above exception, another exception occurred:"
_MEMBER = re.compile(r"\[(\d{1,9})\]$")
_DEEPEST_GROUP = 40


def printed(exceptions: Sequence[ExceptionInfo]) -> Iterator[str]:
    """All exceptions of a chain, causes above what came of them, members of groups indented below."""
    children = children_of(exceptions)
    roots = children.get(None) or [len(exceptions) - 1]
    seen: set[int] = set()
    for root in roots:
        yield from _python_chain(exceptions, children, root, 0, seen)


def _python_chain(
    exceptions: Sequence[ExceptionInfo],
    children: dict[int | None, list[int]],
    raised: int,
    depth: int,
    seen: set[int],
) -> Iterator[str]:
    """An exception below its causes; `depth` is that of the groups around it. As CPython's traceback.py."""
    chain = []
    index: int | None = raised
    while index is not None and index not in seen:
        seen.add(index)
        chain.append(index)
        index = next((child for child in children.get(index, ()) if not _is_member(exceptions[child])), None)
    margin = "  " * depth + ("| " if depth else "")
    for place, index in reversed(list(enumerate(chain))):
        exception = exceptions[index]
        members = [child for child in children.get(index, ()) if _is_member(exceptions[child])]
        if members and depth < _DEEPEST_GROUP:
            yield from _python_group(exceptions, children, index, members, depth, seen)
        else:
            yield from (margin + line for line in _python_lines(exception, "Traceback"))
        if place:
            source = str((exception.mechanism or {}).get("source", ""))
            text = _CONTEXT if source == "__context__" else _CAUSE
            yield from (margin + line for line in ("", text, ""))


def _python_group(
    exceptions: Sequence[ExceptionInfo],
    children: dict[int | None, list[int]],
    index: int,
    members: list[int],
    depth: int,
    seen: set[int],
) -> Iterator[str]:
    inner = max(depth, 1)
    margin = "  " * inner
    for number, line in enumerate(_python_lines(exceptions[index], "Exception Group Traceback")):
        yield f"{margin}{'+' if not number and not depth and exceptions[index].frames else '|'} {line}"
    ordered = sorted(members, key=lambda member: _member_number(exceptions[member]))
    for number, member in enumerate(ordered, 1):
        yield f"{margin}{'+-' if number == 1 else '  '}+---------------- {number} ----------------"
        yield from _python_chain(exceptions, children, member, inner + 1, seen)
    if not any(_is_member(exceptions[child]) for child in children.get(ordered[-1], ())):
        yield f"{margin}  +------------------------------------"


def _python_lines(exception: ExceptionInfo, heading: str) -> Iterator[str]:
    if exception.frames:
        yield f"{heading} (most recent call last):"
        for frame in exception.frames:
            yield from call(frame)
    yield from headed(qualified(exception), value(exception)).split("\n")


def _is_member(exception: ExceptionInfo) -> bool:
    return _member_number(exception) >= 0


def _member_number(exception: ExceptionInfo) -> int:
    found = _MEMBER.search(str((exception.mechanism or {}).get("source", ""))[-40:])
    return int(found[1]) if found else -1


def call(frame: Frame) -> Iterator[str]:
    """One frame: its place, and its line of source."""
    place = f", line {frame.line}" if frame.line is not None else ""
    yield f'  File "{path(frame)}"{place}, in {frame.function or "<module>"}'
    if text := own_line(frame):
        yield f"    {text}"
