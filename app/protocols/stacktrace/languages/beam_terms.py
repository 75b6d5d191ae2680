"""Stacks of Elixir and Erlang as terms: what Erlang's logger and Elixir's `inspect` print of a reason.

    Error in process <0.79.0> with exit value:
    {badarith,[{till,charge,2,[{file,"till.erl"},{line,4}]},
               {lists,map,2,[{file,"lists.erl"},{line,1315}]}]}

    {:badarith, [{Shop.Till, :charge, 2, [file: ~c"lib/shop/till.ex", line: 6]}]}

The reason stands before the stack. See https://www.erlang.org/doc/system/errors.html.
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from app.model import Frame
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten
from app.protocols.stacktrace.frames import frame
from app.protocols.stacktrace.languages.otp_libraries import is_library
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.walk import bounded

SIGN = r"""\{file,\s*(?:"|~c) | \[file:\ (?:~c)?['"]"""
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_TERM = re.compile(
    r"""\{\s*(?P<module>[\w.@]{1,200}|:\w{1,200}|'[^'\n]{1,200}'),\s*(?P<function>:?[\w?!@]{1,200}
        |:?'[^'\n]{1,200}'|:?"[^"\n]{1,200}"|'?[+*/<>=-]{1,3}'?),
        \s*(?P<arity>\d{1,3}|\[[^\n]{0,300}?\]),
        \s*\[(?:\s*(?:\{file,\s*|file:\s*)(?:~c)?["'](?P<path>[^"'\n]{1,500})["']\}?\s*,
              \s*(?:\{line,\s*|line:\s*)(?P<line>\d{1,9})\}?[^\]\n]{0,300}
            | \{error_info,[^\]]{0,300} | error_info:[^\]]{0,300} | \{_\}(?:,\{_\})? | _ |)\]\s*\}
    """,
    re.VERBOSE,
)
_TERM_SIGN = re.compile(r"""\{file,\s*(?:~c)?"|\[file:\s(?:~c)?['"]|\[\{file,""")
_PART = re.compile(r"\{|,\s*$")
_BETWEEN = re.compile(r"\s*,\s*")
_INTRODUCED = re.compile(
    r".*(?:with exit value:|terminating\b|Reason for termination|exited with reason|raised an exception"
    r"|Stacktrace:).*"
)
_REPORT_HEAD = re.compile(r"=(?:ERROR|CRASH|SUPERVISOR) REPORT====.*|\*\* .*")
_REASON = re.compile(r"\{*\s*:?(?P<type>[a-z]\w*)(?P<rest>.*)", re.DOTALL)
_KNOWN_REPORT = re.compile(
    r"\s*|\*\* Client .*|Crash dump is being written to: .*|init terminating in do_boot.*"
)
_MOST_TERM_LINES, _LONGEST_TERM = 300, 60_000


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first stack and its reason."""
    for n in range(len(lines)):
        if _TERM_SIGN.search(bounded(lines, n)) is not None and (found := _terms(lines, n)) is not None:
            return found
    return None


def _terms(lines: Sequence[str], n: int) -> LocatedTrace | None:
    """Parse a reason and its stack as one term, from line `n` on, which has the first place."""
    start = _start(lines, n)
    # What is no part of a term was written between its lines by something else.
    numbers = [
        m
        for m in range(start, min(n + _MOST_TERM_LINES, len(lines)))
        if m == start or _PART.search(bounded(lines, m))
    ]
    text = "\n".join(lines[m] for m in numbers)[:_LONGEST_TERM]
    run = _run(text)
    if not run:
        return None
    raised = _reason(text[: run[0].start()])
    raised.calls = [_of_term(match) for match in run]
    first = start
    while first and _REPORT_HEAD.fullmatch(bounded(lines, first - 1)):
        first -= 1
    read = set(numbers[: text[: run[-1].end()].count("\n") + 1])
    unread = sum(
        1
        for m in range(start, len(lines))
        if m not in read and not _KNOWN_REPORT.fullmatch(bounded(lines, m)) and lines[m].strip()
    )
    is_elixir = run[0]["module"][:1].isupper()
    return LocatedTrace(
        platform="elixir" if is_elixir else "erlang", exceptions=flatten(raised), line=first, unread=unread
    )


def _start(lines: Sequence[str], n: int) -> int:
    """The line that introduces the term whose first place is in line `n`, else the term's own first line."""
    for m in range(n, max(-1, n - 20), -1):
        if _INTRODUCED.fullmatch(bounded(lines, m)):
            return m
    start = n
    while start and _PART.search(bounded(lines, start - 1)):
        start -= 1
    return start


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
    platform = "elixir" if module[:1].isupper() else "erlang"
    line = int(match["line"]) if match["line"] else None
    name = f"{module}.{function}/{count}" if platform == "elixir" else f"{function}/{count}"
    made = frame(platform, match["path"], line, module=module.lstrip(":"), function=name)
    return replace(made, in_app=False) if is_library(module.lstrip(":"), match["path"]) else made


def _reason(before: str) -> ExceptionBuilder:
    """The exception of the reason before a stack: of ``{{badmatch,no},[`` it is badmatch, {badmatch,no}."""
    end = len(before.rstrip().removesuffix("[").rstrip().removesuffix(","))
    depth, start = 0, 0
    for n in range(end - 1, -1, -1):
        depth += (before[n] in "}])") - (before[n] in "{[(")
        if depth < 0:
            start = n + 1
            break
    said = " ".join(before[start:end].split()) if depth < 0 else ""
    match = _REASON.fullmatch(said)
    if match is None:
        return ExceptionBuilder(type="error", message=[said])
    return ExceptionBuilder(type=match["type"], message=[said] if match["rest"] else [])
