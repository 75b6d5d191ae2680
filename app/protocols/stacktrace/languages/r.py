"""R's: `Error in` with the calls, what `traceback()` lists, and the trees of rlang.

    Error in charge(order, total) : total is negative: -5
    Calls: checkout -> sapply -> lapply -> FUN -> charge
    Execution halted

    3: stop("total is negative") at shop.R#2        Error in `charge()`:
    2: charge(order, total) at shop.R#5             ! total is negative
    1: checkout("order 7", -5)                      Backtrace:
                                                     1. └─global checkout("order 7", -5)

"Error in" is common in prose, so it counts only with something below it that R alone prints. See
https://rdrr.io/r/base/traceback.html and https://rlang.r-lib.org/reference/trace_back.html.
"""

import re
from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from app.model import Frame
from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.frames import frame
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.walk import Call, Grammar, after_log_prefix, bounded, walk

SIGN = r"Execution\ halted | Calls:\ | Backtrace:\s*$ | (?:R|r|Rmd)\#\d | Error\ in\ `"
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_HEADING = re.compile(
    r"(?:Warning: )?Error(?: in (?P<call>.*?)(?: \(from (?P<path>[^()#\n]+)#(?P<line>\d{1,9})\))?)? ?:"
    r"(?: (?P<value>.*))?",
    re.DOTALL,
)
_CAUSED = re.compile(r"Caused by error(?: in (?P<call>`.*?`))?(?::|$)(?: (?P<value>.*))?", re.DOTALL)
_CALLS = re.compile(r"Calls: (?P<names>\S.*)")
_LISTED = re.compile(
    r"(?P<number>\d{1,5}): (?P<call>[^\s(:][^\s(]*\(.*?)(?: at (?P<path>[^#\n]+)#(?P<line>\d{1,9}))?\s*",
    re.DOTALL,
)
# Shiny's own: "  55: charge [/srv/shop/app.R#5]".
_SHINY = re.compile(
    r"\s+(?P<number>\d{1,5}): (?P<name>\S{1,300})"
    r"(?: \[(?P<path>[^\]\n#]+)#(?P<line>\d{1,9})\])?\s*"
)
_TREE = re.compile(
    r"""\s*\d{1,5}\.\s[\s│├└─▆|+\\-]*
        (?:(?P<space>[A-Za-z][\w.]*)(?P<colons>:::?|\ (?:\(local\)\ )?))?(?P<name>[^\s(]+)\((?P<rest>.*)
    """,
    re.VERBOSE,
)
_TREE_PLACE = re.compile(r".*\) at (?P<path>\S.*?):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?\s*")
_ARROWS = re.compile(r" -> | \.\.\. ")
_KNOWN = re.compile(
    r"\s*(?:Calls: .*"
    r"|Execution halted|Backtrace:|Traceback:|▆|█|No traceback available|In addition: Warning message.*"
    r"|Run `?rlang::last_(?:error|trace)\(.*)\s*"
)
# A call of several lines goes on.
_BELOW = re.compile(r"  +[^\d\s].*[),]\s*")
_HALTED = "Execution halted"
_RAISING = frozenset(("rlang::abort", "cli::cli_abort", "base::stop"))
_BASE = frozenset(
    "source eval eval.parent evalq withVisible sapply lapply vapply mapply Map Filter Reduce do.call stop "
    "tryCatch "
    "tryCatchList tryCatchOne doTryCatch try withCallingHandlers .handleSimpleError h stopifnot match.arg "
    "library "
    "require loadNamespace local suppressWarnings suppressMessages print cat invisible unlist get match.fun "
    "simpleError signalCondition sys.call apply tapply outer Recall standardGeneric UseMethod "
    "NextMethod".split()
)
_FARTHEST = 60


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first error that R's own lines follow; also a `traceback()` alone."""
    for n in range(len(lines)):
        line = bounded(lines, n)
        if "Error" in line:
            column = after_log_prefix(line)
            heading = _HEADING.fullmatch(line, column)
            if heading is not None and _is_certain(lines, n):
                raised = _raised(heading)
                is_tree = any(line.strip() == "Backtrace:" for line in lines[n + 1 : n + _FARTHEST])
                place = (heading["path"], heading["line"]) if heading["path"] else None
                settle = partial(_settle, _names(lines, n + 1), is_tree, place)
                return walk(lines, n + 1, raised, _GRAMMAR, column=column, finish=settle)
        elif _is_traceback(lines, n):
            return walk(lines, n, ExceptionBuilder(), _GRAMMAR, first=n)
    return None


def _names(lines: Sequence[str], start: int) -> str | None:
    """The names of calls that R prints below an error outside of an interactive session."""
    found = (_CALLS.fullmatch(bounded(lines, n)) for n in range(start, min(start + _FARTHEST, len(lines))))
    return next((match["names"] for match in found if match is not None), None)


def _raised(heading: re.Match[str]) -> ExceptionBuilder:
    return ExceptionBuilder(type="Error", message=[heading["value"] or ""])


def _caused(line: str) -> ExceptionBuilder | None:
    match = _CAUSED.fullmatch(line)
    return _raised(match) if match is not None else None


def _is_certain(lines: Sequence[str], n: int) -> bool:
    """Whether R's own lines follow the heading at line `n`."""
    for m in range(n + 1, min(n + _FARTHEST, len(lines))):
        line = bounded(lines, m)
        text = line.strip()
        if text == _HALTED or (
            text == "Backtrace:" and _TREE.fullmatch(bounded(lines, m + 1) or bounded(lines, m + 2))
        ):
            return True
        if _CALLS.fullmatch(line) and (" -> " in line or _HALTED in lines[m + 1 : m + 3]):
            return True
        if text in ("Backtrace:", "▆") and any(
            _TREE.fullmatch(bounded(lines, k)) for k in range(m + 1, m + 4)
        ):
            return True
        shiny = _SHINY.fullmatch(line)
        if _is_traceback(lines, m) or (shiny is not None and shiny["path"]):
            return True
        if _HEADING.fullmatch(line):
            return False
    return False


def _is_traceback(lines: Sequence[str], n: int) -> bool:
    """Whether `traceback()` begins at line `n`: numbers go down to 1, and a call names its file."""
    first = _LISTED.fullmatch(bounded(lines, n))
    if first is None:
        return False
    expected, has_place = int(first["number"]), first["path"] is not None
    for m in range(n + 1, min(n + 3 * expected + 3, len(lines))):
        listed = _LISTED.fullmatch(bounded(lines, m))
        if listed is None:
            continue
        if int(listed["number"]) != expected - 1:
            return False
        expected -= 1
        has_place = has_place or listed["path"] is not None
    return expected == 1 and has_place


def _call(lines: Sequence[str], n: int) -> Call | None:
    line = lines[n]
    match = _LISTED.fullmatch(line)
    if match is not None:
        return Call(_frame(match["call"].partition("(")[0], match["path"], match["line"]))
    shiny = _SHINY.fullmatch(line)
    if shiny is not None:
        return Call(_frame(shiny["name"], shiny["path"], shiny["line"]))
    tree = _TREE.fullmatch(line)
    if tree is None:
        return None
    place = _TREE_PLACE.fullmatch(tree["rest"])
    name = tree["name"] if tree["space"] in (None, "global") else f"{tree['space']}::{tree['name']}"
    return Call(_frame(name, *((place["path"], place["line"]) if place is not None else (None, None))))


def _frame(name: str, path: str | None, line: str | None) -> Frame:
    module, colons, function = name.rpartition("::")
    made = frame(
        "r", path, int(line) if line else None, module=module.rstrip(":") or None, function=function or name
    )
    # The place is where it was called: a call of the base packages in a file of the app is the app's line.
    # What only raises the error stands behind the call that failed.
    is_foreign = name in _RAISING or ((colons or name in _BASE) and not path)
    return replace(made, in_app=False) if is_foreign else made


def _settle(
    names: str | None, is_tree: bool, place: tuple[str, str] | None, chain: Sequence[ExceptionBuilder]
) -> None:
    """Take the `names` of calls where nothing else lists calls.

    A tree begins with its oldest call, and is what the outermost error has, though it is below the causes.
    `place` is the file and the line that the error's heading names.
    """
    for raised in chain:
        raised.message = [line.removeprefix("! ") for line in raised.message]
    listed = next((raised for raised in chain if raised.calls), chain[0])
    chain[0].calls, listed.calls = listed.calls, chain[0].calls
    if is_tree:
        chain[0].calls.reverse()
    if names is not None and not chain[0].calls:
        chain[0].calls = [_frame(name, None, None) for name in reversed(_ARROWS.split(names))]
    if place is not None and not any(call.line is not None for call in chain[0].calls):
        newest = chain[0].calls[0].function if chain[0].calls else None
        chain[0].calls[:1] = [frame("r", place[0], int(place[1]), function=newest)]


_GRAMMAR = Grammar(platform="r", call=_call, known=_KNOWN, below=_BELOW, cause=_caused)
