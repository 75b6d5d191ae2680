"""JavaScript's stacks: Node and Chromium with the error's name above the calls, Firefox and Safari without.

A Node process that dies prints the source line that threw above the error; it becomes the frame's context.
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from app.model import Frame
from app.protocols.stacktrace import headings
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten
from app.protocols.stacktrace.frames import LONGEST_LINE, frame
from app.protocols.stacktrace.javascript.calls import gecko_call, nameless_call, v8_call
from app.protocols.stacktrace.javascript.node_inspect import Reader, named
from app.protocols.stacktrace.located_trace import LocatedTrace

SIGN = r"^[^\S\n]*at\  | @(?:[\w-]+:|/|\[native)"
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_CERTAIN_HEADING = re.compile(
    r"""(?<![\w.$:/\\-])
        (?P<lead>(?:Uncaught\ |Unhandled\ )(?:\(in\ promise\)\ |promise\ rejection:?\ )?|<ref\ \*\d+>\ )?
        (?P<open>\[)?
        (?P<heading>
            [A-Za-z_$][\w$.]{0,200}?(?:Error|Exception|Rejection|Warning)(?:\ \[\w+\])?(?=:\s|:?$|\]|,|\ \{$)
          | (?:Error|Exception|Invariant\ Violation|Trace)(?:\ \[\w+\])?(?=:\s|:?$|\])
        )
        (?P<rest>.*)
    """,
    re.VERBOSE | re.DOTALL,
)
_LIKELY_HEADING = re.compile(r"\s*[A-Z][\w$]*: .*", re.DOTALL)
_SOURCE_PLACE = re.compile(r"(?P<path>\S.*):(?P<line>\d{1,9})")
_MARKS = re.compile(r"\s*\^+\s*")


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The error in `lines`, with its causes and members; None when there are no calls."""
    for n, line in enumerate(lines):
        text = line.strip()
        if text.startswith("at ") and v8_call(_without_tail(text)) is not None:
            return _v8(lines, n)
        if "@" in text and gecko_call(text) is not None:
            return _gecko(lines, n)
    return None


def _without_tail(text: str) -> str:
    return text.removesuffix(" {").removesuffix(",")


def _v8(lines: Sequence[str], first: int) -> LocatedTrace:
    raised = ExceptionBuilder()
    line, column = _heading(lines, first, raised)
    head = lines[line] if line < first else ""
    indent = len(head) - len(head.lstrip()) if column == len(head) - len(head.lstrip()) else 0
    in_braces = head.rstrip().endswith("] {")
    Reader(raised, indent, in_braces=in_braces).read(lines[line + (line < first) :])
    line, column = _with_source(lines, line, column, raised)
    return _found(raised, line, column)


def _heading(lines: Sequence[str], first: int, raised: ExceptionBuilder) -> tuple[int, int]:
    """Set type and message of `raised` from the heading above the first call; returns its line and column."""
    heading = headings.find(lines, first, _CERTAIN_HEADING)
    if heading is not None:
        line, match = heading
        text = match["heading"] + match["rest"]
        named(text.rstrip().removesuffix(" {").removesuffix("]") if match["open"] else text, raised)
        return line, match.start()
    above = lines[first - 1] if first else ""
    if not above.strip() or headings.is_logged(above):
        return first, 0
    if _LIKELY_HEADING.fullmatch(above[:LONGEST_LINE]) is None:
        raised.message = [above.strip()]
    else:
        named(above.strip(), raised)
    return first - 1, 0


def _with_source(lines: Sequence[str], line: int, column: int, raised: ExceptionBuilder) -> tuple[int, int]:
    """Use the source printed above the heading: ``path:line``, the source line, marks, an empty line."""
    if column or line < 4 or lines[line - 1].strip() or not _MARKS.fullmatch(lines[line - 2][:LONGEST_LINE]):
        return line, column
    match = _SOURCE_PLACE.fullmatch(lines[line - 4]) if len(lines[line - 4]) <= LONGEST_LINE else None
    if match is None:
        return line, column
    source = frame(
        "javascript",
        match["path"].removeprefix("file://"),
        int(match["line"]),
        context=lines[line - 3].strip(),
    )
    calls = raised.calls
    place = (source.filename, source.line)
    if calls and (calls[0].filename, calls[0].line) == place:
        calls[0] = replace(calls[0], context=source.context)
    elif raised.type == "SyntaxError":
        # A file that could not be compiled has no call in the stack.
        calls.insert(0, source)
    return line - 4, 0


def _gecko(lines: Sequence[str], first: int) -> LocatedTrace:
    calls: list[Frame] = []
    while first and nameless_call(lines[first - 1].strip()) is not None:
        first -= 1
    for line in lines[first:]:
        text = line.strip()
        call = gecko_call(text) or nameless_call(text)
        if call is None:
            break
        calls.append(call)
    raised = ExceptionBuilder(calls=calls)
    start = first
    while start and first - start < 20 and lines[start - 1].strip():
        start -= 1
    heading = headings.find(lines, first, _CERTAIN_HEADING, start)
    if heading is None:
        return _found(raised, first, 0)
    line_number, match = heading
    named(match["heading"] + match["rest"], raised)
    raised.message += lines[line_number + 1 : first]
    return _found(raised, line_number, match.start())


def _found(raised: ExceptionBuilder, line: int, column: int) -> LocatedTrace:
    exceptions = flatten(raised)
    paths = [call.filename or "" for one in exceptions for call in one.frames]
    in_node = any(path.startswith(("node:", "internal/")) for path in paths) or (
        any(path.startswith("/") or path[1:3] == ":\\" for path in paths)
        and not any("://" in p for p in paths)
    )
    return LocatedTrace(
        platform="node" if in_node else "javascript", exceptions=exceptions, line=line, column=column
    )
