"""Dart's and Flutter's stack traces: the VM's, package:stack_trace's, nameless ones, and Flutter's blocks.

    Unhandled exception:                             package:shop/pay.dart 15:20  Shop.pay.<fn>
    Bad state: no card                               ===== asynchronous gap ===========================
    #0      Shop.pay (package:shop/pay.dart:15:20)   bin/main.dart 4:3            main
    <asynchronous suspension>
                                                         #00 abs 00007f12 virt 00051230 _kDartIso…+0x44230

A program built without its names has addresses only; `virt` is the one within its image, equal in each run of
a build. On Android each line has logcat's beginning. What Dart compiled to JavaScript prints is read as
JavaScript's. See https://pub.dev/packages/stack_trace and https://docs.flutter.dev/testing/errors.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from app.model import Frame
from app.protocols.event import code_address
from app.protocols.stacktrace import headings
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten
from app.protocols.stacktrace.frames import LONGEST_LINE, frame
from app.protocols.stacktrace.languages import dart_errors
from app.protocols.stacktrace.located_trace import LocatedTrace

SIGN = r"""
    \.dart(?::\d|\)|\ \d|\ \ ) | \(dart: | ^\W{0,8}dart:\S | \#\d{1,4}\s{1,6}abs\ [0-9a-f]{6}
  | \(<?data:application/dart | ══╡\ EXCEPTION | ══\ Exception\ caught
"""
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

# What logcat, Flutter's tool and package:logger write before each line.
_BEGINNING = re.compile(
    r"""(?: (?:\d\d-\d\d\ )?[\d:.]{8,18}\s+ (?:\d+\s+\d+\s+)? )?
        (?:\[[^\]]{1,40}\]\ )?
        (?: [A-Z]/flutter\s{0,4}(?:\(\s{0,8}\d{1,9}\))?\s?:\ ? | [A-Z]\s+flutter\s{0,4}:\ ? | flutter:\ ? )
        (?:[│┃]\ )?
      | \s{0,8}[│┃]\ """,
    re.VERBOSE,
)
_CALL = re.compile(
    r"""\s*\#(?P<number>\d{1,6})\s+(?P<function>\S.*?)\s+
        \((?P<path>(?:package|dart|file|https?|asset|data|org-dartlang-[\w-]+):[^\n]*?|[^()\n]*?\.dart|[^()\s]+?(?=:\d))
        (?::(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?)?\)\s*
    """,
    re.VERBOSE,
)
_SHORT = re.compile(
    r"""\s*(?P<path>(?:package|dart|file|https?|data|org-dartlang-[\w-]+):\S+|[^\s:]+\.dart)
        (?:\ (?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?)?
        \s{2,400}(?P<function>(?:new\ )?(?![\d<]\s)(?:[^\s<(]|<[^<>\n]*>|\([^()\n]*\))+)\s*
    """,
    re.VERBOSE,
)
# What may stand without a line: a library of Dart's own, or a package's.
_LIBRARY = re.compile(r"^(?:dart|package):|\.dart$")
# A chain's last gap may follow a call without a new line.
_GAP = re.compile(r"===== asynchronous gap =+\s*$")
_NAMELESS = re.compile(
    r"""\s*\#(?P<number>\d{1,6})\s+abs\ (?P<absolute>[0-9a-f]{6,16})
        (?:\ unit\ \d{1,6})?(?:\ virt\ (?P<virtual>[0-9a-f]{6,16}))?
        (?:\ (?P<rest>\S.*))?
    """,
    re.VERBOSE,
)
_SYMBOL = re.compile(r"(?P<symbol>\w+)\+(?P<offset>0x[0-9a-f]{1,16})")
_IMAGE = re.compile(
    r"""\s*(?: Warning:\ This\ VM\ has\ been\ configured\ to\ produce\ stack\ traces
          | (?:\*\*\*\ ?){8,} | pid:\ \d+,\ tid: | os:\ \w+\ arch: | loading_unit:\ \d{1,6},\ build_id:\ '
          | build_id[:=]\ ?'(?P<build>[0-9a-f]{4,80})' | \w*(?:dso_base|instructions)[:=]\ ?[0-9a-f]
        )""",
    re.VERBOSE,
)
_MARK = re.compile(
    r"""\s*(?: <asynchronous\ (?:suspension|gap)> | =====\ asynchronous\ gap\ =+ | -{3,}.{0,40}-{3,}
          | \(elided\ .{1,300}\) | \.\.\.(?:\s.{0,200}\(\d{1,9}\ frames?\)|\s*) | [═─┄┈┌├└╌━┏┣┗]{3,}\s*
          | <redacted> | <invalid\ Dart\ instruction\ address>
        )\s*""",
    re.VERBOSE,
)
_BANNER = re.compile(r"\s*═{2,200}╡? E(?:XCEPTION CAUGHT BY|xception caught by) [^═╞\n]{1,100}╞?═*\s*")
_STACK_BELOW = re.compile(r"\s*When the exception was thrown, this was the stack:?\s*")
# What Flutter's gesture library says below the stack.
_DETAIL = re.compile(r"\s*(?:Handler|Recognizer|Event|Target|Another handler):")
# A line of a box, or of Flutter's.
_LINE = re.compile(r"\s*[═─┄┈┌├└╌━┏┣┗]{3,}\s*")
# So many lines the words about a program without names may have.
_HEADER = 40
_VM = "_kDartVmSnapshotInstructions"


class _Text(Struct, frozen=True):
    """The lines without what a logger wrote before each, and how much that was."""

    lines: Sequence[str]
    cut: Sequence[int]


class _Call(Struct, frozen=True):
    """A line with a call. `number` is its place in the trace, which the short form does not write."""

    frame: Frame
    number: int | None


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The exception in `lines`; None when there are neither calls nor one of Flutter's blocks."""
    text = _plain(lines)
    for n, line in enumerate(text.lines):
        if _BANNER.fullmatch(line[:LONGEST_LINE]):
            return _block(text, n)
        if _IMAGE.match(line[:LONGEST_LINE]):
            if any(_NAMELESS.fullmatch(below[:LONGEST_LINE]) for below in text.lines[n : n + _HEADER]):
                return _below_message(text, n)
            continue
        call = _call(line, "")
        if call is not None and (call.number is not None or call.frame.line is not None):
            return _below_message(text, _first(text.lines, n))
    return None


def _first(lines: Sequence[str], n: int) -> int:
    """The first of the calls that line `n` is among: libraries have no lines in the terse form."""
    while n and _call(lines[n - 1], "") is not None:
        n -= 1
    return n


def _plain(lines: Sequence[str]) -> _Text:
    plain, cut = [], []
    for line in lines:
        match = _BEGINNING.match(line[:LONGEST_LINE])
        cut.append(match.end() if match is not None else 0)
        plain.append(line[cut[-1] :])
    return _Text(plain, cut)


def _below_message(text: _Text, first: int) -> LocatedTrace:
    """Parse calls, and what stands above them: the exception's message, if it is certain to be one."""
    top = first
    while top and (not text.lines[top - 1].strip() or _LINE.fullmatch(text.lines[top - 1])):
        top -= 1
    raised = ExceptionBuilder()
    line, column = first, 0
    heading = dart_errors.unhandled(text.lines, top)
    if heading is not None:
        line, match = heading
        column = match.start()
        raised.type, raised.message = dart_errors.named([match["value"], *text.lines[line + 1 : top]])
    elif (heading := headings.find(text.lines, top, dart_errors.HEADING)) is not None:
        line, match = heading
        column = match.start()
        raised.type, raised.message = dart_errors.named([match[0], *text.lines[line + 1 : top]])
    unread = _read_calls(text.lines, first, raised)
    if not text.lines[line][:column].strip():
        # Nothing but what logcat writes before each line, and the box around it.
        column = 0
        while line and _LINE.fullmatch(text.lines[line - 1]):
            line -= 1
    else:
        column += text.cut[line]
    return LocatedTrace(platform="dart", exceptions=flatten(raised), line=line, column=column, unread=unread)


def _block(text: _Text, banner: int) -> LocatedTrace:
    """Parse one of Flutter's blocks, which begins with the library that caught the exception."""
    end = banner + 1
    while end < len(text.lines):
        line = text.lines[end][:LONGEST_LINE]
        if (
            _STACK_BELOW.fullmatch(line)
            or _LINE.fullmatch(line)
            or _BANNER.fullmatch(line)
            or _call(line, "")
        ):
            break
        end += 1
    raised = ExceptionBuilder()
    raised.type, raised.message = dart_errors.caught(text.lines[banner + 1 : end])
    if end < len(text.lines) and _STACK_BELOW.fullmatch(text.lines[end][:LONGEST_LINE]):
        end += 1
    unread = _read_calls(text.lines, end, raised)
    return LocatedTrace(platform="dart", exceptions=flatten(raised), line=banner, unread=unread)


def _read_calls(lines: Sequence[str], start: int, raised: ExceptionBuilder) -> int:
    """Read the calls into `raised`, up to another exception; how many lines were not understood.

    A line that says nothing is skipped. The calls below it are another exception's if they count from 0 anew,
    or if the line is the heading of one.
    """
    unread, build, is_detail = 0, "", False
    unknown: int | None = None
    for n in range(start, len(lines)):
        line = lines[n][:LONGEST_LINE]
        if not line.strip():
            continue
        call = _call(lines[n], build)
        if call is not None:
            if unknown is not None and raised.calls and _are_anothers(lines, unknown, n, call):
                return unread + _written(lines[n:])
            raised.calls.append(call.frame)
            unknown, is_detail = None, False
        elif _BANNER.fullmatch(line) or dart_errors.is_unhandled(line):
            return unread + _written(lines[n:])
        elif (image := _IMAGE.match(line)) is not None:
            build = image["build"] or build
            unknown = n if unknown is None and raised.calls else unknown
        elif _MARK.fullmatch(line):
            is_detail = False
        elif _DETAIL.match(line):
            is_detail = True
        elif not (is_detail and line[:1].isspace()):
            unread += 1
            unknown = n if unknown is None else unknown
    return unread


def _written(lines: Sequence[str]) -> int:
    return sum(1 for line in lines if line.strip())


def _are_anothers(lines: Sequence[str], unknown: int, n: int, call: _Call) -> bool:
    """Whether the call of line `n` belongs to what begins at line `unknown`."""
    if call.number is not None:
        return call.number == 0
    return any(dart_errors.HEADING.match(line[:LONGEST_LINE].strip()) for line in lines[unknown:n])


def _call(line: str, build: str) -> _Call | None:
    """The call of a line; `build` identifies the program, whose calls may have no names."""
    if len(line) > LONGEST_LINE or not ("#" in line or ".dart" in line or ":" in line):
        return None
    if " abs " in line and (nameless := _NAMELESS.fullmatch(line)) is not None:
        return _Call(_nameless(nameless, build), int(nameless["number"]))
    if "===== " in line:
        line = _GAP.sub("", line)
    match = _CALL.fullmatch(line)
    number = int(match["number"]) if match is not None else None
    if match is None:
        match = _SHORT.fullmatch(line)
    if match is None or not (number is not None or match["line"] or _LIBRARY.search(match["path"])):
        return None
    where = frame(
        "dart",
        match["path"],
        int(match["line"]) if match["line"] else None,
        int(match["column"]) if match["column"] else None,
        function=match["function"],
    )
    return _Call(where, number)


def _nameless(match: re.Match[str], build: str) -> Frame:
    """A call without a name, by its address in the image, or else by its distance from a symbol."""
    rest = match["rest"] or ""
    symbol = _SYMBOL.fullmatch(rest)
    image = symbol["symbol"] if symbol is not None else rest or None
    given = match["virtual"] or (symbol["offset"] if symbol is not None else None)
    offset = int(given, 16) if given else None
    return Frame(
        module=image if symbol is not None else None,
        filename=None if symbol is not None else image,
        function=hex(int(match["absolute"], 16) if offset is None else offset),
        address=None if offset is None else code_address.within(offset, build),
        in_app=image != _VM,
    )
