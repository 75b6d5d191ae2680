r"""PHP's stack traces: of an uncaught exception, of an exception as a string, and the bare trace.

    PHP Fatal error:  Uncaught Shop\Declined: declined in /srv/shop/Till.php:6
    Stack trace:
    #0 /srv/shop/pay.php(8): Shop\Till->charge(Array)
    #1 {main}

    Next Shop\ShopError: could not pay in /srv/shop/pay.php:9
    Stack trace:
    #0 {main}
      thrown in /srv/shop/pay.php on line 9

A numbered line names a function and the place that called it. So each place is paired with the function of
the next line, which contains it, as in Sentry's client. See https://www.php.net/manual/exception.gettraceasstring.php.
"""

import re
from collections.abc import Sequence

from app.model import Frame
from app.protocols.stacktrace import headings
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten
from app.protocols.stacktrace.frames import LONGEST_LINE, frame
from app.protocols.stacktrace.located_trace import LocatedTrace

SIGN = r"^[^\S\n]*\#0\ "
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_CALL = re.compile(
    r"#(?P<number>\d{1,6}) (?:(?P<main>\{main\})"
    r"|(?:\[internal function\]|(?P<path>[^\n]+?)\((?P<line>\d{1,9})\)): (?P<function>\S.*))",
    re.DOTALL,
)
_TYPE = r"[^\W\d]\w*(?:\\\w+)*(?:@anonymous[^\s:]*)?"
_CERTAIN_HEADING = re.compile(
    rf"""(?<![\w.$:/\\-])
        (?:
            (?:PHP\ )?Fatal\ error:\s+(?:Uncaught\ )?(?:exception\ ')? | Uncaught\ (?:exception\ ')?
          | Next\ | exception\ '
          | (?=(?:\w+\\)+\w) | (?=\w{{0,200}}(?:Exception|Error)(?::|\ in\ ))
        )
        (?P<type>{_TYPE})(?:'\ with\ message\ ')?
        (?P<rest>(?::\ |\ in\ |'|(?<=message\ ')).*)
    """,
    re.VERBOSE | re.DOTALL,
)
_NEXT = re.compile(rf"Next (?:exception ')?(?P<type>{_TYPE})(?:' with message ')?(?P<rest>.*)", re.DOTALL)
_BEGINS = "Stack trace:"
_PLACE = re.compile(r"(?P<path>\S.*):(?P<line>\d{1,9})")
_CLOSURE = re.compile(r"[^\s(]*\{closure[^}]*\}")


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The exceptions in `lines`, each followed by the one that it caused; None when there are no calls."""
    first = next((n for n, line in enumerate(lines) if line.lstrip().startswith("#0 ") and _call(line)), None)
    if first is None:
        return None
    first_heading = (
        headings.find(lines, first - 1, _CERTAIN_HEADING)
        if first and lines[first - 1].strip() == _BEGINS
        else None
    )
    if first_heading is None:
        raised = ExceptionBuilder(calls=_shifted(_calls(lines, first), None))
        return LocatedTrace(platform="php", exceptions=flatten(raised), line=first)
    line, match = first_heading
    raised = _raised(match, lines[line + 1 : first - 1], _calls(lines, first), None)
    n = first
    while (following := _following(lines, n)) is not None:
        match_next, heading, n = following
        raised = _raised(match_next, lines[heading + 1 : n - 1], _calls(lines, n), raised)
    return LocatedTrace(platform="php", exceptions=flatten(raised), line=line, column=match.start())


def _following(lines: Sequence[str], n: int) -> tuple[re.Match[str], int, int] | None:
    """The heading of the next exception, its line's number, and that of its first call."""
    while n < len(lines) and lines[n].lstrip().startswith("#"):
        n += 1
    while n < len(lines) and not lines[n].strip():
        n += 1
    heading = n
    match = _NEXT.fullmatch(lines[n].strip()) if n < len(lines) else None
    while match is not None and n + 1 < len(lines):
        n += 1
        if lines[n].strip() == _BEGINS and _call(lines[n + 1] if n + 1 < len(lines) else ""):
            return match, heading, n + 1
    return None


def _call(line: str) -> re.Match[str] | None:
    return _CALL.fullmatch(line.strip()) if len(line) <= LONGEST_LINE else None


def _calls(lines: Sequence[str], first: int) -> list[re.Match[str]]:
    calls: list[re.Match[str]] = []
    for line in lines[first:]:
        call = _call(line)
        if call is None or int(call["number"]) != len(calls):
            break
        calls.append(call)
    return calls


def _raised(
    match: re.Match[str], more: Sequence[str], calls: Sequence[re.Match[str]], cause: ExceptionBuilder | None
) -> ExceptionBuilder:
    """The exception whose heading continues in the lines `more`, up to the place where it was created."""
    text = "\n".join((match["rest"], *more))
    message, _in, place = text.rpartition(" in ")
    where = _PLACE.fullmatch(place)
    if where is None:
        message = text
    message = message.removeprefix(": ")
    if match["rest"].startswith("'") or "' with message '" in match[0]:
        message = message.removesuffix("'")
    return ExceptionBuilder(type=match["type"], message=[message], calls=_shifted(calls, where), cause=cause)


def _shifted(calls: Sequence[re.Match[str]], where: re.Match[str] | None) -> list[Frame]:
    """Pair each place with the function that contains it, newest first; `where` is the exception's place."""
    places: list[tuple[str | None, int | None]] = [_place(where) if where is not None else (None, None)]
    places += [
        _place(call) if call["path"] else ("[internal]", None) for call in calls if call["main"] is None
    ]
    functions = [_function(call["function"]) for call in calls if call["main"] is None]
    frames = [
        frame("php", path, line, function=function)
        for (path, line), function in zip(places, [*functions, None], strict=True)
    ]
    return frames if where is not None or functions else frames[1:]


def _place(match: re.Match[str]) -> tuple[str, int]:
    return match["path"], int(match["line"])


def _function(call: str) -> str:
    r"""``Shop\Till->charge(Array)`` is ``Shop\Till::charge``."""
    closure = _CLOSURE.match(call)
    name = closure[0] if closure is not None else call.partition("(")[0]
    return name.replace("->", "::").strip()
