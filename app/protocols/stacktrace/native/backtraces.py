"""Backtraces that a C or C++ program prints of itself: glibc, Boost, the standard library, glog, Android.

    terminate called after throwing an instance of 'std::runtime_error'
      what():  total is negative

    shop: till.c:10: charge: Assertion `total > 5' failed.

    ./shop(charge+0x4b)[0x55887f1aa232]                        0# charge(int) at /srv/shop/till.cpp:5
    /lib/x86_64-linux-gnu/libc.so.6(+0x2724a)[0x7f7b]          1# main in ./shop
        @     0x55887f1aa232 charge()                          #00 pc 0001d5a8  /system/lib/libc.so (abort+12)

See https://man7.org/linux/man-pages/man3/backtrace.3.html and https://www.boost.org/doc/libs/release/libs/stacktrace/.
"""

import re
from collections.abc import Sequence

from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.native import debuggers
from app.protocols.stacktrace.native.numbered import first_stack
from app.protocols.stacktrace.native.places import native_frame
from app.protocols.stacktrace.walk import Call, Grammar, after_log_prefix, bounded, walk

SIGN = r"""\+0x[0-9a-f]+\)\ ?\[0x | terminate\ called | uncaught\ exception\ of\ type | :\ Assertion\ [`']
    | ^\s*\d+\#\ | ^\s+@\s+0x | \#\d\d\ pc\ [0-9a-f] | Assertion\ failed:\ \("""
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_GLIBC = re.compile(
    r"\s*(?P<image>[^\s()\[\]]+)\((?P<name>[^()\n]*?(?:\(.*?\))?)?(?:\+0x[0-9a-f]+)?\) ?\[0x[0-9a-f]+\]\s*"
)
_BOOST = re.compile(
    r"""\s*\d{1,5}\#\s+(?:0x[0-9A-Fa-f]+\ in\ (?P<bare_image>\S+)|(?P<name>\S.*?)
        (?:\ (?:at|in)\ (?P<path>[^\n]+?):(?P<line>\d{1,9}) | \ (?:in
        |at)\ (?P<image>[./][^\n]*?))?(?:\ \[0x[0-9a-fA-F]+\])?)\s*
    """,
    re.VERBOSE,
)
_GLOG = re.compile(r"\s+@\s+0x[0-9a-f]+\s+(?:\(?(?P<size>\d+)\)?\s+)?(?P<name>\S.*?)\s*")
_ANDROID = re.compile(
    r"""(?:.{0,100}?\ )?\#\d\d\s+pc\s+[0-9a-f]{4,16}\s+(?P<image>\S+)
        (?:\s\((?P<name>[^\n]*?)(?:\+\d+)?\))?(?:\s\(BuildId:\ [0-9a-f]+\))?\s*
    """,
    re.VERBOSE,
)
_PATTERNS = (_GLIBC, _BOOST, _GLOG, _ANDROID)
_TERMINATE = re.compile(
    r"(?:.{0,200}?\b)?terminate called (?:after throwing an instance of '(?P<type>[^'\n]+)'"
    r"|(?P<value>without .*|recursively))\s*"
)
_ABI = re.compile(
    r"(?:.{0,200}?\b)?terminating (?:due to|with) (?:an )?uncaught exception of type "
    r"(?P<type>[^\s:]+(?:::[^\s:]+)*)(?:: (?P<value>.*))?"
)
_WHAT = re.compile(r"\s*what\(\):\s*(?P<value>.*)", re.DOTALL)
_ASSERTION = re.compile(
    r"""(?:(?P<program>[^\s:][^:\n]*):\ )?(?P<path>[^\s:][^:\n]*):(?P<line>\d{1,9}):\ (?P<name>
        [^\n]*?):\ Assertion\ [`'](?P<value>.*)'\ failed\.\s*
      | Assertion\ failed:\ \((?P<mac_value>.*)\),\ function\ (?P<mac_name>.+?),\ file\ (?P<mac_path>
      [^\n]+?),\ line\ (?P<mac_line>\d{1,9})\.\s*
    """,
    re.VERBOSE,
)
_SIGNAL = re.compile(
    r"""(?:signal\ \d+\ \(|\*\*\*\ )?(?P<type>SIG(?:SEGV|ABRT|FPE|ILL|BUS|TRAP|SYS))\b.*
      | \b(?P<name>Segmentation\ fault|Aborted|Floating\ point\ exception|Illegal\ instruction|Bus\ error)\b.*
      | (?P<glibc>\*\*\*\ [^*\n]{3,200}\ \*\*\*).*
    """,
    re.VERBOSE,
)
_GLOG_FATAL = re.compile(r"[FE]\d{4,8} \d\d:\d\d:\d\d\.\d+\s+\d+ [^\]\n]+\] (?:Check failed: )?(?P<value>.*)")
_KNOWN = re.compile(
    rf"{debuggers.KNOWN.pattern}|(?:Aborted|Segmentation fault).*|(?:Stack|Back)trace:\s*"
    rf"|.*Obtained \d+ stack frames\.?\s*|=+ Backtrace: =+|\*\*\* .* \*\*\*"
)


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """What ended the program, or a backtrace of two calls or more with what stands above it."""
    for n in range(len(lines)):
        line = bounded(lines, n)
        column = after_log_prefix(line)
        if "terminat" in line and (ended := _TERMINATE.fullmatch(line) or _ABI.fullmatch(line)):
            return _terminated(lines, n, ended)
        if "Assertion" in line and (assertion := _ASSERTION.fullmatch(line, column)):
            return _assertion(lines, n, column, assertion)
        call = _call(lines, n) if line else None
        if (
            call is not None
            and _is_placed(call, line)
            and any(_call(lines, m) is not None for m in (n + 1, n + 2) if bounded(lines, m))
        ):
            return _backtrace(lines, n)
    return None


def _is_placed(call: Call, line: str) -> bool:
    """Whether a call says where it was, as no numbered list of words does."""
    frame = call.frame
    return frame is not None and (frame.line is not None or frame.module is not None or "0x" in line)


def _terminated(lines: Sequence[str], n: int, ended: re.Match[str]) -> LocatedTrace:
    raised = ExceptionBuilder(type=ended["type"] or "std::terminate", message=[ended["value"] or ""])
    what = _WHAT.fullmatch(bounded(lines, n + 1))
    if what is not None:
        raised.message = [what["value"]]
    column = max(
        line_start for line_start in (ended[0].find("terminate called"), ended[0].find("terminating"), 0)
    )
    return walk(lines, n + 1 + (what is not None), raised, _grammar(), first=n, column=column)


def _assertion(lines: Sequence[str], n: int, column: int, match: re.Match[str]) -> LocatedTrace:
    parts = {name.removeprefix("mac_"): value for name, value in match.groupdict().items() if value}
    raised = ExceptionBuilder(type="Assertion failed", message=[parts.get("value", "")])
    own = native_frame(parts.get("name"), parts.get("path"), int(parts.get("line", 0)))
    if not any(
        _call(lines, m) or debuggers.numbered(lines, m)
        for m in range(n + 1, min(n + 30, len(lines)))
        if bounded(lines, m)
    ):
        raised.calls = [own]
    return walk(lines, n + 1, raised, _grammar(), first=n, column=column)


def _backtrace(lines: Sequence[str], n: int) -> LocatedTrace:
    """Parse calls, and what a line close above says of why."""
    for m in range(n - 1, max(-1, n - 6), -1):
        line = bounded(lines, m)
        fatal = _GLOG_FATAL.fullmatch(line)
        if fatal is not None:
            raised = ExceptionBuilder(type="Check failed", message=[fatal["value"]])
            return walk(lines, n, raised, _grammar(), first=m)
        match = _SIGNAL.search(line)
        if match is not None:
            kind = match["type"] or match["name"]
            raised = ExceptionBuilder(type=kind or "abort", message=[match[0].strip()])
            if kind is not None or not match[0].startswith("*** Check failure"):
                return walk(lines, n, raised, _grammar(), first=m, column=match.start())
    return walk(lines, n, ExceptionBuilder(), _grammar(), first=n)


def _call(lines: Sequence[str], n: int) -> Call | None:
    line = lines[n]
    if "0x" not in line and "# " not in line and " pc " not in line:
        return None
    match = next((match for pattern in _PATTERNS if (match := pattern.fullmatch(line))), None)
    if match is None:
        return None
    parts = match.groupdict()
    return Call(
        native_frame(
            parts.get("name") or None,
            parts.get("path"),
            int(parts["line"]) if parts.get("line") else None,
            image=parts.get("image") or parts.get("bare_image"),
        )
    )


def _grammar() -> Grammar:
    """Of what a program prints of itself, and of what a debugger prints below that."""
    debugged = first_stack(debuggers.numbered)

    def call(lines: Sequence[str], n: int) -> Call | None:
        return _call(lines, n) or debugged(lines, n)

    return Grammar(platform="native", call=call, known=_KNOWN)
