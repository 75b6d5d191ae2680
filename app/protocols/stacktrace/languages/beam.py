"""Elixir's and Erlang's: what Exception.format, Logger, ExUnit and Erlang's shell print.

    ** (exit) exited in: GenServer.call(#PID<0.109.0>, :pay, 5000)
        ** (EXIT) an exception was raised:
            ** (ArgumentError) total is negative: -5
                shop.exs:6: Shop.Till.refuse/2
                (stdlib 4.2) gen_server.erl:1149: :gen_server.try_handle_call/4
        (elixir 1.14.0) lib/gen_server.ex:1038: GenServer.call/3

    ** exception error: {negative,-1}
         in function  till:charge/2 (till.erl, line 3)

What is indented deeper is the cause. See https://hexdocs.pm/elixir/Exception.html and
https://www.erlang.org/doc/system/errors.html.
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from app.model import Frame
from app.protocols.stacktrace import headings
from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.frames import frame
from app.protocols.stacktrace.languages.otp_libraries import is_library
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.walk import Call, Grammar, bounded, walk

SIGN = r"""\*\*\ \((?:[A-Z]|exit|throw|stop|error) | exception\ (?:error|exit|throw):
    | \.(?:exs?|erl|[hl]?eex|heex):\d+:\ | ^in\ function\ """
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_HEADING = re.compile(
    r"""\*\*\ \((?P<type>(?:[A-Z]\w*\.)*[A-Z]\w*|exit|throw|stop|error|EXIT\ from\ [^()\n]{1,100})\)
        (?:\ (?P<value>.*))?""",
    re.VERBOSE | re.DOTALL,
)
_RAISABLE = re.compile(r"(?:[\w.]+\.)?\w*(?:Error|Exception)|exit|throw|stop|Mix|EXIT .*", re.DOTALL)
_RAISED = re.compile(r"(?:.* )?an exception was raised:\s*")
_CALL = re.compile(
    r"""\s*(?:\((?P<app>[a-z]\w*)(?:\ [\w.+-]+)?\)\ )?
        (?:(?P<path>[^\s:()\[\]][^:\n]*):(?P<line>\d{1,9}):(?:\d{1,9}:)?\ )?
        (?P<name>\((?:file|module|test|stdlib|elixir)\)
          | (?:anonymous\ fn/\d+\ in\ )?(?P<module>(?::(?:[a-z]\w*|"[^"\n]+")|[A-Z][\w.]*))
            \.(?P<function>[^\s(]+(?:\ [^\s(]+){0,3}/\d{1,3}|[^\s(/]+\(.*\)(?:[/.][^\n]*)?)
          | expanding\ macro:\ \S+ | [A-Z][\w.]*\ \(module\)
          | \#Function<.*>\.?\(?.*|anonymous\ fn/\d+.*)
        \s*
    """,
    re.VERBOSE,
)
_ERLANG_HEADING = re.compile(
    r"\s*(?P<lead>(?:.{0,200}?\*\* |escript: |.{0,200}?)?)exception (?P<type>error|exit"
    r"|throw): (?P<value>.*)",
    re.DOTALL,
)
_EUNIT = re.compile(r"\*\*(?P<type>error|exit|throw):(?P<value>.*)", re.DOTALL)
_ERLANG_CALL = re.compile(
    r"""\s*in\ (?:function|call\ from|operator)\s+(?P<name>\S+?/\d{1,3}|\S.*?)
        (?:\ \((?P<path>[^(),\n]+),\ line\ (?P<line>\d{1,9})\))?\s*
    """,
    re.VERBOSE,
)
_KNOWN = re.compile(
    r"\*\*(?:error|exit|throw):.*|"
    r"\s{3,}(?:code|stacktrace|Stacktrace): .*|\s*(?:stacktrace|Stacktrace):\s*|\s+called as .*"
    r"|\s+\*\*\* argument \d+:.*"
)
_BELOW = re.compile(
    r"""\s*(?:
          (?:Last\ message|State|Function|Args|Start\ Call|Queue|Postponed|Initial\ Call|Ancestors
          |Messages?|Links|Dictionary
            |Message\ Queue\ Length|Trapping\ Exits|Status|Heap\ Size|Stack\ Size|Reductions|Neighbou?rs
            |hint)\b[^:\n]{0,80}:.*
        | (?:ancestors|message_queue_len|messages|links|dictionary|trap_exit|status|heap_size|stack_size
            |reductions|neighbours|pid|registered_name|initial\ call|crasher):.*
        | in\ expression\ .*
      )\s*
    """,
    re.VERBOSE,
)
_ANOTHER = re.compile(
    r"\*\* \((?:[A-Z]|exit\)|throw\)|stop\))|exception (?:error|exit|throw): |^\s*Client \S.* is alive"
)


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first exception of Elixir or Erlang, as either prints it."""
    for n in range(len(lines)):
        line = bounded(lines, n)
        heading = _HEADING.search(line) if "** (" in line else None
        if heading is not None and _is_certain(lines, n, heading):
            return _elixir(lines, n, heading)
        erlang = _ERLANG_HEADING.fullmatch(line) if "exception " in line else None
        if erlang is not None and _is_erlang(lines, n):
            raised = ExceptionBuilder(type=erlang["type"], message=[erlang["value"]])
            column = erlang.end("lead") - 3 * erlang["lead"].endswith("** ")
            return walk(lines, n + 1, raised, _GRAMMAR["erlang"], column=column)
        if _is_certain_call(line):
            return _bare(lines, n)
        if line.startswith("in function ") and (call := _ERLANG_CALL.fullmatch(line)) and call["path"]:
            return _failed_test(lines, n)
    return None


def _is_erlang(lines: Sequence[str], n: int) -> bool:
    """Whether a call of Erlang stands below the heading at line `n`."""
    return any(_ERLANG_CALL.fullmatch(bounded(lines, m)) for m in range(n + 1, min(n + 20, len(lines))))


def _is_certain(lines: Sequence[str], n: int, heading: re.Match[str]) -> bool:
    """Whether a heading is one by its name, or by the calls below it: people write "** (" in lists, too."""
    return _RAISABLE.fullmatch(heading["type"]) is not None or any(
        _is_certain_call(bounded(lines, m)) for m in range(n + 1, min(n + 60, len(lines)))
    )


def _elixir(lines: Sequence[str], n: int, heading: re.Match[str]) -> LocatedTrace:
    lines = [*lines[:n], " " * heading.start() + heading[0], *lines[n + 1 :]] if heading.start() else lines
    return walk(
        lines, n + 1, _raised(heading), _GRAMMAR["elixir"], column=heading.start(), finish=_without_wrappers
    )


def _raised(heading: re.Match[str]) -> ExceptionBuilder:
    kind = heading["type"]
    return ExceptionBuilder(
        type="EXIT" if kind.startswith("EXIT ") else kind, message=[(heading["value"] or "").rstrip()]
    )


def _caused(line: str) -> ExceptionBuilder | None:
    """The exception that made another one end: its heading is indented."""
    heading = _HEADING.match(line, len(line) - len(line.lstrip())) if line[:1].isspace() else None
    return _raised(heading) if heading is not None else None


def _without_wrappers(chain: Sequence[ExceptionBuilder]) -> None:
    """Leave out exits that only say that an exception was raised: it is the next one."""
    for outer in chain:
        inner = outer.cause
        if inner is not None and outer.type in ("EXIT", "exit") and _RAISED.fullmatch(outer.message[0]):
            outer.type, outer.message, outer.cause = inner.type, inner.message, inner.cause
            outer.calls = [*inner.calls, *outer.calls]


def _is_certain_call(line: str) -> bool:
    """Whether a line is a call of Elixir beyond doubt: it has a file, its line, a function and its arity."""
    if ".ex" not in line and ".erl:" not in line:
        return False
    call = _CALL.fullmatch(line)
    return (
        call is not None
        and call["line"] is not None
        and (call["app"] is not None or call["function"] is not None)
    )


def _bare(lines: Sequence[str], n: int) -> LocatedTrace:
    """Parse calls that have no heading, or the text right above them as their message."""
    raised = ExceptionBuilder()
    above = bounded(lines, n - 1)
    first = n
    if above.strip() and not lines[n][:1].strip() and not headings.is_logged(above):
        first, raised.message = n - 1, [above.strip()]
    return walk(lines, n, raised, _GRAMMAR["elixir"], first=first)


def _failed_test(lines: Sequence[str], n: int) -> LocatedTrace:
    """Parse what EUnit prints: the calls, and below them what was raised."""
    raised = ExceptionBuilder()
    for m in range(n + 1, min(n + 60, len(lines))):
        match = _EUNIT.fullmatch(bounded(lines, m))
        if match is not None:
            raised.type, raised.message = match["type"], [match["value"]]
            break
    return walk(lines, n, raised, _GRAMMAR["erlang"], first=n)


def _call(lines: Sequence[str], n: int) -> Call | None:
    line = lines[n]
    if not line[:1].isspace() and ":" not in line:
        return None
    match = _CALL.fullmatch(line)
    if match is None or (match["path"] is None and not line[:1].isspace()):
        return None
    return Call(_frame(match))


def _frame(call: re.Match[str]) -> Frame:
    module, path = call["module"], call["path"]
    line = int(call["line"]) if call["line"] else None
    made = frame("elixir", path, line, module=module, function=call["name"])
    return replace(made, in_app=False) if is_library(module, path, call["app"]) else made


def _erlang_call(lines: Sequence[str], n: int) -> Call | None:
    match = _ERLANG_CALL.fullmatch(lines[n]) if "in " in lines[n] else None
    if match is None:
        return None
    module, colon, function = match["name"].rpartition(":")
    return Call(_erlang_frame(module if colon else None, function, match["path"], match["line"]))


def _erlang_frame(module: str | None, function: str, path: str | None, line: str | None) -> Frame:
    made = frame("erlang", path, int(line) if line else None, module=module, function=function)
    return replace(made, in_app=False) if is_library(module or "erlang", path) else made


_GRAMMAR = {
    "elixir": Grammar(
        platform="elixir",
        call=_call,
        known=_KNOWN,
        below=_BELOW,
        cause=_caused,
        another=_ANOTHER,
        is_nested=True,
    ),
    "erlang": Grammar(platform="erlang", call=_erlang_call, known=_KNOWN, below=_BELOW, another=_ANOTHER),
}
