"""Reports of the sanitizers for addresses, leaks, memory, threads and undefined behaviour, and of valgrind.

    ==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x… at pc 0x… bp 0x… sp 0x…
    READ of size 4 at 0x602000000014 thread T0
        #0 0x55eb in charge /srv/shop/till.c:10:5
        #1 0x55ec in main (/srv/shop/shop+0x21e0) (BuildId: …)

    freed by thread T0 here:

    till.c:10:193: runtime error: signed integer overflow: 2147483647 + 5 cannot be represented in type 'int'

The first stack is the error's; where memory came from, and other threads, are no causes. See
https://github.com/google/sanitizers/wiki and https://clang.llvm.org/docs/UndefinedBehaviorSanitizer.html.
"""

import re
from collections.abc import Sequence

from app.model import Frame
from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.native.numbered import Numbered, first_stack
from app.protocols.stacktrace.native.places import native_frame
from app.protocols.stacktrace.walk import Grammar, bounded, walk

SIGN = r":\ \w{2,12}Sanitizer:\ | :\d+:\ runtime\ error:\ | ^==\d+==\s+(?:at|by)\ 0x"
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_REPORT = re.compile(
    r"""(?:=+\d+=+\s*)?(?:ERROR|WARNING|FATAL):\ (?P<tool>(?:HW)?(?:Address|Leak|Thread|Memory
        |UndefinedBehavior)Sanitizer):\ (?P<value>.*)
    """,
    re.VERBOSE | re.DOTALL,
)
_KIND = re.compile(
    r"(?P<kind>attempting \S+|[a-zA-Z][\w-]*(?: [a-z][\w-]*){0,4}?)(?: on (?:unknown )?address|: | \("
    r"|\s+0x|,|$)"
)
_UNDEFINED = re.compile(
    r"(?P<path>(?:[A-Za-z]:)?[^\s:][^:\n]*?\.\w{1,5}):(?P<line>\d{1,9}):"
    r"(?P<column>\d{1,9}): runtime error: (?P<value>.*)",
    re.DOTALL,
)
_CALL = re.compile(
    r"""\s*\#(?P<number>\d{1,5})\s+(?:0x[0-9a-fA-F]+\s+(?:in\s+)?)?
        (?P<name>\S.*?)?
        (?:\s+(?P<path>(?:[A-Za-z]:)?[^\s():][^:\n()]*):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?
          |\s+(?P<bare>(?:\.{0,2}/|<)[^\s()]+))?
        (?:\s*\((?P<image>[^()\n]*?)\+0x[0-9a-fA-F]+\))?(?:\s*\(BuildId:\ [^()]*\))?\s*
    """,
    re.VERBOSE,
)
_VALGRIND = re.compile(r"==(?P<pid>\d{1,10})== (?P<value>\S.*)")
_VALGRIND_CALL = re.compile(
    r"""==\d{1,10}==\s+(?P<first>at|by)\ 0x[0-9A-Fa-f]+:\ (?P<name>\S.*?)
        \ \((?:in\ (?P<image>[^()\n]+)|(?P<path>[^():\n]+):(?P<line>\d{1,9}))\)\s*
    """,
    re.VERBOSE,
)
_ACCESS = re.compile(r"\s*(?:READ|WRITE|ACCESS|(?:Atomic )?(?:[Rr]ead|[Ww]rite)|(?:In)?[Dd]irect leak) of .*")
_KNOWN = re.compile(
    r"""=*(?:\d+=+)?\s*|\s*(?:
          SUMMARY:.* | =+ | .*:DEADLYSIGNAL | =+\d+=+(?:ABORTING|The\ signal.*|Hint:.*|Register\ values:.*)
        | Shadow\ bytes.* | Shadow\ byte\ legend.* | =?>?(?:\s*0x)?[0-9a-f]{8,}:.* | \w+Sanitizer[:\ ].*
        | \w[\w\ '-]+:\s+[0-9a-f]{2}(?:\s[0-9a-f]{2})*
        | 0x[0-9a-f]+\ is\ located\ .* | Location\ is\ .* | (?:freed|previously\ allocated
        |allocated)\ by\ thread.* | Thread\ T\d+.*
        | Address\ 0x.* | This\ frame\ has\ .* | \[\d+,\ \d+\).* | HINT:.* | Memory\ access\ at.*
        | Uninitialized\ value\ was.*
        | Addressable:.* | Partially\ addressable:.* | (?:Previous|As\ if)\ .* | Mutex\ .* | \(pid=.*\)
      )\s* | ==\d+==.*
    """,
    re.VERBOSE,
)


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first report."""
    for n in range(len(lines)):
        line = bounded(lines, n)
        if "Sanitizer: " in line and (report := _REPORT.search(line)) is not None:
            return _sanitized(lines, n, report)
        if "runtime error: " in line and (undefined := _UNDEFINED.search(line)) is not None:
            return _undefined(lines, n, undefined)
        if line.startswith("==") and any(_VALGRIND_CALL.fullmatch(bounded(lines, n + k)) for k in (1, 2)):
            said = _VALGRIND.fullmatch(line)
            if said is not None and not _VALGRIND_CALL.fullmatch(line):
                raised = ExceptionBuilder(type="valgrind", message=[said["value"]])
                return walk(lines, n + 1, raised, _valgrind_grammar())
    return None


def _sanitized(lines: Sequence[str], n: int, report: re.Match[str]) -> LocatedTrace:
    value = report["value"].rstrip()
    kind = _KIND.match(value)
    raised = ExceptionBuilder(
        type=f"{report['tool']}: {kind['kind'] if kind is not None else value[:100]}", message=[value]
    )
    access = next(
        (line.strip() for line in lines[n + 1 : n + 5] if len(line) < 500 and _ACCESS.fullmatch(line)), None
    )
    if access is not None:
        raised.message = [access.removesuffix(":")]
    return walk(lines, n + 1, raised, _grammar(), column=report.start(), finish=_one_line)


def _one_line(chain: Sequence[ExceptionBuilder]) -> None:
    for raised in chain:
        del raised.message[1:]


def _undefined(lines: Sequence[str], n: int, undefined: re.Match[str]) -> LocatedTrace:
    raised = ExceptionBuilder(type="UndefinedBehaviorSanitizer", message=[undefined["value"].rstrip()])
    column = int(undefined["column"]) if undefined["column"] else None
    if not any(_numbered(lines, m) for m in range(n + 1, min(n + 8, len(lines))) if bounded(lines, m)):
        raised.calls = [native_frame(None, undefined["path"], int(undefined["line"]), column)]
    return walk(lines, n + 1, raised, _grammar(), column=undefined.start())


def _numbered(lines: Sequence[str], n: int) -> Numbered | None:
    call = _CALL.fullmatch(lines[n]) if "#" in lines[n][:40] else None
    if call is None or not (call["name"] or call["image"]):
        return None
    return Numbered(int(call["number"]), _frame(call))


def _valgrind_numbered(lines: Sequence[str], n: int) -> Numbered | None:
    """A call of valgrind, which numbers none: `at` begins a stack, `by` goes on with it."""
    line = lines[n]
    call = _VALGRIND_CALL.fullmatch(line) if line.startswith("==") else None
    return Numbered(0 if call["first"] == "at" else n + 1, _frame(call)) if call is not None else None


def _frame(call: re.Match[str]) -> Frame:
    parts = call.groupdict()
    line, column = parts.get("line"), parts.get("column")
    return native_frame(
        parts.get("name"),
        parts.get("path") or parts.get("bare"),
        int(line) if line else None,
        int(column) if column else None,
        image=parts.get("image"),
    )


def _grammar() -> Grammar:
    return Grammar(platform="native", call=first_stack(_numbered), known=_KNOWN)


def _valgrind_grammar() -> Grammar:
    return Grammar(platform="native", call=first_stack(_valgrind_numbered), known=re.compile(r"==\d+==\s*"))
