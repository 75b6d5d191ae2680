"""Lua's: a message and the traceback below it, as lua, LuaJIT, OpenResty and LÖVE print them.

    lua: ./till.lua:2: total is negative: -5
    stack traceback:
            [C]: in function 'error'
            ./till.lua:2: in upvalue 'refuse'
            shop.lua:7: in main chunk

A message's place repeats that of a call, so it is taken off. See https://www.lua.org/manual/5.4/manual.html
(`debug.traceback`).
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from app.model import Frame
from app.protocols.stacktrace import headings
from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.frames import frame
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.walk import Call, Grammar, bounded, walk

SIGN = r"stack\ traceback: | :\ in\ (?:main\ chunk|function\ [<'])"
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_CHUNK = r"""(?P<path>\[string\ "[^\n]{0,200}?"\]|\[love\ "[^"\n]{1,200}"\]|\(command\ line\)
    |\w+_by_lua\w*(?:\([^()\n]*\))?|[^\s:'"\[][^:\n]{0,500}?)"""
_CALL = re.compile(
    rf"""\s*(?:\[C\]|{_CHUNK}:(?P<line>\d{{1,9}})|(?P<builtin>\[builtin[^\]\n]*\])):\s
        (?:in\ (?:(?P<kind>main\ chunk|\?)
                | (?:function|upvalue|local|method|field|global|metamethod|for\ iterator)
                  \ (?:'(?P<name>[^'\n]*)'|<(?P<defined>[^<>\n]*)>)
                | function\ \?)
          | at\ 0x[0-9a-f]+ | \?)
        (?:\ \(.*\))?(?:,\ client:\ .*)?\s*
    """,
    re.VERBOSE,
)
_OMITTED = re.compile(
    r"\s*(?:\(\.{3}tail calls?\.{3}\)|\.{3}\s*\(skipping \d+ levels\)|\.{3}|\(tail call\): \?)\s*"
)
_KNOWN = re.compile(r"\s*(?:coroutine \d+:|stack traceback:|Traceback)\s*")
_MARK = "stack traceback:"
_TRACEBACK = "Traceback"
_HEADING = re.compile(
    rf"""(?:^|(?<=[\s(]))
        (?:(?:lua|luajit)[\d.]*(?:\.exe)?:\ )?{_CHUNK}:(?P<line>\d{{1,9}}):\ (?P<value>\S.*)
    """,
    re.VERBOSE | re.DOTALL,
)
_PROGRAM = re.compile(r"(?:lua|luajit)[\d.]*(?:\.exe)?: (?P<value>.*)", re.DOTALL)
_LIBRARY = re.compile(r"/share/lua/|/lib/lua/|/lualib/|/luarocks/|/lua_modules/|^\[(?:C|love|builtin)")


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first traceback, and the message above it."""
    for n in range(len(lines)):
        line = bounded(lines, n).rstrip()
        if line.endswith(_MARK) or line.strip() == _TRACEBACK:
            if not _calls_soon(lines, n + 1):
                continue
            before = line.removesuffix(_MARK).rstrip()
            if line.endswith(_MARK) and before:
                # Some loggers write the message and the mark in one line.
                return _trace([*lines[:n], before, *lines[n + 1 :]], n + 1, n + 1)
            return _trace(lines, n, n + 1)
        if ":" in line and _is_certain(lines, n):
            return _trace(lines, n, n)
    return None


def _calls_soon(lines: Sequence[str], start: int) -> bool:
    return any(
        _call(lines, n) is not None for n in range(start, min(start + 12, len(lines))) if bounded(lines, n)
    )


def _is_certain(lines: Sequence[str], n: int) -> bool:
    """Whether a bare traceback begins here: two calls in a row, of which one names its place."""
    calls = [_CALL.fullmatch(bounded(lines, m)) for m in (n, n + 1)]
    return all(calls) and any(call is not None and call["line"] for call in calls)


def _trace(lines: Sequence[str], end: int, start: int) -> LocatedTrace:
    """The traceback whose calls begin at line `start`, with the message that ends before line `end`."""
    found = headings.find(lines, end, _HEADING, _begin(lines, end))
    if found is not None:
        first, match = found
        message, column = [match["value"], *lines[first + 1 : end]], match.start()
    else:
        first = end
        while first and not lines[first - 1].strip():
            first -= 1
        first, column, message = (first - 1, 0, [lines[first - 1]]) if first else (end, 0, [])
        program = _PROGRAM.fullmatch(message[0]) if message else None
        if program is not None:
            message = [program["value"]]
    raised = ExceptionBuilder(message=message)
    first = min(first, len(lines) - 1)
    return walk(lines, start, raised, _GRAMMAR, first=first, column=column)


def _begin(lines: Sequence[str], end: int) -> int:
    """The first line that may be the message's: below an earlier traceback."""
    start = max(0, end - 50)
    return max((n + 1 for n in range(start, end) if _CALL.fullmatch(bounded(lines, n))), default=start)


def _call(lines: Sequence[str], n: int) -> Call | None:
    line = lines[n]
    if _OMITTED.fullmatch(line):
        return Call(None)
    match = _CALL.fullmatch(line)
    return Call(_frame(match)) if match is not None else None


def _frame(call: re.Match[str]) -> Frame:
    path = call["path"] or call["builtin"] or "[C]"
    name = call["name"] or (f"<{call['defined']}>" if call["defined"] else None)
    if call["kind"] == "main chunk":
        name = "main chunk"
    made = frame("lua", path, int(call["line"]) if call["line"] else None, function=name)
    return replace(made, in_app=False) if _LIBRARY.search(path) else made


_GRAMMAR = Grammar(
    platform="lua", call=_call, known=_KNOWN, another=re.compile(r"stack traceback:|^(?:lua|luajit)[\d.]*: ")
)
