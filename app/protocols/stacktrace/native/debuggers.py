"""What gdb, lldb and systemd's coredumpctl print of a program that died.

    Program received signal SIGSEGV, Segmentation fault.     * thread #1, stop reason = EXC_BAD_ACCESS (…)
    0x0000555555555271 in charge (total=4) at till.c:10        * frame #0: 0x… shop`charge
    (total=4) at till.c:10:5
    #0  0x0000555555555271 in charge (total=4) at till.c:10      frame #1: 0x… shop`main + 24
    #1  0x00007ffff7ca90d8 in __cxa_throw () from /lib/…/libstdc++.so.6

See https://sourceware.org/gdb/current/onlinedocs/gdb.html/Backtrace.html and https://lldb.llvm.org/.
"""

import re
from collections.abc import Sequence

from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.native.numbered import Numbered, first_stack
from app.protocols.stacktrace.native.places import native_frame
from app.protocols.stacktrace.walk import Grammar, bounded, walk

SIGN = r"^[*\ \t]{0,24}\#\d+\s+(?:0x[0-9a-f]+\ |\S[^\n]{0,300}\ \() | frame\ \#\d+:\ 0x"
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_GDB = re.compile(r"\#(?P<number>\d{1,5})\s+(?:0x[0-9a-f]+\ in\ )?(?P<rest>\S.*)", re.VERBOSE | re.DOTALL)
# Without a debugger, of LLVM and Chromium: "#0 0x55d0 base::Trace() (/opt/shop+0xd0)".
_ADDRESSED = re.compile(
    r"""\#(?P<number>\d{1,5})\s+0x[0-9a-f]+\s+(?!in\ )(?P<name>\S.*?)
        (?:\s+(?P<path>[./][^\s():]+):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?)?
        (?:\s*\((?P<image>[^()\n]*?)\+0x[0-9a-f]+\))?
    """,
    re.VERBOSE,
)
_COREDUMP = re.compile(
    r"\#(?P<number>\d{1,5})\s+0x[0-9a-f]{8,16} (?P<name>\S.*?) \((?P<image>[^()\n]*?)(?: \+ 0x[0-9a-f]+)\)\s*"
)
_LLDB = re.compile(r"[\s*]*frame \#(?P<number>\d{1,5}): 0x[0-9a-f]+ (?P<image>[^`\n]+)`(?P<rest>[^\n]+)")
_PLACE = re.compile(r"(?P<path>[^:]+):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?(?: \[[^\]]*\])*")
_OFFSET = re.compile(r" \+ \d{1,9}(?: \[[^\]]*\])*$")
_SIGNAL = re.compile(
    r"(?:Program|Thread .{1,80}?) (?:received signal"
    r"|terminated with signal) (?P<type>\w+), (?P<value>.*?)\.?\s*$"
)
_TERMINATED = re.compile(r"Program terminated with signal (?P<type>\w+), (?P<value>.*?)\.?\s*$")
_STOPPED = re.compile(
    r"[\s*]*thread #\d+.*stop reason = (?P<type>EXC_\w+|signal \w+|[\w ]+?)(?: \((?P<value>.*)\))?\s*"
)
_CORE = re.compile(r"\s*(?:Signal: \d+ \((?P<type>\w+)\)|Process \d+ \(.*\) of user \d+ dumped core\.)\s*")
KNOWN = re.compile(
    r"\s*|(?:Program|Thread .*) (?:received|terminated with) signal .*|Thread \d+ \(.*|\d+\s.*"
    r"|0x[0-9a-f]+ in .*|\S.* at \S+:\d+\s*|\[(?:Current|New|Switching|Thread|Inferior).*"
    r"|\s+at .*|\(More stack frames follow.*|Backtrace stopped.*|\s*Stack trace of thread.*"
)
"""What debuggers print between stacks, matched whole."""
_FARTHEST = 60


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first stack of two calls or more, else the first call alone, and the signal above it."""
    alone: int | None = None
    for n in range(len(lines)):
        line = bounded(lines, n)
        found = numbered(lines, n) if "#" in line[:200] else None
        if found is None:
            continue
        following = next(
            (
                call
                for m in range(n + 1, min(n + 5, len(lines)))
                if bounded(lines, m) and (call := numbered(lines, m))
            ),
            None,
        )
        if (
            following is not None
            and following.number == found.number + 1
            and (_is_placed(found, line) or _is_placed(following, ""))
        ):
            return _trace(lines, n)
        if alone is None and found.number == 0 and _is_placed(found, line):
            alone = n
    return _trace(lines, alone) if alone is not None else None


def _is_placed(call: Numbered, line: str) -> bool:
    """Whether a call says where it was, as no numbered list of words does."""
    return call.frame.line is not None or call.frame.module is not None or "0x" in line


def _trace(lines: Sequence[str], n: int) -> LocatedTrace:
    first, raised, column = _heading(lines, n)
    grammar = Grammar(platform="native", call=first_stack(numbered), known=KNOWN)
    return walk(lines, n, raised, grammar, first=first, column=column)


def _heading(lines: Sequence[str], end: int) -> tuple[int, ExceptionBuilder, int]:
    for n in range(max(0, end - _FARTHEST), end):
        line = bounded(lines, n)
        for pattern in (_SIGNAL, _TERMINATED, _STOPPED):
            match = pattern.search(line)
            if match is not None:
                value = match["value"] or ""
                return n, ExceptionBuilder(type=match["type"], message=[value]), match.start()
        core = _CORE.fullmatch(line)
        if core is not None:
            return n, ExceptionBuilder(type=core["type"] or "core dumped", message=[]), 0
    return end, ExceptionBuilder(), 0


def numbered(lines: Sequence[str], n: int) -> Numbered | None:
    """The call at line `n`, as any of the debuggers prints it."""
    line = lines[n]
    if "#" not in line[:200]:
        return None
    text = line.strip()
    match = _COREDUMP.fullmatch(text)
    if match is not None:
        return Numbered(int(match["number"]), native_frame(_known(match["name"]), image=match["image"]))
    gdb = _GDB.fullmatch(text)
    if gdb is not None:
        found = _gdb(int(gdb["number"]), gdb["rest"])
        addressed = _ADDRESSED.fullmatch(text) if found is None or "+0x" in text else None
        return _addressed(addressed) if addressed is not None else found
    lldb = _LLDB.fullmatch(line)
    return _lldb(int(lldb["number"]), lldb["image"], lldb["rest"]) if lldb is not None else None


def _gdb(number: int, rest: str) -> Numbered | None:
    """Parse ``charge (total=4) at till.c:10``, or ``abort () from /lib/libc.so.6``.

    By searching from both ends: arguments may hold anything, and a pattern would try each parenthesis.
    """
    image = path = line = None
    call, found, place = rest.rpartition(") at ")
    if found:
        path, _colon, line = place.rpartition(":")
        if not path or not line.isdecimal() or len(line) > 9:
            return None
    else:
        call, found, image = rest.rpartition(") from ")
        if not found:
            if not rest.endswith(")"):
                return None
            call, image = rest[:-1], None
    name, found, _arguments = call.partition(" (")
    if not found:
        return None
    return Numbered(number, native_frame(_known(name), path, int(line) if line else None, image=image))


def _addressed(call: re.Match[str]) -> Numbered:
    line, column = call["line"], call["column"]
    return Numbered(
        int(call["number"]),
        native_frame(
            _known(call["name"]),
            call["path"],
            int(line) if line else None,
            int(column) if column else None,
            image=call["image"],
        ),
    )


def _lldb(number: int, image: str, rest: str) -> Numbered:
    """Parse ``charge(total=4) at till.c:10:5``, or ``main + 24``."""
    path = line = column = None
    name, found, place = rest.rstrip().rpartition(" at ")
    where = _PLACE.fullmatch(place) if found else None
    if where is not None:
        path, line, column = where["path"], int(where["line"]), where["column"]
    else:
        name = rest.rstrip()
    name = _OFFSET.sub("", name)
    if name.endswith(")"):
        name = name.partition("(")[0] or name
    return Numbered(number, native_frame(name, path, line, int(column) if column else None, image=image))


def _known(name: str) -> str | None:
    return name if name != "??" else None
