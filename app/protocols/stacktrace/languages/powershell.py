r"""PowerShell's errors: with `At` and categories, in the short view of version 7, and `ScriptStackTrace`.

    Get-Order : No such order.                      Get-Order: C:\shop\till.ps1:3
    At C:\shop\till.ps1:3 char:5                    Line |
    +     Get-Order 7                                  3 |      Get-Order 7
    +     ~~~~~~~~~~~                                    |      ~~~~~~~~~~~
        + CategoryInfo          : …                      | No such order.
        + FullyQualifiedErrorId : NoOrder,Get-Order
                                                    at Get-Total, C:\shop\till.ps1: line 3
                                                    at <ScriptBlock>, C:\shop\shop.ps1: line 9

See https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_preference_variables
($ErrorView) and https://learn.microsoft.com/dotnet/api/system.management.automation.errorrecord.
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from app.model import Frame
from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.frames import LONGEST_LINE, frame
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.walk import Call, Grammar, after_log_prefix, bounded, message_start, walk

SIGN = r"At\ [^\n]{1,500}:\d+\ char:\d | ^Line\ \|\s*$ | at\ [^\n]{1,300},\ [^\n]{1,300}:\ line\ \d"
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_AT = re.compile(r"\s*At (?P<path>\S.*?):(?P<line>\d{1,9}) char:(?P<column>\d{1,9})\s*")
_AT_LINE = re.compile(r"\s*At line:(?P<line>\d{1,9}) char:(?P<column>\d{1,9})\s*")
_STACK = re.compile(
    r"\s*(?:ScriptStackTrace\s*:\s*)?at (?P<name>\S[^,\n]*), (?P<path>[^\n]+?): line (?P<line>\d{1,9})\s*"
)
_SHORT = re.compile(
    r"(?P<type>[\w.-]+): (?P<path>(?:[A-Za-z]:)?[^:\n]+?\.ps[md]?1):(?P<line>\d{1,9})(?::"
    r"(?P<column>\d{1,9}))?\s*"
)
_SHORT_LINE = re.compile(r"(?P<type>[\w.-]+):\s*")
_BAR = re.compile(r"\s*(?P<number>\d{1,9})?\s*\|(?P<text>.*)")
_CATEGORY = re.compile(r"\s*\+ CategoryInfo\s*: [^\n]*?(?:\[[^\n\[\]]*\], (?P<type>\w+))?\s*")
_MARKS = re.compile(r"[\s~^]*[~^][\s~^]*")
_KNOWN = re.compile(r"\s*\+.*|\s*(?:ScriptStackTrace|StackTrace)\s*:.*|Line \|\s*|\s*\d*\s*\|.*")
_COMMAND = re.compile(
    r"(?P<type>[A-Za-z][\w.]*(?:-[\w.]+)?|[\w:\\/. -]{1,300}\.ps1) : (?P<value>.*)", re.DOTALL
)
_EXCEPTION = re.compile(r"(?P<type>(?:[A-Z]\w*\.)*[A-Z]\w*(?:Exception|Error)): (?P<value>.*)", re.DOTALL)
_FURTHEST = 30


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first error record, or the first `ScriptStackTrace`."""
    for n in range(len(lines)):
        line = bounded(lines, n)
        if line.strip() == "Line |" and (found := _short(lines, n)) is not None:
            return found
        at = (_AT.fullmatch(line) or _AT_LINE.fullmatch(line)) if "char:" in line else None
        source = _source(lines, n + 1) if at is not None else None
        if at is not None and source is not None:
            return _record(lines, n, at, source)
        if ": line " in line and _STACK.fullmatch(line) and _is_stack(lines, n):
            first, column, raised = _above(lines, n)
            return walk(lines, n, raised, _GRAMMAR, first=first, column=column)
    return None


def _source(lines: Sequence[str], start: int) -> str | None:
    """The source that an error record shows behind a plus, below the place; None where it is no record."""
    for n in (start, start + 1):
        text = bounded(lines, n).strip()
        if text.startswith("+"):
            return text.removeprefix("+").strip()
    return None


def _is_stack(lines: Sequence[str], n: int) -> bool:
    """Whether the call at line `n` is certainly PowerShell's: it names a script, or a script's block."""
    call = _STACK.fullmatch(lines[n])
    return call is not None and (
        call["name"].startswith("<") or call["path"] == "<No file>" or ".ps" in call["path"][-5:].lower()
    )


def _above(lines: Sequence[str], end: int) -> tuple[int, int, ExceptionBuilder]:
    """Line and column of the message above line `end`, and its exception: the lines up to an empty one."""
    first = message_start(lines, end)
    if first == end:
        return end, 0, ExceptionBuilder()
    column = after_log_prefix(lines[first])
    top = lines[first][column:]
    named = _EXCEPTION.fullmatch(top) or _COMMAND.fullmatch(top)
    raised = ExceptionBuilder(message=[named["value"] if named is not None else top])
    if named is not None:
        module, _dot, raised.type = (
            named["type"].rpartition(".") if named.re is _EXCEPTION else ("", "", named["type"])
        )
        raised.module = module or None
    raised.message += [line for line in lines[first + 1 : end] if not _KNOWN.fullmatch(line)]
    return first, column, raised


def _record(lines: Sequence[str], n: int, at: re.Match[str], source: str) -> LocatedTrace:
    """Parse an error with the place that failed, its source and its categories."""
    first, column, raised = _above(lines, n)
    raised.calls = [_frame(at, None, source or None)]
    for m in range(n + 1, min(n + 12, len(lines))):
        category = _CATEGORY.fullmatch(bounded(lines, m))
        if category is not None and category["type"]:
            raised.type = category["type"]
    return walk(lines, n + 1, raised, _GRAMMAR, first=first, column=column)


def _short(lines: Sequence[str], n: int) -> LocatedTrace | None:
    """Parse version 7's view: the place above, source and message behind bars."""
    for first in (n - 1, n - 2):
        top = bounded(lines, first)
        column = after_log_prefix(top)
        heading = _SHORT.fullmatch(top, column) or _SHORT_LINE.fullmatch(top, column)
        if heading is not None:
            break
    else:
        return None
    bars = [bar for line in lines[n + 1 : n + _FURTHEST] if (bar := _BAR.fullmatch(line[:LONGEST_LINE]))]
    number = next((bar["number"] for bar in bars if bar["number"]), None)
    if number is None:
        return None
    source = next((bar["text"].strip() for bar in bars if bar["number"] == number), None)
    said = [bar["text"].strip() for bar in bars if not bar["number"]]
    parts = heading.groupdict()
    line = int(parts.get("line") or number)
    raised = ExceptionBuilder(
        type=heading["type"],
        message=[" ".join(text for text in said if not _MARKS.fullmatch(text))],
        calls=[frame("powershell", parts.get("path"), line, context=source or None)],
    )
    return walk(lines, n + 1, raised, _GRAMMAR, first=first, column=column)


def _call(lines: Sequence[str], n: int) -> Call | None:
    match = _STACK.fullmatch(lines[n]) if ": line " in lines[n] else None
    return Call(_frame(match, match["name"], None)) if match is not None else None


def _frame(place: re.Match[str], name: str | None, source: str | None) -> Frame:
    parts = place.groupdict()
    path = parts.get("path")
    made = frame(
        "powershell",
        path if path != "<No file>" else None,
        int(place["line"]),
        int(parts["column"]) if parts.get("column") else None,
        function=name,
        context=source,
    )
    is_library = path is not None and ("\\Modules\\" in path or "/Modules/" in path)
    return replace(made, in_app=False) if is_library else made


_GRAMMAR = Grammar(
    platform="powershell", call=_call, known=_KNOWN, another=re.compile(r"^\s*At .*:\d+ char:\d+\s*$")
)
