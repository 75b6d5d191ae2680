"""Rust's stack traces: panics, and the reports of anyhow and eyre.

    thread 'main' panicked at src/main.rs:7:28:           Error: could not check out
    total is negative
    stack backtrace:                                      Caused by:
       0: core::panicking::panic_fmt                          0: total of order 7
                 at /rustc/…/panicking.rs:80:14               1: invalid digit found in string
       1: shop::pay
                 at ./src/main.rs:7:28                    Stack backtrace:
                                                             0: …

See https://doc.rust-lang.org/std/panic/ and https://docs.rs/anyhow (“Display representations”).
"""

import re
from collections.abc import Sequence

from msgspec import Struct, field

from app.model import Frame
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten
from app.protocols.stacktrace.frames import LONGEST_LINE, frame
from app.protocols.stacktrace.located_trace import LocatedTrace

SIGN = r"panicked\ at\b | tack\ backtrace: | ^Caused\ by:$ | ^[^\S\n]*\d+:\ "
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_PANICKED = re.compile(
    r"thread '(?P<thread>[^\n]{0,200}?)' (?:\(\d{1,12}\) )?panicked at (?P<rest>.*)", re.DOTALL
)
_PLACE = re.compile(r"(?P<path>\S.*?):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?")
_NUMBERED = re.compile(r"\s*(?P<number>\d{1,6}):\s+(?:0x[0-9a-f]+ - )?(?P<name>\S.*)")
_AT = re.compile(r"\s+at (?P<place>\S.*)")
_PATH = re.compile(r"[\w<{&$][^\n]{0,500}::\S[^\n]*")
_HASH = re.compile(r"::h[0-9a-f]{16}$|\[[0-9a-f]{16}\]")
_LISTED = re.compile(r"\s+(?:(?P<number>\d{1,4}):\s+)?(?P<value>\S.*)")
_CAUSED = "Caused by:"
_BACKTRACES = ("stack backtrace:", "Stack backtrace:")
# color-eyre's rules, and what it hides.
_RULED = re.compile(r"[━─]{3,} BACKTRACE [━─]{3,}")
_MARK = re.compile(
    r"note: .*|[⋮.]+ \d+ (?:frames?|other frames?) hidden ?[⋮.]*|[━─]{3,}.*|Backtrace omitted.*|Run with .*"
    r"|thread .{0,200} panicked while (?:processing panic|panicking).*|fatal runtime error: .*"
)
_FARTHEST_BACKTRACE = 20
_LOCATION = "Location:"
# The functions of the panic machinery, called after the line that panicked.
_MACHINERY = re.compile(
    r"(?:__rustc::)?rust_begin_unwind|(?:core|std)::panicking::(?:panic|begin_panic|assert_failed)\w*(?:::.*)?"
)
_LONGEST_MESSAGE = 200


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The panic or the report in `lines`; None when there is neither, nor a bare backtrace."""
    for n, line in enumerate(lines):
        text = line.strip()
        if "panicked at " in line and (panicked := _PANICKED.search(line[:LONGEST_LINE])):
            return _panic(lines, n, panicked)
        if text == _CAUSED or text == _BACKTRACES[1]:
            found = _report(lines, n)
            if found is not None:
                return found
        if text == _BACKTRACES[0] or _is_call(lines, n):
            found_calls = _backtrace(lines, n + (text == _BACKTRACES[0]))
            if found_calls.calls:
                return LocatedTrace(
                    platform="rust",
                    exceptions=flatten(ExceptionBuilder(calls=found_calls.calls)),
                    line=n,
                    unread=found_calls.unread,
                )
    return None


def _panic(lines: Sequence[str], n: int, panicked: re.Match[str]) -> LocatedTrace:
    message: list[str]
    if panicked["rest"].startswith("'"):
        message, place, end = _quoted(lines, n, panicked["rest"][1:])
    else:
        place = panicked["rest"].rstrip().removesuffix(":")
        message, end = _message(lines, n + 1)
    start = _backtrace_start(lines, end)
    found = _backtrace(lines, start)
    unread = found.unread + _unknown(lines[end:start])
    raised = ExceptionBuilder(type="panic", message=message, calls=found.calls)
    where = _place(place, None)
    if not raised.calls and where is not None:
        raised.calls.append(where)
    return LocatedTrace(
        platform="rust", exceptions=flatten(raised), line=n, column=panicked.start(), unread=unread
    )


def _unknown(lines: Sequence[str]) -> int:
    """How many of the lines say what is not understood."""
    texts = (line.strip()[:LONGEST_LINE] for line in lines)
    return sum(1 for text in texts if text and text not in _BACKTRACES and not _MARK.fullmatch(text))


def _quoted(lines: Sequence[str], n: int, first: str) -> tuple[list[str], str, int]:
    """Parse the form before Rust 1.73: the message, in quotes, comes before the place."""
    message: list[str] = []
    for end, line in enumerate([first, *lines[n + 1 : n + _LONGEST_MESSAGE]]):
        text, quote, place = line.rpartition("', ")
        if quote and _PLACE.fullmatch(place.strip()[:LONGEST_LINE]):
            return [*message, text], place.strip(), n + end + 1
        message.append(line)
    return [first], "", n + 1


def _message(lines: Sequence[str], start: int) -> tuple[list[str], int]:
    """The lines up to the note or the backtrace; up to an empty line where there is neither."""
    end = start
    while end < len(lines) and end - start < _LONGEST_MESSAGE:
        if lines[end].startswith("note: ") or lines[end].strip() in _BACKTRACES:
            return list(lines[start:end]), end
        end += 1
    end = start
    while end < len(lines) and lines[end].strip():
        end += 1
    return list(lines[start:end]), end


def _backtrace_start(lines: Sequence[str], start: int) -> int:
    """The number of the line after "stack backtrace:", which comes at once or after a note."""
    for n in range(start, min(start + _FARTHEST_BACKTRACE, len(lines))):
        if _begins_backtrace(lines[n]):
            return n + 1
        if "panicked at " in lines[n]:
            break
    return len(lines)


def _begins_backtrace(line: str) -> bool:
    text = line.strip()
    return text in _BACKTRACES or (text[:1] in "━─" and _RULED.fullmatch(text[:LONGEST_LINE]) is not None)


def _is_call(lines: Sequence[str], n: int) -> bool:
    """Whether line `n` is a call and the next line its place."""
    if not lines[n].lstrip()[:1].isdigit() or n + 1 >= len(lines) or len(lines[n]) > LONGEST_LINE:
        return False
    if _NUMBERED.fullmatch(lines[n]) is None:
        return False
    # A line that is not understood may stand between.
    below = (_AT.fullmatch(line[:LONGEST_LINE]) for line in lines[n + 1 : n + 3])
    at = next(filter(None, below), None)
    return at is not None and _place(at["place"], None) is not None


class _Backtrace(Struct):
    """Calls, newest first, without those that the panic itself made; `unread` lines are not understood."""

    calls: list[Frame] = field(default_factory=list)
    unread: int = 0


def _backtrace(lines: Sequence[str], start: int) -> _Backtrace:
    """The calls from line `start` on, up to the next panic."""
    found = _Backtrace()
    name: str | None = None
    last = -1
    for n in range(start, len(lines)):
        line = lines[n][:LONGEST_LINE]
        text = line.strip()
        at, numbered = _AT.fullmatch(line), _NUMBERED.fullmatch(line)
        call = _place(at["place"], name) if at is not None and (name or found.calls) else None
        if call is not None:
            found.calls.append(call)
            name = None
        elif numbered is not None and int(numbered["number"]) > last:
            if name:
                found.calls.append(frame("rust", None, function=name))
            name = _HASH.sub("", numbered["name"])
            last = int(numbered["number"])
        elif found.calls and not name and line[:1].isspace() and _is_above_place(lines, n):
            # Inlined calls have no number of their own.
            name = _HASH.sub("", text)
        elif "panicked at " in line or (last >= 0 and (numbered is not None or _begins_backtrace(line))):
            found.unread += _unknown(lines[n:])
            break
        else:
            found.unread += _unknown([line])
    if name:
        found.calls.append(frame("rust", None, function=name))
    machinery = [n for n, call in enumerate(found.calls) if _MACHINERY.fullmatch(call.function or "")]
    if machinery and machinery[-1] + 1 < len(found.calls):
        del found.calls[: machinery[-1] + 1]
    return found


def _is_above_place(lines: Sequence[str], n: int) -> bool:
    """Whether line `n` names a call whose place stands below it, perhaps behind a line of something else."""
    below = [_AT.fullmatch(line[:LONGEST_LINE]) is not None for line in lines[n + 1 : n + 3]]
    if below[:1] == [True]:
        return True
    names = [_PATH.fullmatch(line.strip()[:LONGEST_LINE]) is not None for line in lines[n : n + 2]]
    return below[1:] == [True] and names == [True, False]


def _place(text: str, name: str | None) -> Frame | None:
    match = _PLACE.fullmatch(text)
    if match is None:
        return None
    column = int(match["column"]) if match["column"] else None
    return frame("rust", match["path"].removeprefix("./"), int(match["line"]), column, function=name)


def _report(lines: Sequence[str], n: int) -> LocatedTrace | None:
    """Parse an error as anyhow and eyre print it: message, causes, place, backtrace."""
    line, column = _heading(lines, n)
    if line == n:
        return None
    own = "\n".join((lines[line][column:].removeprefix("Error: "), *lines[line + 1 : n])).rstrip()
    raised = newest = ExceptionBuilder(type="Error", message=[own])
    unread = 0
    if lines[n].strip() == _CAUSED:
        causes, n, unread = _causes(lines, n + 1)
        if not causes:
            return None
        for cause in causes:
            newest.cause = ExceptionBuilder(type="Error", message=cause)
            newest = newest.cause
    is_place = False
    for m in range(n, len(lines)):
        text = lines[m].strip()
        if _begins_backtrace(lines[m]):
            found = _backtrace(lines, m + 1)
            raised.calls = found.calls or raised.calls
            unread += found.unread
            break
        if is_place and (where := _place(text[:LONGEST_LINE], None)):
            raised.calls, is_place = [where], False
        elif text == _LOCATION:
            is_place = True
        else:
            unread += _unknown([text])
    return LocatedTrace(platform="rust", exceptions=flatten(raised), line=line, column=column, unread=unread)


def _heading(lines: Sequence[str], end: int) -> tuple[int, int]:
    """Line and column of "Error: " above line `end`, else of the line above the gap; `end` without either."""
    for n in range(max(0, end - _LONGEST_MESSAGE), end):
        place = lines[n].find("Error: ")
        if place == 0 or (place > 0 and not lines[n][place - 1].isalnum()):
            return n, place
    above = end
    while above and not lines[above - 1].strip():
        above -= 1
    return (above - 1, 0) if above and end - above <= 1 else (end, 0)


def _causes(lines: Sequence[str], n: int) -> tuple[list[list[str]], int, int]:
    """The messages of the listed causes, the direct cause first.

    Also the number of the line after them, and how many lines among them are not understood.
    """
    causes: list[list[str]] = []
    unread = unknown = 0
    while n < len(lines) and not lines[n].strip():
        n += 1
    end = n
    while n < len(lines) and lines[n].strip():
        match = _LISTED.fullmatch(lines[n]) if len(lines[n]) <= LONGEST_LINE else None
        n += 1
        if match is None:
            unknown += 1
            continue
        unread, end = unread + unknown, n
        unknown = 0
        if match["number"] is not None or not causes:
            causes.append([match["value"]])
        else:
            causes[-1].append(match["value"])
    return causes, end, unread
