"""Julia's: the error and its `Stacktrace:`, with places behind `@` (since 1.6) or `at`.

    ERROR: LoadError: DomainError with -5:
    total is negative
    Stacktrace:
     [1] charge(order::String, total::Int64)
       @ Main ~/shop/till.jl:3
     [2] top-level scope
       @ ~/shop/shop.jl:9
    in expression starting at /home/ann/shop/shop.jl:9

    caused by: KeyError: key "order 7" not found

See https://docs.julialang.org/en/v1/manual/stacktraces/.
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from app.model import Frame
from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.frames import frame
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.walk import Call, Grammar, after_log_prefix, bounded, walk

SIGN = r"Stacktrace:\s*$ | \.jl:\d | REPL\[\d{1,5}\]:\d"
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_CALL = re.compile(r"\s*\[(?P<number>\d{1,6})\]\s(?P<name>\S.*?)(?: at (?P<place>\S.*))?\s*")
_AT = re.compile(r"\s+@\s+(?P<place>\S.*?)\s*")
_PLACE = re.compile(
    r"(?:(?P<module>[A-Za-z_][\w.]*)\s)?(?P<path>[^\s].*?):(?P<line>\d{1,9})(?:\s\[inlined\])?"
)
_UNPLACED = re.compile(r"(?:(?P<module>[A-Za-z_][\w.]*)\s)?(?P<path>\S+?)(?:\s\[inlined\])?")
_ERROR = re.compile(r"(?:ERROR: |(?:\W|^)(?=(?:\w+\.)*\w+(?:Error|Exception)\b))(?P<value>.*)", re.DOTALL)
_CAUSED = re.compile(r"\s*(?:caused by|nested task error): (?P<value>.*)", re.DOTALL)
_TYPE = re.compile(r"(?P<type>(?:\w+\.)*\w+(?:Error|Exception)(?:\{[^{}\n]*\})?)(?::\s?| with |$|(?=\())")
_LOADING = re.compile(r"(?:LoadError: |InitError: )+")
_MARK = "Stacktrace:"
_KNOWN = re.compile(
    r"\s*(?:Stacktrace:|in expression starting at .*|\.{3} \(the last .*|--- the (?:last|above) .*"
    r"|⋮.*|╰.*|┌.*|│.*|└.*|Closest candidates are:|Some type information was truncated.*|@ .*)\s*"
)
_REPEATED = re.compile(r"\s*(?:\[\d+-\d+\] )?\(?repeats \d+ times.*")
_LIBRARY = re.compile(
    r"/\.?julia/(?:packages|stdlib|juliaup)/|/share/julia/|/\.julia/|^\./(?!REPL)|/julia-\d"
)
_BASE = re.compile(r"(?:Base|Core|Main\.Base)(?:\.|$)")
_FILE = re.compile(r"\.jl$|REPL\[\d+\]$")
_BOX = re.compile(r"^[│┌└] ?")
_OWN_LINES = 200


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first error that a `Stacktrace:` follows; also calls alone, with their places."""
    if any(line.startswith("│") for line in lines):
        # The logger draws a box around its messages.
        lines = [_BOX.sub("", line) for line in lines]
    for n in range(len(lines)):
        line = bounded(lines, n)
        is_mark = line.strip() == _MARK
        if not (is_mark or (line.lstrip()[:1] == "[" and _is_call(lines, n))):
            continue
        start = n + is_mark
        if not any(_is_call(lines, m) for m in range(start, min(start + 12, len(lines)))):
            continue
        return _trace(lines, n, start)
    return None


def _is_call(lines: Sequence[str], n: int) -> bool:
    """Whether line `n` is certainly a call of Julia: references in prose are numbered in brackets, too."""
    call = _call(lines, n) if bounded(lines, n) else None
    if call is None or call.frame is None or call.frame.line is None:
        return False
    has_own_line = " at " not in lines[n]
    return has_own_line or _FILE.search(call.frame.filename or "") is not None


def _trace(lines: Sequence[str], end: int, start: int) -> LocatedTrace:
    first, column, value = _heading(lines, end)
    raised = _raised(value) if value is not None else ExceptionBuilder()
    if value is not None and start > end:
        return walk(lines, first + 1, raised, _GRAMMAR, column=column)
    return walk(lines, start, raised, _GRAMMAR, first=min(first, len(lines) - 1), column=column)


def _heading(lines: Sequence[str], end: int) -> tuple[int, int, str | None]:
    """Line, column and message of the error above line `end`; no message where there is none."""
    above_it = range(end - 1, max(-1, end - _OWN_LINES), -1)
    for sign in ("ERROR: ", "Error", "Exception"):
        for n in above_it:
            match = _ERROR.search(bounded(lines, n)) if sign in bounded(lines, n) else None
            if match is not None:
                column = match.start() if match[0].startswith("ERROR: ") else match.start("value")
                return n, column, match["value"]
    above = bounded(lines, end - 1)
    if not above.strip():
        return end, 0, None
    column = after_log_prefix(above)
    return end - 1, column, above[column:]


def _raised(value: str) -> ExceptionBuilder:
    value = _LOADING.sub("", value, count=1) if value.startswith(("LoadError: ", "InitError: ")) else value
    named = _TYPE.match(value)
    if named is None:
        return ExceptionBuilder(type="ErrorException", message=[value])
    return ExceptionBuilder(type=named["type"], message=[value[named.end() :]])


def _caused(line: str) -> ExceptionBuilder | None:
    match = _CAUSED.fullmatch(line)
    return _raised(match["value"]) if match is not None else None


def _call(lines: Sequence[str], n: int) -> Call | None:
    if _REPEATED.fullmatch(lines[n]):
        return Call(None)
    match = _CALL.fullmatch(lines[n])
    if match is None:
        return None
    if match["place"]:
        return Call(_frame(match["name"], match["place"]))
    for m in range(n + 1, n + 4):
        at = _AT.fullmatch(bounded(lines, m))
        if at is not None:
            # Between the two there may be a line that is not the trace's.
            return Call(_frame(match["name"], at["place"]), 2 if m == n + 1 else 1)
        if _CALL.fullmatch(bounded(lines, m)):
            break
    return Call(_frame(match["name"], None))


def _frame(name: str, place: str | None) -> Frame:
    found = (_PLACE.fullmatch(place) or _UNPLACED.fullmatch(place)) if place else None
    parts = found.groupdict() if found is not None else {}
    path, module = parts.get("path"), parts.get("module")
    line = parts.get("line")
    made = frame("julia", path, int(line) if line else None, module=module, function=_function(name))
    is_library = bool(path and _LIBRARY.search(path)) or bool(module and _BASE.match(module))
    return replace(made, in_app=False) if is_library or not path else made


def _function(name: str) -> str:
    """The name without its arguments, which carry types: ``charge(order::String)`` is charge."""
    return name.partition("(")[0].removesuffix(" [inlined]") or name


_GRAMMAR = Grammar(
    platform="julia", call=_call, known=_KNOWN, cause=_caused, another=re.compile(r"(?:^|\s)ERROR: ")
)
