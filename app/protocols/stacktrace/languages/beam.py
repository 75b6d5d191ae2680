"""Elixir's and Erlang's: what Exception.format, Logger, ExUnit and Erlang's shell print, and stacks as terms.

    ** (exit) exited in: GenServer.call(#PID<0.109.0>, :pay, 5000)
        ** (EXIT) an exception was raised:
            ** (ArgumentError) total is negative: -5
                shop.exs:6: Shop.Till.refuse/2
                (stdlib 4.2) gen_server.erl:1149: :gen_server.try_handle_call/4
        (elixir 1.14.0) lib/gen_server.ex:1038: GenServer.call/3

    ** exception error: {negative,-1}                   {badarith,[{till,charge,2,
         in function  till:charge/2 (till.erl, line 3)             [{file,"till.erl"},{line,4}]}]}

What is indented deeper is the cause. See https://hexdocs.pm/elixir/Exception.html and
https://www.erlang.org/doc/system/errors.html.
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from app.model import Frame
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten
from app.protocols.stacktrace.frames import frame
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.walk import Call, Grammar, after_log_prefix, bounded, walk

SIGN = r"""\*\*\ \((?:[A-Z]|exit|throw|stop|error) | exception\ (?:error|exit|throw):
    | \.(?:exs?|erl|[hl]?eex|heex):\d+:\ | \{file,\s*(?:"|~c) | \[file:\ (?:~c)?['"] | in\ call\ from\ """
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_HEADING = re.compile(
    r"""\*\*\ \((?P<type>(?:[A-Z]\w*\.)*[A-Z]\w*|exit|throw|stop|error|EXIT\ from\ [^()\n]{1,100})\)
        (?:\ (?P<value>.*))?""",
    re.VERBOSE | re.DOTALL,
)
_RAISED = re.compile(r"(?:.* )?an exception was raised:\s*")
_CALL = re.compile(
    r"""\s*(?:\((?P<app>[a-z]\w*)(?:\ [\w.+-]+)?\)\ )?
        (?:(?P<path>[^\s:()\[\]][^:\n]*):(?P<line>\d{1,9}):(?:\d{1,9}:)?\ )?
        (?P<name>\((?:file|module|test|stdlib|elixir)\)
          | (?:anonymous\ fn/\d+\ in\ )?(?P<module>(?::(?:[a-z]\w*|"[^"\n]+")|[A-Z][\w.]*))
            \.(?P<function>[^\s(]+(?:\ [^\s(]+){0,3}/\d{1,3}|[^\s(/]+\(.*\)(?:[/.][^\n]*)?)
          | \#Function<.*>\.?\(?.*|anonymous\ fn/\d+.*)
        \s*
    """,
    re.VERBOSE,
)
_ERLANG_HEADING = re.compile(
    r"\s*(?P<lead>(?:.{0,200}?\*\* |escript: |.{0,200}?)?)exception (?P<type>error|exit|throw): (?P<value>.*)", re.DOTALL
)
_ERLANG_CALL = re.compile(
    r"""\s*in\ (?:function|call\ from|operator)\s+(?P<name>\S+?/\d{1,3}|\S.*?)
        (?:\ \((?P<path>[^(),\n]+),\ line\ (?P<line>\d{1,9})\))?\s*
    """,
    re.VERBOSE,
)
_KNOWN = re.compile(r"\s*(?:code|stacktrace|Stacktrace): .*|\s*(?:stacktrace|Stacktrace):\s*|\s+called as .*|\s+\*\*\* argument \d+:.*")
_BELOW = re.compile(
    r"""\s*(?:
          (?:Last\ message|State|Function|Args|Start\ Call|Queue|Postponed|Initial\ Call|Ancestors|Messages?|Links|Dictionary
            |Message\ Queue\ Length|Trapping\ Exits|Status|Heap\ Size|Stack\ Size|Reductions|Neighbou?rs|hint)\b[^:\n]{0,80}:.*
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
# A call as a term: {till,charge,2,[{file,"till.erl"},{line,4}]}, of Elixir {Till, :charge, 2, [file: 'till.ex', line: 4]}.
_TERM = re.compile(
    r"""\{\s*(?P<module>[\w.@]{1,200}|:\w{1,200}|'[^'\n]{1,200}'),\s*(?P<function>:?[\w?!@]{1,200}|:?'[^'\n]{1,200}'|:?"[^"\n]{1,200}"|'?[+*/<>=-]{1,3}'?),
        \s*(?P<arity>\d{1,3}|\[[^\n]{0,300}?\]),
        \s*\[(?:\s*(?:\{file,\s*|file:\s*)(?:~c)?["'](?P<path>[^"'\n]{1,500})["']\}?\s*,
              \s*(?:\{line,\s*|line:\s*)(?P<line>\d{1,9})\}?[^\]\n]{0,300}
            | \{error_info,[^\]]{0,300} | error_info:[^\]]{0,300} | \{_\}(?:,\{_\})? | _ |)\]\s*\}
    """,
    re.VERBOSE,
)
_TERM_SIGN = re.compile(r"""\{file,\s*(?:~c)?"|\[file:\s(?:~c)?['"]|\[\{file,""")
_BETWEEN = re.compile(r"\s*,\s*")
_INTRODUCED = re.compile(
    r".*(?:with exit value:|terminating\b|Reason for termination|exited with reason|raised an exception|Stacktrace:).*"
)
_REPORT_HEAD = re.compile(r"=(?:ERROR|CRASH|SUPERVISOR) REPORT====.*|\*\* .*")
_REASON = re.compile(r"\{*\s*:?(?P<type>[a-z]\w*)(?P<rest>.*)", re.DOTALL)
_MOST_TERM_LINES, _LONGEST_TERM = 300, 60_000
# Applications that come with the languages, or that most apps stand on.
_LIBRARIES = frozenset(
    "elixir stdlib kernel erts eex ex_unit iex logger mix compiler crypto ssl public_key inets sasl runtime_tools "
    "mnesia asn1 xmerl tools os_mon syntax_tools phoenix phoenix_html phoenix_live_view phoenix_pubsub phoenix_ecto "
    "phoenix_template plug plug_cowboy plug_crypto cowboy cowlib ranch bandit thousand_island ecto ecto_sql db_connection "
    "postgrex myxql tds ecto_sqlite3 exqlite absinthe absinthe_plug oban broadway gen_stage flow jason poison "
    "httpoison hackney finch mint req tesla telemetry gettext swoosh bamboo nimble_options nimble_pool sentry "
    "opentelemetry opentelemetry_api amqp brod redix ex_aws floki timex decimal hound wallaby mox bypass nx "
    "commanded horde libcluster quantum cachex con_cache gun lager poolboy jose guardian ueberauth".split()
)
_OTP_MODULES = re.compile(
    r":?'?(?:erl_\w+|gen(?:_\w+)?|proc_lib|lists|maps|erlang|init|escript|supervisor|timer|ets|dict|io(?:_lib)?|file"
    r"|application\w*|error_handler|code(?:_server)?|shell|group|user_drv|string|binary|elixir\w*|eunit\w*|ct_\w+"
    r"|test_server\w*|rpc|logger\w*|cowboy\w*|ranch\w*|gen_statem|sys|queue|sets|orddict|unicode|re|base64)'?"
)


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first exception of Elixir or Erlang, in any of their forms."""
    for n in range(len(lines)):
        line = bounded(lines, n)
        if "** (" in line and (heading := _HEADING.search(line)) is not None:
            return _elixir(lines, n, heading)
        if "exception " in line and (erlang := _ERLANG_HEADING.fullmatch(line)) is not None:
            if any(_ERLANG_CALL.fullmatch(bounded(lines, m)) for m in range(n + 1, min(n + 20, len(lines)))):
                raised = ExceptionBuilder(type=erlang["type"], message=[erlang["value"]])
                column = erlang.end("lead") if not erlang["lead"].endswith("** ") else erlang.end("lead") - 3
                return walk(lines, n + 1, raised, _GRAMMAR["erlang"], column=max(column, 0))
        if _TERM_SIGN.search(line) is not None and (found := _terms(lines, n)) is not None:
            return found
        if _is_certain_call(line):
            return _bare(lines, n)
    return None


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
        if inner is not None and outer.type in ("EXIT", "exit") and _RAISED.fullmatch("\n".join(outer.message)):
            outer.type, outer.message, outer.cause = inner.type, inner.message, inner.cause
            outer.calls = [*inner.calls, *outer.calls]


def _is_certain_call(line: str) -> bool:
    """Whether a line is a call of Elixir beyond doubt: it has a file, its line, a function and its arity."""
    if ".ex" not in line and ".erl:" not in line:
        return False
    call = _CALL.fullmatch(line)
    return call is not None and call["line"] is not None and (call["app"] is not None or call["function"] is not None)


def _bare(lines: Sequence[str], n: int) -> LocatedTrace:
    """Parse calls that have no heading, or the text right above them as their message."""
    raised = ExceptionBuilder()
    above = bounded(lines, n - 1)
    first, column = n, 0
    if above.strip() and not lines[n][: 1].strip():
        column = after_log_prefix(above)
        first, raised.message = n - 1, [above[column:].strip()]
    return walk(lines, n, raised, _GRAMMAR["elixir"], first=first, column=column)


def _call(lines: Sequence[str], n: int) -> Call | None:
    line = lines[n]
    if not line[:1].isspace() and ":" not in line:
        return None
    match = _CALL.fullmatch(line)
    if match is None or (match["path"] is None and not line[:1].isspace()):
        return None
    return Call(_frame(match))


def _frame(call: re.Match[str]) -> Frame:
    module = call["module"]
    made = frame(
        "elixir",
        call["path"],
        int(call["line"]) if call["line"] else None,
        module=module,
        function=call["name"],
    )
    is_library = (
        call["app"] in _LIBRARIES
        or (call["path"] or "").startswith("deps/")
        or (call["app"] is None and module is not None and _OTP_MODULES.fullmatch(module) is not None)
        or (call["path"] is None and call["app"] is None and (module or "").startswith(":"))
    )
    return replace(made, in_app=False) if is_library else made


def _erlang_call(lines: Sequence[str], n: int) -> Call | None:
    match = _ERLANG_CALL.fullmatch(lines[n]) if " in " in lines[n] else None
    if match is None:
        return None
    module, colon, function = match["name"].rpartition(":")
    return Call(_erlang_frame(module if colon else None, function, match["path"], match["line"]))


def _erlang_frame(module: str | None, function: str, path: str | None, line: str | None) -> Frame:
    made = frame("erlang", path, int(line) if line else None, module=module, function=function)
    is_library = _OTP_MODULES.fullmatch(module or "erlang") is not None
    return replace(made, in_app=False) if is_library else made


def _terms(lines: Sequence[str], n: int) -> LocatedTrace | None:
    """Parse a reason and its stack as one term, from line `n` on, which has the first place."""
    start = n
    while start and n - start < 20 and not _INTRODUCED.fullmatch(bounded(lines, start)):
        if start < n and not lines[start].strip():
            start += 1
            break
        start -= 1
    text = "\n".join(lines[start : n + _MOST_TERM_LINES])[:_LONGEST_TERM]
    runs = _run(text)
    if not runs:
        return None
    calls = [_of_term(match) for match in runs]
    before = text[: runs[0].start()]
    raised = _reason(before)
    raised.calls = calls
    first = start
    while first and _REPORT_HEAD.fullmatch(bounded(lines, first - 1)):
        first -= 1
    end = start + text[: runs[-1].end()].count("\n") + 1
    unread = sum(1 for line in lines[end:] if line.strip() and not _KNOWN_REPORT.fullmatch(line))
    elixir = ":" in runs[0]["module"] or runs[0]["module"][:1].isupper()
    return LocatedTrace(
        platform="elixir" if elixir else "erlang", exceptions=flatten(raised), line=first, unread=unread
    )


_KNOWN_REPORT = re.compile(r"\s*|\*\* Client .*|Crash dump is being written to: .*|init terminating in do_boot.*")


def _run(text: str) -> list[re.Match[str]]:
    """The calls of the first stack: terms with nothing but commas between them."""
    run: list[re.Match[str]] = []
    for match in _TERM.finditer(text):
        if run and not _BETWEEN.fullmatch(text, run[-1].end(), match.start()):
            break
        run.append(match)
    return run if any(match["path"] for match in run) else []


def _of_term(match: re.Match[str]) -> Frame:
    arity = match["arity"]
    count = arity if arity.isdigit() else str(0 if arity == "[]" else arity.count(",") + 1)
    function = match["function"].lstrip(":").strip("'\"")
    module = match["module"].strip("'")
    if module.startswith("Elixir."):
        module = module.removeprefix("Elixir.")
    if module[:1].isupper():
        made = frame("elixir", match["path"], int(match["line"] or 0) or None, module=module, function=f"{module}.{function}/{count}")
        return replace(made, in_app=False) if (match["path"] or "").startswith("deps/") else made
    return _erlang_frame(module.lstrip(":"), f"{function}/{count}", match["path"], match["line"])


def _reason(before: str) -> ExceptionBuilder:
    """The exception of the reason that stands before a stack: ``{{badmatch,no},[`` is badmatch, {badmatch,no}."""
    _introduced, colon, reason = before.rpartition(":\n") if ":\n" in before else before.rpartition("==\n** ")
    reason = reason if colon else before
    said = reason.rstrip().removesuffix("[").rstrip().removesuffix(",").strip()
    said = said.removeprefix('{"init terminating in do_boot",').strip()
    if said.startswith("{") and said.count("{") > said.count("}"):
        said = said[1:]
    match = _REASON.fullmatch(said)
    if match is None:
        return ExceptionBuilder(type="error", message=[" ".join(said.split())])
    return ExceptionBuilder(type=match["type"], message=[" ".join(said.split())] if match["rest"] else [])


_GRAMMAR = {
    "elixir": Grammar(
        platform="elixir", call=_call, known=_KNOWN, below=_BELOW, cause=_caused, another=_ANOTHER, is_nested=True
    ),
    "erlang": Grammar(platform="erlang", call=_erlang_call, known=_KNOWN, below=_BELOW, another=_ANOTHER),
}
