"""Ruby's stack traces: as the interpreter prints them, and the bare backtraces that loggers write.

    /srv/shop/till.rb:5:in 'Shop::Till#charge': declined (Shop::Declined)
    ask the bank
            from cart.rb:5:in 'block in Object#pay'
            from cart.rb:13:in '<main>'

The raised exception comes first and its causes follow; Ruby 2.5 to 2.7 printed all of it upside down in a
terminal. Up to 3.3 names were quoted with ` and '. See https://docs.ruby-lang.org/en/3.4/Exception.html.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from app.model import Frame
from app.protocols.stacktrace import headings
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten
from app.protocols.stacktrace.frames import LONGEST_LINE, frame
from app.protocols.stacktrace.located_trace import LocatedTrace

SIGN = r":in\ [`'] | ^[^\S\n]*from\ "
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_CALL = re.compile(
    r"""(?P<order>(?:\d{1,6}:\ )?from\ )?
        (?P<path>(?:[A-Za-z]:)?(?:[/\\]|\.{1,2}/)[^:\n]+|<internal:[^>\s]+>|\(eval[^)]*\)|[^\s:'"`(){}<>,;]+)
        :(?P<line>\d{1,9})
        :in\ [`'](?P<label>[^'\n]+)'
        (?::\ (?P<message>.*))?
    """,
    re.VERBOSE | re.DOTALL,
)
_FROM_FILE = re.compile(r"from (?P<path>\S+):(?P<line>\d{1,9})(?P<label>)(?P<message>)(?P<order>)")
_LEVELS = re.compile(r"\s*\.\.\. \d{1,9} levels\.\.\.\s*")
_CONSTANT = r"[A-Z]\w*(?:::[A-Z]\w*)*"
_NAMED = re.compile(rf"(?P<value>.*) \((?P<type>{_CONSTANT})\)", re.DOTALL)
_ONLY_NAMED = re.compile(_CONSTANT)
_METHOD = re.compile(r"(?P<module>[A-Z][\w:]*)#(?P<function>.+)")
_MARKS = re.compile(r"\s*\^+\s*")
# Above a bare backtrace: "Shop::Declined: declined", "Shop::Declined (declined):" of Rails, and what Logger
# writes, "E, […] ERROR -- : declined (Shop::Declined)".
_CERTAIN_HEADING = re.compile(
    r"""(?<![\w.$:/\\-])
        (?P<type>(?:[A-Z]\w{0,100}::){1,20}[A-Z]\w{0,100} | [A-Z]?\w{0,100}?(?:Error|Exception))
        (?::\ (?P<value>.*) | \ \((?P<message>.*)\):\s*)
    """,
    re.VERBOSE | re.DOTALL,
)
_LOGGED = re.compile(
    rf"(?P<lead>.{{0,300}}? -- [^:]{{0,100}}: )?(?P<value>.*) \((?P<type>{_CONSTANT})\)", re.DOTALL
)
_REVERSED = "Traceback (most recent call last):"


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The exception in `lines`, with its causes; None when there are no calls."""
    for n, line in enumerate(lines):
        if ":in " not in line:
            continue
        call = _call(line)
        if call is None:
            continue
        if call["order"] and call["order"][0].isdigit():
            return _upside_down(lines, n)
        return _bare(lines, n) if call["message"] is None else _printed(lines, n)
    return None


def _call(line: str) -> re.Match[str] | None:
    if len(line) > LONGEST_LINE and ":in " not in line[:LONGEST_LINE]:
        return None
    text = line.strip()
    return _CALL.fullmatch(text) or (_FROM_FILE.fullmatch(text) if text.startswith("from ") else None)


def _frame(call: re.Match[str]) -> Frame:
    label = call["label"]
    method = _METHOD.fullmatch(label)
    return frame(
        "ruby",
        call["path"],
        int(call["line"]),
        module=method["module"] if method is not None else None,
        function=(method["function"] if method is not None else label) or None,
    )


def _raised(call: re.Match[str]) -> ExceptionBuilder:
    """Make the exception of a line that has both a call and a message."""
    raised = ExceptionBuilder(calls=[_frame(call)])
    message = call["message"]
    named = _NAMED.fullmatch(message)
    if named is not None:
        raised.type, raised.message = named["type"], [named["value"]]
    elif message == "unhandled exception":
        raised.type = "RuntimeError"
    elif _ONLY_NAMED.fullmatch(message):
        raised.type = message
    else:
        raised.message = [message]
    return raised


def _printed(lines: Sequence[str], first: int) -> LocatedTrace:
    """Parse the raised exception and then its causes."""
    chain: list[ExceptionBuilder] = []
    for line in lines[first:]:
        call = _call(line) if ":in " in line or "from " in line else None
        if call is not None and call["message"] is not None and not call["order"] and call["label"]:
            if chain and line == lines[first]:
                break  # A dying thread prints its exception, and the program that joins it prints it again.
            chain.append(_raised(call))
        elif call is not None:
            chain[-1].calls.append(_frame(call))
        elif len(chain[-1].calls) > 1:
            if not _LEVELS.fullmatch(line):
                break
        else:
            chain[-1].message.append(line.rstrip())
    for effect, cause in pairwise(chain):
        effect.cause = cause
    for raised in chain:
        _take_source(raised)
    return LocatedTrace(platform="ruby", exceptions=flatten(chain[0]), line=first)


def _take_source(raised: ExceptionBuilder) -> None:
    """Move the source line that error_highlight adds to the message into the context of the newest call."""
    for n in range(2, len(raised.message)):
        if _MARKS.fullmatch(raised.message[n]) and not raised.message[n - 2]:
            source = raised.message[n - 1].strip()
            crash = raised.calls[0]
            if crash.line is not None:
                raised.calls[0] = replace(crash, context=((crash.line, source),))
                del raised.message[n - 2 : n + 1]
            break


def _upside_down(lines: Sequence[str], first: int) -> LocatedTrace:
    """Parse a trace with the oldest call first, the exception below its calls, and causes first."""
    raised: ExceptionBuilder | None = None
    calls: list[Frame] = []
    for line in lines[first:]:
        call = _call(line)
        if call is None:
            if raised is None or calls:
                break
            raised.message.append(line.rstrip())
        elif call["message"] is not None:
            cause = raised
            raised = _raised(call)
            raised.calls += reversed(calls)
            raised.cause = cause
            calls = []
        else:
            calls.append(_frame(call))
    if raised is None:
        raised = ExceptionBuilder(calls=calls[::-1])
    above = first and lines[first - 1].strip() == _REVERSED
    return LocatedTrace(platform="ruby", exceptions=flatten(raised), line=first - 1 if above else first)


def _bare(lines: Sequence[str], first: int) -> LocatedTrace:
    """Parse a bare backtrace, and the exception's name above it if there is one."""
    raised = ExceptionBuilder()
    for line in lines[first:]:
        call = _call(line)
        if call is not None:
            raised.calls.append(_frame(call))
        elif not _LEVELS.fullmatch(line):
            break
    top = first
    while top and not lines[top - 1].strip():
        top -= 1
    heading = headings.find(lines, top, _CERTAIN_HEADING)
    if heading is not None:
        start, match = heading
        raised.type = match["type"]
        raised.message = [match["value"] or match["message"] or "", *lines[start + 1 : top]]
        return LocatedTrace(platform="ruby", exceptions=flatten(raised), line=start, column=match.start())
    above = lines[top - 1] if top else ""
    logged = _LOGGED.fullmatch(above) if len(above) <= LONGEST_LINE else None
    if logged is None or top < first:
        return LocatedTrace(platform="ruby", exceptions=flatten(raised), line=first)
    raised.type, raised.message = logged["type"], [logged["value"]]
    return LocatedTrace(
        platform="ruby", exceptions=flatten(raised), line=top - 1, column=len(logged["lead"] or "")
    )
