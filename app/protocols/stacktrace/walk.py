"""Walks down the lines of a stack trace: message, calls, causes. An unknown line is skipped, never the end.

A language says by a `Grammar` what its lines mean; what follows from that is the same for all: a message of
several lines goes on until a call comes, what nobody understands is counted, and only the heading of another
trace ends this one.
"""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from app.model import Frame
from app.protocols.stacktrace import headings
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten
from app.protocols.stacktrace.frames import LONGEST_LINE
from app.protocols.stacktrace.located_trace import LocatedTrace

# What loggers write before the text of a record: times, levels and names in brackets, a level.
_LOG_PREFIX = re.compile(
    r"""(?:\s* (?:
          \[[^\]\n]{0,100}\]
        | \d{4}[-/.]\d\d[-/.]\d\d[T\ ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|\ ?[+-]\d\d:?\d\d)?:?
        | \d\d:\d\d:\d\d(?:[.,]\d{1,9})?
        | (?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE)\b[:\ -]
      ))+ \s*
    """,
    re.VERBOSE,
)
_NOTHING = re.compile(r"(?!)")


class Call(Struct, frozen=True):
    """One call, which takes so many `lines`; without a frame it says only that calls were left out."""

    frame: Frame | None
    lines: int = 1


def _no_exception(_line: str) -> ExceptionBuilder | None:
    return None


class Grammar(Struct, frozen=True, kw_only=True):
    """What the lines of a language's stack traces mean; each is asked only for lines of bounded length.

    `call` reads the call at a line's number. `known` matches lines whole that are understood and are neither
    message nor call, `below` those of which that is true only once a call has come. `cause` makes the cause
    of the exception before it, `another` matches the first line of a trace that is not this one. With
    `is_nested`, causes are indented deeper than what they caused, and each call belongs to the deepest
    exception that is indented less.
    """

    platform: str
    call: Callable[[Sequence[str], int], Call | None]
    known: re.Pattern[str] = _NOTHING
    below: re.Pattern[str] = _NOTHING
    cause: Callable[[str], ExceptionBuilder | None] = _no_exception
    another: re.Pattern[str] = _NOTHING
    is_nested: bool = False


def bounded(lines: Sequence[str], n: int) -> str:
    """Line number `n` if there is one and a pattern may read it, else an empty line."""
    return lines[n] if 0 <= n < len(lines) and len(lines[n]) <= LONGEST_LINE else ""


def after_log_prefix(line: str) -> int:
    """The column at which the text of a log's line begins."""
    match = _LOG_PREFIX.match(line[:LONGEST_LINE])
    return match.end() if match is not None else 0


def message_start(lines: Sequence[str], end: int, most: int = 30) -> int:
    """The first line of the text right above line `end`, which is a message for want of a heading.

    It begins below an empty line, or below a logger's; that is the message itself where nothing stands
    between. `end` where there is none.
    """
    first = end
    while first and end - first < most and lines[first - 1].strip():
        if headings.is_logged(lines[first - 1]):
            return first - 1 if first == end else first
        first -= 1
    return first


def walk(
    lines: Sequence[str],
    start: int,
    raised: ExceptionBuilder,
    grammar: Grammar,
    *,
    first: int | None = None,
    column: int = 0,
    finish: Callable[[Sequence[ExceptionBuilder]], None] | None = None,
) -> LocatedTrace:
    """The trace that `raised` heads, read from line `start` on; it begins at `column` of line `first`.

    `first` is the line before `start`, unless it is given. `finish` is called with the exceptions, `raised`
    first, before they become parts of an event.
    """
    first = start - 1 if first is None else first
    walking = _Walk(lines, grammar, raised, _indent(lines[first]))
    walking.go(start)
    if finish is not None:
        finish([one for _indented, one in walking.open])
    return LocatedTrace(
        platform=grammar.platform,
        exceptions=flatten(raised),
        line=first,
        column=column,
        unread=walking.unread,
    )


class _Walk:
    """Where the walk is: the exceptions so far, with the indentation of each, and what nobody understood."""

    def __init__(self, lines: Sequence[str], grammar: Grammar, raised: ExceptionBuilder, indent: int) -> None:
        self.open = [(indent, raised)]
        self.unread = 0
        self._lines, self._grammar = lines, grammar
        self._is_calling = bool(raised.calls)

    def go(self, start: int) -> None:
        n = start
        while n < len(self._lines):
            taken = self._take(n)
            if not taken:
                self.unread += sum(1 for line in self._lines[n:] if line.strip())
                break
            n += taken
        self._cut_message()

    def _take(self, n: int) -> int:
        """How many lines from line `n` on were taken; 0 where another trace begins."""
        line, grammar = self._lines[n], self._grammar
        if len(line) <= LONGEST_LINE:
            call = grammar.call(self._lines, n)
            if call is not None:
                self._is_calling = True
                if call.frame is not None:
                    self._owner(line).calls.append(call.frame)
                return call.lines
            cause = grammar.cause(line)
            if cause is not None:
                self._cut_message()
                self.open[-1][1].cause = cause
                self.open.append((_indent(line), cause))
                self._is_calling = bool(cause.calls)
                return 1
            if self._is_calling and grammar.another.search(line) is not None:
                return 0
            if grammar.known.fullmatch(line) is not None:
                return 1
            if self._is_calling and grammar.below.fullmatch(line) is not None:
                return 1
        if not self._is_calling:
            self.open[-1][1].message.append(line.rstrip())
        elif line.strip():
            self.unread += 1
        return 1

    def _owner(self, line: str) -> ExceptionBuilder:
        """The exception that a call belongs to."""
        if not self._grammar.is_nested:
            return self.open[-1][1]
        indent = _indent(line)
        return next((one for above, one in reversed(self.open) if above < indent), self.open[-1][1])

    def _cut_message(self) -> None:
        """Cut a message that no call ended at its first empty line, or at a logger's."""
        raised = self.open[-1][1]
        if self._is_calling:
            return
        message = raised.message
        end = next(
            (n for n, line in enumerate(message) if n and (not line.strip() or headings.is_logged(line))),
            len(message),
        )
        self.unread += sum(1 for line in message[end:] if line.strip())
        del message[end:]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
