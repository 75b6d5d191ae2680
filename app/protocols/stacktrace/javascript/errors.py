"""JavaScript's stacks: Node and Chromium with the error's name above the calls, Firefox and Safari without.

Lines between the calls that are nothing known are skipped and counted.
"""

import re
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from app.model import Frame
from app.protocols.stacktrace import headings
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten
from app.protocols.stacktrace.frames import LONGEST_LINE
from app.protocols.stacktrace.javascript import calls, opera, places, printed_source, shown_calls, trace_end
from app.protocols.stacktrace.javascript.node_inspect import CAUSED_BY, Reader, named
from app.protocols.stacktrace.javascript.trace_end import CERTAIN_HEADING
from app.protocols.stacktrace.located_trace import LocatedTrace

SIGN = rf"""
      ^[^\S\n]*at\  | @(?:[\w-]+:|/|\[(?:native|wasm)|debugger\ |[^\s@:]{{0,300}}:\d)
    | ^[^\S\n]*in\ [^\s(]{{1,200}}\ \((?:at|created\ by)\  | ^[a-z][\w.+-]{{1,40}}:[^\s@]{{1,1000}}:\d+$
    | {opera.SIGN} | {shown_calls.SIGN}
"""
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_LIKELY_HEADING = re.compile(r"\s*(?:[A-Z][\w$]*|error): .*", re.DOTALL)
# React Native's native side: "Error: no card, js engine: hermes, stack:".
_STACK_FOLLOWS = re.compile(r"(?:, js engine: \w{1,20})?, stack:\s?$")
_EVALUATED_CODE = ("eval code", "eval code@", "Function code", "anonymous")
_LONGEST_MESSAGE = 20
_FARTHEST_HEADING = 5


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The error in `lines`, with its causes and members; None when there are no calls."""
    for n, line in enumerate(lines):
        text = line.strip()
        if text.startswith("at ") and calls.v8_call(_without_tail(text)) is not None:
            return _v8(lines, n)
        if "@" in text:
            if calls.gecko_call(text) is not None:
                return _gecko(lines, n, _gecko_line)
            if calls.weak_call(text) is not None and _are_calls(lines, n):
                return _gecko(lines, n, _gecko_line)
        elif text.startswith("in ") and calls.component(text) is not None:
            return _gecko(lines, n, calls.component)
        elif "ine " in text and opera.call(text) is not None:
            return _gecko(lines, n, opera.call)
        elif text.startswith(shown_calls.MARK) and shown_calls.of_vitest(text) is not None:
            return _gecko(lines, n, shown_calls.of_vitest)
        elif "://" in text and line[:1].isspace() and _is_below_heading(lines, n, text):
            return _gecko(shown_calls.without_repetition(lines, n), n, shown_calls.of_console)
        elif ":" in text and (call := calls.nameless_call(text)) is not None:
            if call.column is None or not _are_calls(lines, n):
                continue
            return _gecko(lines, n, _gecko_line)
    return None


def _without_tail(text: str) -> str:
    return text.removesuffix(" {").removesuffix(",")


def _is_below_heading(lines: Sequence[str], n: int, text: str) -> bool:
    """Whether `text` is a call as Firefox's console shows it, right below an error."""
    above = lines[n - 1][:LONGEST_LINE] if n else ""
    return CERTAIN_HEADING.match(above.strip()) is not None and shown_calls.of_console(text) is not None


def _are_calls(lines: Sequence[str], n: int) -> bool:
    """Whether line `n`, which may be other text, is a call: the next is one, too, or it is all there is.

    Only an error's heading may stand above it then.
    """
    following = next((text for at in range(n + 1, len(lines)) if (text := lines[at].strip())), None)
    if following is not None:
        return calls.weak_call(following) is not None
    above = [line for line in lines[:n] if line.strip()] if n <= _FARTHEST_HEADING else [""]
    if above:
        return CERTAIN_HEADING.match(above[0][:LONGEST_LINE]) is not None
    call = calls.weak_call(lines[n].strip())
    if call is None:
        return False
    if call.filename is None:
        # "deploy@12:30" is somebody's time; React Native's bundles have one line.
        return call.line == 1
    if call.abs_path is not None:
        return True
    is_path = "/" in call.filename or "\\" in call.filename
    return (
        is_path and call.function is not None and (call.column is not None or places.is_sure(call.filename))
    )


def _v8(lines: Sequence[str], first: int) -> LocatedTrace:
    raised = ExceptionBuilder()
    first = _first_call(lines, first)
    line, column = _heading(lines, first, raised)
    head = lines[line] if line < first else ""
    indent = len(head) - len(head.lstrip()) if column == len(head) - len(head.lstrip()) else 0
    in_braces = head.rstrip().endswith("] {")
    reader = Reader(raised, indent, in_braces=in_braces)
    reader.read(lines[line + (line < first) :])
    printed_source.take_below(raised)
    if not column:
        line = printed_source.take_above(lines, line, raised)
    return _found(raised, line, column, reader.unread)


def _first_call(lines: Sequence[str], first: int) -> int:
    """Where the calls begin: above the first that is understood there may be others that are not."""
    while first and lines[first - 1][:1].isspace() and lines[first - 1].lstrip().startswith("at "):
        first -= 1
    return first


def _heading(lines: Sequence[str], first: int, raised: ExceptionBuilder) -> tuple[int, int]:
    """Set type and message of `raised` from the heading above the first call; returns its line and column."""
    heading = headings.find(lines, first, CERTAIN_HEADING)
    if heading is not None:
        line, match = heading
        text = match["heading"] + match["rest"]
        named(text.rstrip().removesuffix(" {").removesuffix("]") if match["open"] else text, raised)
        return line, match.start()
    above = lines[first - 1] if first else ""
    if not above.strip() or headings.is_logged(above):
        return first, 0
    line = first - 1
    if _LIKELY_HEADING.fullmatch(above[:LONGEST_LINE]) is None:
        # A message of several lines, whose first names a class of its own.
        begin = next((n for n in range(max(0, first - _LONGEST_MESSAGE), first) if lines[n].strip()), line)
        if _LIKELY_HEADING.fullmatch(lines[begin][:LONGEST_LINE]) is None or any(
            headings.is_logged(text) for text in lines[begin:first]
        ):
            raised.message = [above.strip()]
            return line, 0
        line = begin
    said = lines[line].strip()
    named(f"E{said[1:]}" if said.startswith(trace_end.PLAIN_ERROR) else said, raised)
    return line, 0


def _gecko_line(text: str) -> Frame | None:
    return calls.weak_call(text) or (calls.v8_call(text) if text.startswith("at ") else None)


def _gecko(lines: Sequence[str], first: int, call_of: Callable[[str], Frame | None]) -> LocatedTrace:
    while first and call_of(lines[first - 1].strip()) is not None:
        first -= 1
    if call_of is _gecko_line and lines[first].strip() in _EVALUATED_CODE:
        # Safari names what evaluated code had called, without a place.
        while first and calls.bare_name(lines[first - 1].strip()) is not None:
            first -= 1
    raised = ExceptionBuilder()
    unread = _read_calls(lines, first, call_of, raised)
    start = first
    while start and first - start < 20 and lines[start - 1].strip():
        start -= 1
    heading = headings.find(lines, first, CERTAIN_HEADING, start) or _heading_above_paragraphs(lines, start)
    if heading is None:
        return _found(raised, first, 0, unread)
    line_number, match = heading
    named(_STACK_FOLLOWS.sub("", match["heading"] + match["rest"]), raised)
    raised.message += lines[line_number + 1 : first]
    return _found(raised, line_number, match.start(), unread)


def _heading_above_paragraphs(lines: Sequence[str], end: int) -> tuple[int, re.Match[str]] | None:
    """A heading whose message has empty lines, above line number `end`; nothing of a log stands between."""
    for n in range(end - 1, max(-1, end - 1 - _LONGEST_MESSAGE), -1):
        if len(lines[n]) > LONGEST_LINE or headings.is_logged(lines[n]):
            return None
        match = CERTAIN_HEADING.match(lines[n].strip())
        if match is not None:
            return n, match
    return None


def _read_calls(
    lines: Sequence[str], first: int, call_of: Callable[[str], Frame | None], raised: ExceptionBuilder
) -> int:
    """Read the calls of `raised` from line `first` on, and its causes; returns how many lines are unknown."""
    unread = names = 0
    is_cause = False
    for n in range(first, len(lines)):
        text = lines[n].strip()
        if not text or trace_end.is_separator(text):
            continue
        call = call_of(text)
        if call is not None:
            raised.calls.append(call)
            names = 0
        elif call_of is opera.call and lines[n][:1].isspace():
            _add_source(raised.calls, text)
        elif raised.calls and (caused := CAUSED_BY.match(text)) is not None:
            raised.cause = ExceptionBuilder()
            raised, is_cause = raised.cause, True
            named(text[caused.end() :], raised)
        elif is_cause and not raised.calls:
            raised.message.append(lines[n])
        elif call_of is _gecko_line and (name := calls.bare_name(text)) is not None:
            raised.calls.append(name)
            names += 1
        elif trace_end.begins_other(lines[n]):
            return unread + sum(1 for left in lines[n:] if left.strip())
        else:
            unread += 1
    if names:
        # Words behind the last place are no calls: nothing says so.
        del raised.calls[-names:]
    return unread + names


def _add_source(found: list[Frame], text: str) -> None:
    if found and not found[-1].context and found[-1].line is not None:
        found[-1] = replace(found[-1], context=((found[-1].line, text),))


def _found(raised: ExceptionBuilder, line: int, column: int, unread: int) -> LocatedTrace:
    exceptions = flatten(raised)
    paths = [call.filename or "" for one in exceptions for call in one.frames]
    in_node = any(path.startswith(("node:", "internal/")) for path in paths) or (
        any(path.startswith("/") or path[1:3] == ":\\" for path in paths)
        and not any("://" in path or path.endswith("bundle") for path in paths)
    )
    return LocatedTrace(
        platform="node" if in_node else "javascript",
        exceptions=exceptions,
        line=line,
        column=column,
        unread=unread,
    )
