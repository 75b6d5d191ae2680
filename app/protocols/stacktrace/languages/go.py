"""Go's stack traces: what a panic prints, ``debug.Stack``, and the bare stacks of pkg/errors and zap.

    panic: runtime error: index out of range [5] with length 3 [recovered]
            panic: while cleaning up: …

    goroutine 1 [running]:
    main.(*Order).Line(...)
            /srv/shop/main.go:24 +0x1d
    created by main.main
            /srv/shop/main.go:63 +0x40b

See https://pkg.go.dev/runtime#hdr-Environment_Variables (GOTRACEBACK) and https://pkg.go.dev/github.com/pkg/errors.
"""

import re
from collections.abc import Sequence

from app.model import Frame
from app.protocols.stacktrace import headings
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten
from app.protocols.stacktrace.frames import LONGEST_LINE, frame
from app.protocols.stacktrace.located_trace import LocatedTrace

SIGN = r"\.(?:go|s|c):\d"
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_GOROUTINE = re.compile(r"goroutine \d{1,12} (?:[a-z]+=\S+ )*\[[^\]]*\]:")
_PLACE = re.compile(
    r"\s+(?P<path>\S[^\n]*?\.(?:go|s|c|y)):(?P<line>\d{1,9})(?: \+0x[0-9a-f]+)?(?: fp=.*)?\s*"
)
_CALL = re.compile(r"\s*(?P<name>[^\s()][^\s]*)\((?P<arguments>[^()]*)\)")
_BARE_CALL = re.compile(r"\s*(?P<name>[\w./~%@-]+\.[\w.()*\[\]·…/-]+)")
_CREATED = re.compile(r"\s*created by (?P<name>\S+)(?: in goroutine \d+)?")
_ELIDED = re.compile(r"\.\.\.(?:additional|\d+) frames elided\.\.\.")
_CERTAIN_HEADING = re.compile(
    r"(?<![\w.])(?:(?P<kind>panic|fatal error)(?: serving \S{1,100})?: |(?=runtime error: ))(?P<value>.*)",
    re.DOTALL,
)
_PANIC_AGAIN = re.compile(r"\s+panic: (?P<value>.*)", re.DOTALL)
_RECOVERED = re.compile(r" \[recovered(?:, repanicked)?\]$")
_LOG_TIME = re.compile(r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})? ")
# The runtime's own calls between the line that failed and the panic.
_RAISING = re.compile(r"throw|fatal\w*|sigpanic|goPanic\w*|panic\w*|gopanic")
_RECEIVER = re.compile(r"[\[(]")


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The panic in `lines`, or the errors of pkg/errors; None when there are no calls."""
    for n, line in enumerate(lines):
        text = line.strip()
        if text.startswith("goroutine ") and _GOROUTINE.fullmatch(text[:LONGEST_LINE]):
            calls = _calls(lines, n + 1)
            if calls:
                return _panic(lines, n, calls)
    first = next((n for n in range(len(lines) - 1) if _bare_call(lines, n) is not None), None)
    return _errors(lines, first) if first is not None else None


def _calls(lines: Sequence[str], start: int) -> list[Frame]:
    """The calls of a goroutine, newest first."""
    calls = []
    n = start
    while n + 1 < len(lines):
        text = lines[n]
        if _ELIDED.fullmatch(text.strip()):
            n += 1
            continue
        match = _match(_CREATED, text) or _match(_CALL, text)
        place = _match(_PLACE, lines[n + 1])
        if match is None or place is None:
            break
        calls.append(_frame(match["name"], place))
        n += 2
    return calls


def _match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return pattern.fullmatch(text) if len(text) <= LONGEST_LINE else None


def _frame(name: str, place: re.Match[str]) -> Frame:
    module, function = _split(name)
    return frame("go", place["path"], int(place["line"]), module=module, function=function)


def _split(name: str) -> tuple[str | None, str]:
    """``example.com/shop/till.(*Till).Open``: the package ends at the first dot after the last slash."""
    path = _RECEIVER.split(name, maxsplit=1)[0]
    dot = name.find(".", path.rfind("/") + 1)
    if dot == -1:
        return None, name
    return name[:dot].replace("%2e", "."), name[dot + 1 :]


def _panic(lines: Sequence[str], goroutine: int, calls: Sequence[Frame]) -> LocatedTrace:
    heading = headings.find(lines, goroutine, _CERTAIN_HEADING)
    if heading is None:
        messages, line, column, kind = [""], goroutine, 0, None
    else:
        line, match = heading
        column, kind = match.start(), match["kind"] or "panic"
        messages = _messages([match["value"], *lines[line + 1 : goroutine]])
    # If the stack shows the calls of `panic`, each panic was raised by the frame right below its own call.
    panics = [n for n, call in enumerate(calls) if call.function in ("panic", "gopanic")]
    raised: ExceptionBuilder | None = None
    for n, message in enumerate(messages):
        skipped = max(0, len(panics) - n)
        own = list(calls[panics[skipped - 1] + 1 :] if skipped else calls)
        while len(own) > 1 and own[0].module == "runtime" and _RAISING.fullmatch(own[0].function or ""):
            own.pop(0)
        raised = ExceptionBuilder(type=kind, message=[message], calls=own, cause=raised)
    exceptions = flatten(raised) if raised is not None else ()
    return LocatedTrace(platform="go", exceptions=exceptions, line=line, column=column)


def _messages(lines: Sequence[str]) -> list[str]:
    """The message of each panic, oldest first; a panic that was recovered and raised again counts once."""
    messages: list[list[str]] = [[lines[0]]]
    for line in lines[1:]:
        again = _PANIC_AGAIN.fullmatch(line)
        if line.strip() == "runtime stack:":
            break
        if again is not None:
            messages.append([again["value"]])
        elif not line.startswith("[signal "):
            messages[-1].append(line)
    texts = [_RECOVERED.sub("", "\n".join(message).rstrip()) for message in messages]
    return [text for n, text in enumerate(texts) if text != (texts[n + 1] if n + 1 < len(texts) else None)]


def _bare_call(lines: Sequence[str], n: int) -> Frame | None:
    """A call without arguments, over two lines."""
    if n + 1 >= len(lines) or not lines[n + 1][:1].isspace() or lines[n].endswith(")"):
        return None
    match = _match(_BARE_CALL, lines[n])
    place = _match(_PLACE, lines[n + 1])
    return _frame(match["name"], place) if match is not None and place is not None else None


def _errors(lines: Sequence[str], first: int) -> LocatedTrace:
    """Blocks of a message and its calls, the cause first."""
    line, column = first, 0
    message: list[str] = []
    above = lines[first - 1] if first else ""
    logged = _LOG_TIME.match(above)
    if above.strip() and (logged is not None or not headings.is_logged(above)):
        line, column = first - 1, logged.end() if logged is not None else 0
        message = [above[column:]]
    raised = ExceptionBuilder(message=message)
    n = first
    pending: list[str] = []
    while n < len(lines):
        call = _bare_call(lines, n)
        if call is None:
            if not lines[n].strip() or headings.is_logged(lines[n]):
                break
            pending.append(lines[n])
            n += 1
            continue
        if pending:
            raised = ExceptionBuilder(message=pending, cause=raised)
            pending = []
        raised.calls.append(call)
        n += 2
    if pending:
        raised = ExceptionBuilder(message=pending, cause=raised)
    return LocatedTrace(platform="go", exceptions=flatten(raised), line=line, column=column)
