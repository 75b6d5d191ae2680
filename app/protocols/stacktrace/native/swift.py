"""Swift's fatal errors, with the backtraces that Linux prints below them, and Apple's crash reports.

    shop/till.swift:3: Fatal error: total is negative: -5

    Thread 0 "shop" crashed:

    0 0x000055d0c0a0 charge(_:total:) + 72 in shop at /srv/shop/till.swift:3:5

    Exception Type:  EXC_CRASH (SIGABRT)
    Thread 0 Crashed:
    0   libsystem_kernel.dylib   0x00000001a6 __pthread_kill + 8
    1   Shop                     0x0000000104 Till.charge(_:) + 72 (Till.swift:3)

    *** Program crashed: Bad pointer dereference at 0x0000000000000000 ***
    *** Terminating app due to uncaught exception 'NSRangeException', reason: '…'

See https://github.com/swiftlang/swift/blob/main/docs/Backtracing.rst and
https://developer.apple.com/documentation/xcode/examining-the-fields-in-a-crash-report.
"""

import re
from collections.abc import Sequence

from app.model import Frame
from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.native.numbered import Numbered, first_stack
from app.protocols.stacktrace.native.places import native_frame
from app.protocols.stacktrace.walk import Grammar, bounded, walk

SIGN = r"""Fatal\ error:?\ [^\n] | (?:Precondition|Assertion)\ failed:\ [^\n] | Exception\ Type:\s
    | First\ throw\ call\ stack | due\ to\ uncaught\ exception | \ [Cc]rashed:
    | \s0x[0-9a-f]{6,16}\ \S[^\n]{0,2000}\ \+\ \d"""
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_KINDS = "Fatal error|Precondition failed|Assertion failed"
_FATAL = re.compile(
    rf"(?:(?P<path>[^\s:][^:\n]*\.swift):(?P<line>\d{{1,9}}): )(?P<type>{_KINDS})(?:: (?P<value>.*))?",
    re.DOTALL,
)
_FATAL_OLD = re.compile(
    rf"(?P<type>{_KINDS})(?:: (?P<value>.*?))?"
    r": file (?P<path>[^\n:]{1,300}\.swift), line (?P<line>\d{1,9})\s*",
    re.DOTALL,
)
_KIND = re.compile(_KINDS)
_UNCAUGHT = re.compile(
    r"\*\*\* Terminating app due to uncaught exception '(?P<type>[^'\n]+)', reason: '(?P<value>.*)'?\s*",
    re.DOTALL,
)
_PROGRAM = re.compile(r"\*\*\* (?P<type>Program crashed): (?P<value>\S.*?)(?: \*\*\*)?\s*")
_EXCEPTION_TYPE = re.compile(r"Exception Type:\s+(?P<type>\S.*?)(?: \((?P<value>\w+)\))?\s*")
_CRASHED = re.compile(
    r"(?:Thread \d+(?: .*)? [Cc]rashed:.*|Last Exception Backtrace:\s*|\*\*\* First throw call stack:.*"
    r"|Current stack trace:\s*)"
)
_APPLE = re.compile(
    r"""\s*(?P<number>\d{1,5})\s+(?P<image>\S.*?)\s+0x[0-9a-f]{6,16}\s+(?P<name>\S.*?)
        (?:\s\+\s\d+)?(?:\s\((?P<path>[^()\n]+\.\w+):(?P<line>\d{1,9})\)|\s\((?:in
        |from)\ [^()]*\)(?:\s\((?P<path2>[^()\n]+):(?P<line2>\d{1,9})\))?)?\s*
    """,
    re.VERBOSE,
)
_LINUX = re.compile(
    r"""\s*(?P<number>\d{1,5})\s+(?:\[(?:ra|inlined|async|system|thunk)\]\s+)*(?:0x[0-9a-f]+
        |\.{3})?\s*(?:\[(?:ra|inlined|async|system|thunk)\]\s+)*
        (?P<name>\S.*?)(?:\s\+\s\d+)?\sin\s(?P<image>\S+)(?:\sat\s(?P<path>[^\n]+?)(?::(?P<line>\d{1,9})
        (?::(?P<column>\d{1,9}))?)?)?\s*
    """,
    re.VERBOSE,
)
_LINUX_SIGN = re.compile(r"\s0x[0-9a-f]|\s\+\s\d+\sin\s|\sat\s\S.*:\d+\s*$")
_KNOWN = re.compile(
    r"""\s*[()]?\s* | \s*(?:→\s*)?\d+[│|].* | \s*[│|].* | (?:Exception\ (?:Codes|Note|Subtype)
        |Termination\ (?:Reason|Signal|Description)|Triggered\ by\ Thread
        |Terminating\ Process|VM\ Region\ Info|Application\ Specific\ (?:Information|Backtrace\ \d+
        |Signatures)|Crashed\ Thread|Process|Path|Identifier
        |Version|Code\ Type|Parent\ Process|Date/Time|OS\ Version|Hardware\ Model|Role|Coalition
        |Report\ Version|Incident\ Identifier|Launch\ Time)\b.*
      | \*\*\*\ .* | libc\+\+abi.* | terminating\ with.* | Thread\ \d.*[Cc]rashed.*
      | Last\ Exception\ Backtrace:.* | Current\ stack\ trace:.* | abort\(\)\ called
      | Backtrace\ took.* | (?:Press|Registers|Images).* | (?:Illegal\ instruction|Trace/BPT\ trap
      |Abort\ trap).* | \(0x[0-9a-f\ x]+\)\s*
    """,
    re.VERBOSE,
)


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first fatal error, uncaught exception or crash report, or calls as Apple's systems print them."""
    for n in range(len(lines)):
        line = bounded(lines, n)
        if ("atal error" in line or " failed: " in line) and (fatal := _fatal_error(line)):
            return _fatal(lines, n, fatal)
        if "uncaught exception" in line and (uncaught := _UNCAUGHT.search(line)):
            value = uncaught["value"].rstrip().removesuffix("'")
            raised = ExceptionBuilder(type=uncaught["type"], message=[value])
            return walk(lines, n + 1, raised, _grammar(), column=uncaught.start())
        if line.startswith("*** Program") and (crash := _PROGRAM.fullmatch(line)):
            raised = ExceptionBuilder(type=crash["type"], message=[crash["value"]])
            return walk(lines, n + 1, raised, _grammar())
        if line.startswith("Exception Type:") and (kind := _EXCEPTION_TYPE.fullmatch(line)):
            return _report(lines, n, kind)
        if _is_stack(lines, n):
            return _bare(lines, n)
    return None


def _fatal_error(line: str) -> re.Match[str] | None:
    """The fatal error in a line, as it is printed today or as it was before Swift 5.4."""
    kind = _KIND.search(line)
    if kind is None:
        return None
    return _FATAL.search(line) or _FATAL_OLD.match(line, kind.start())


def _fatal(lines: Sequence[str], n: int, fatal: re.Match[str]) -> LocatedTrace:
    raised = ExceptionBuilder(type=fatal["type"], message=[(fatal["value"] or "").rstrip()])
    has_calls = any(
        _numbered(lines, m) is not None for m in range(n + 1, min(n + 30, len(lines))) if bounded(lines, m)
    )
    if not has_calls:
        raised.calls = [native_frame(None, fatal["path"], int(fatal["line"]), platform="cocoa")]
    return walk(lines, n + 1, raised, _grammar(), column=fatal.start())


def _report(lines: Sequence[str], n: int, kind: re.Match[str]) -> LocatedTrace | None:
    """Parse a crash report: only the thread that crashed, or the exception's own backtrace above it."""
    start = next((m for m in range(n + 1, len(lines)) if _CRASHED.fullmatch(bounded(lines, m))), None)
    if start is None:
        return None
    raised = ExceptionBuilder(type=kind["type"], message=[kind["value"] or ""])
    for m in range(n + 1, start):
        line = bounded(lines, m)
        uncaught = _UNCAUGHT.search(line)
        fatal = _fatal_error(line)
        if uncaught is not None:
            raised.type, raised.message = uncaught["type"], [uncaught["value"].removesuffix("'")]
        elif fatal is not None:
            raised.type, raised.message = fatal["type"], [fatal["value"] or ""]
    return walk(lines, start + 1, raised, _grammar(), first=n)


def _bare(lines: Sequence[str], n: int) -> LocatedTrace:
    first = n - 1 if n and _CRASHED.fullmatch(bounded(lines, n - 1)) else n
    return walk(lines, n, ExceptionBuilder(), _grammar(), first=first)


def _is_stack(lines: Sequence[str], n: int) -> bool:
    """Whether calls 0 and 1 stand at line `n` and below it."""
    if lines[n].lstrip()[:1] != "0" or "0x" not in lines[n]:
        return False
    calls = [_numbered(lines, m) if bounded(lines, m) else None for m in (n, n + 1)]
    return [call.number for call in calls if call is not None] == [0, 1]


def _numbered(lines: Sequence[str], n: int) -> Numbered | None:
    line = lines[n]
    if not line.lstrip()[:1].isdigit():
        return None
    match = (_LINUX.fullmatch(line) if " in " in line else None) or (
        _APPLE.fullmatch(line) if "0x" in line else None
    )
    if match is None or (match.re is _LINUX and not _LINUX_SIGN.search(line)):
        return None
    return Numbered(int(match["number"]), _frame(match))


def _frame(call: re.Match[str]) -> Frame:
    parts = call.groupdict()
    path, line = parts.get("path") or parts.get("path2"), parts.get("line") or parts.get("line2")
    return native_frame(
        call["name"],
        path,
        int(line) if line else None,
        int(parts["column"]) if parts.get("column") else None,
        image=call["image"],
        platform="cocoa",
    )


def _grammar() -> Grammar:
    return Grammar(platform="cocoa", call=first_stack(_numbered), known=_KNOWN)
