"""Ruby's stack traces: as the interpreter prints them, and the bare backtraces that loggers write.

    /srv/shop/till.rb:5:in 'Shop::Till#charge': declined (Shop::Declined)
    ask the bank
            from cart.rb:5:in 'block in Object#pay'
            from cart.rb:13:in '<main>'

The raised exception comes first and its causes follow; Ruby 2.5 to 2.7 printed all of it upside down in a
terminal. Up to 3.3 names were quoted with ` and '. A line without `in` is a call, too. JRuby writes `pay at
cart.rb:5`, Rails the gem's name before a path. See https://docs.ruby-lang.org/en/3.4/Exception.html.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from app.model import Frame
from app.protocols.stacktrace import headings
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten
from app.protocols.stacktrace.frames import LONGEST_LINE
from app.protocols.stacktrace.languages import rails_log, ruby_calls
from app.protocols.stacktrace.located_trace import LocatedTrace

SIGN = r"""
    :in\ [`'] | ^[^\S\n]{0,40}(?:\d{1,6}:\ )?from\ \S{1,300}:\d
  | \(\S{1,300}\.rb:\d{1,9}\)$ | ^org\.jruby\. | \(\w{1,40}/\S{1,300}\.java:\d
  | \ at\ (?:\S{1,300}\.(?:rb|erb|rake)|org/jruby/\S{1,300}):\d
"""
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_LEVELS = re.compile(r"\s*\.\.\. \d{1,9} levels\.\.\.\s*")
_CONSTANT = r"[A-Z]\w*(?:::[A-Z]\w*)*"
_NAMED = re.compile(rf"(?P<value>.*) \((?P<type>{_CONSTANT})\)", re.DOTALL)
_ONLY_NAMED = re.compile(_CONSTANT)
_MARKS = re.compile(r"\s*\^+\s*")
# Above a bare backtrace: "Shop::Declined: declined", "Shop::Declined (declined):" of Rails, and what Logger
# writes, "E, […] ERROR -- : declined (Shop::Declined)".
_CERTAIN_HEADING = re.compile(
    r"""(?<![\w.$:/\\-])
        (?P<type>(?:[A-Z]\w{0,100}::){1,20}[A-Z]\w{0,100} | [A-Z]?\w{0,100}?(?:Error|Exception))
        (?::\ (?P<value>.*) | \ \((?P<message>.*)\):\s* | \ \((?P<open>[^)]*)$)
    """,
    re.VERBOSE | re.DOTALL,
)
# Of the standard library's Logger.
_LEAD = re.compile(r"[A-Z], \[[^\]\n]{1,80}\]\s{1,4}[A-Z]{2,8} -- [^:\n]{0,100}: ")
_LOGGED = re.compile(
    rf"(?P<lead>.{{0,300}}? -- [^:]{{0,100}}: )?(?P<value>.*) \((?P<type>{_CONSTANT})\)", re.DOTALL
)
_SURE_TYPE = re.compile(r"(?:\w+::)*\w*(?:Error|Exception|::\w+)")
# So many lines `detailed_message` adds below the first: the source line, its marks, what may be meant.
_DETAILS = 12
_MESSAGE = 50
# So far apart a call without a function, and the heading of a trace, may be from the next call.
_NEAR = 4
# A line of a log that tells of an exception: the calls below it are that one's. Of what the standard
# library's Logger writes the class may stand on a later line.
_LOGGED_ERROR = re.compile(
    rf"""[EF],\ \[[^\]\n]{{1,80}}\]\s
      | .{{0,200}}\b(?:ERROR|WARN|WARNING|FATAL|CRITICAL|SEVERE)\b
        (?: .*\({_CONSTANT}\)$ | .*\w(?:Error|Exception)\b )
    """,
    re.VERBOSE,
)
_REVERSED = "Traceback (most recent call last):"


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The exception in `lines`, with its causes; None when there are no calls."""
    for n, line in enumerate(lines):
        if " at " in line and line[:1].isspace() and ruby_calls.of_jruby(line) is not None:
            return _bare(lines, n)
        call = ruby_calls.call(line) if ":in " in line or "from " in line else None
        if call is None:
            if line.endswith(")") and ruby_calls.is_jruby(line):
                return _bare(lines, _first(lines, n))
            continue
        if call["order"] and call["order"][0].isdigit():
            return _upside_down(lines, n)
        if call["order"] and (top := _top(lines, n)) is not None:
            return _printed(lines, top)
        if call["label"] is not None or (call["order"] and n and ruby_calls.place(lines[n - 1])):
            return _bare(lines, _first(lines, n)) if call["message"] is None else _printed(lines, n)
    return None


def _first(lines: Sequence[str], n: int) -> int:
    """The first of the calls that line `n` is among: those before it have no function."""
    above = n - 1
    while above >= 0 and n - above < _NEAR:
        if ruby_calls.place(lines[above]) is not None:
            n = above
        above -= 1
    return n


def _top(lines: Sequence[str], n: int) -> int | None:
    """The line above calls that begin with `from`, if that has no function: place, message and class."""
    for above in range(n - 1, max(-1, n - _DETAILS), -1):
        top = ruby_calls.top(lines[above])
        if top is not None and (above == n - 1 or _NAMED.fullmatch(top["message"])):
            return above
    return None


def _raised(call: re.Match[str]) -> ExceptionBuilder:
    """Make the exception of a line that has both a call and a message."""
    raised = ExceptionBuilder(calls=[ruby_calls.frame_of(call)])
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
    top = ruby_calls.call(lines[first]) or ruby_calls.top(lines[first])
    chain: list[ExceptionBuilder] = [] if top is None else [_raised(top)]
    unread, is_logged = 0, False
    for n in range(first + 1, len(lines)):
        line = lines[n]
        call = ruby_calls.call(line) if ":in " in line or "from " in line else None
        if call is not None and call["message"] is not None and not call["order"]:
            if is_logged or line == lines[first]:
                # Another trace; or a thread died, and the program that joins it prints the same again.
                repeated = 0 if is_logged else _length(lines, n)
                unread += _written(lines[n + repeated :])
                break
            chain.append(_raised(call))
        elif call is not None:
            chain[-1].calls.append(ruby_calls.frame_of(call))
        elif len(chain[-1].calls) == 1:
            chain[-1].message.append(line.rstrip())
        elif line.strip() and not _LEVELS.fullmatch(line[:LONGEST_LINE]):
            unread += 1
            is_logged = is_logged or _LOGGED_ERROR.match(line) is not None
    for effect, cause in pairwise(chain):
        effect.cause = cause
    for raised in chain:
        _take_source(raised)
    column = 0 if top is None else len(lines[first]) - len(lines[first].lstrip()) + top.start()
    return LocatedTrace(
        platform="ruby", exceptions=flatten(chain[0]), line=first, column=column, unread=unread
    )


def _written(lines: Sequence[str]) -> int:
    return sum(1 for line in lines if line.strip())


def _length(lines: Sequence[str], first: int) -> int:
    """How many lines of what begins at line `first` stand word for word at the beginning, too."""
    ours = lines.index(lines[first])
    count = 0
    while first + count < len(lines) and lines[ours + count] == lines[first + count]:
        count += 1
    return count


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
    unread = 0
    for line in lines[first:]:
        call = ruby_calls.call(line)
        if call is None:
            if raised is not None and not calls:
                raised.message.append(line.rstrip())
            elif line.strip() and not _LEVELS.fullmatch(line[:LONGEST_LINE]):
                unread += 1
        elif call["message"] is not None and call["label"]:
            cause = raised
            raised = _raised(call)
            raised.calls += reversed(calls)
            raised.cause = cause
            calls = []
        else:
            calls.append(ruby_calls.frame_of(call))
    if raised is None:
        raised = ExceptionBuilder(calls=calls[::-1])
    cause = raised
    while cause is not None:
        _take_source(cause)
        cause = cause.cause
    for above in range(first - 1, max(-1, first - _NEAR), -1):
        if lines[above].strip() == _REVERSED:
            unread += _written(lines[above + 1 : first])
            first = above
            break
    return LocatedTrace(platform="ruby", exceptions=flatten(raised), line=first, unread=unread)


def _bare(lines: Sequence[str], first: int) -> LocatedTrace:
    """Parse a bare backtrace, and the exception's name above it if there is one."""
    raised = ExceptionBuilder()
    line, column, above = _heading(lines, first, raised)
    message, source, causes = rails_log.message_and_source(above)
    if raised.message and raised.message[0].endswith(f" ({raised.type})"):
        raised.message[0] = raised.message[0].removesuffix(f" ({raised.type})")  # of `detailed_message`
    raised.message += message
    unread = _read_calls(lines, first, raised)
    _add_source(raised, source)
    if raised.calls:
        _take_source(raised)
    newest = raised
    if raised.cause is None:
        for kind, value in causes:
            newest.cause = ExceptionBuilder(type=kind, message=[value])
            newest = newest.cause
    return LocatedTrace(platform="ruby", exceptions=flatten(raised), line=line, column=column, unread=unread)


def _heading(lines: Sequence[str], first: int, raised: ExceptionBuilder) -> tuple[int, int, Sequence[str]]:
    """Find type and message above the calls: where they begin, and the lines from there to the calls."""
    top = first
    while top and not lines[top - 1][rails_log.beginning(lines[top - 1]) :].strip():
        top -= 1
    heading = headings.find(lines, top, _CERTAIN_HEADING)
    if heading is not None:
        start, match = heading
        raised.type = match["type"]
        rest = lines[start + 1 : top]
        if match["open"] is None:
            raised.message = [match["value"] or match["message"] or ""]
            return start, match.start(), rest
        raised.message = [match["open"]]
        end = next((n for n, line in enumerate(rest) if line.rstrip().endswith("):")), None)
        if end is not None:
            raised.message += [*rest[:end], rest[end].rstrip()[:-2]]
        return start, match.start(), rest[end + 1 :] if end is not None else rest
    for n in range(top - 1, max(-1, top - _DETAILS if top == first else top - 1), -1):
        logged = _LOGGED.fullmatch(lines[n]) if len(lines[n]) <= LONGEST_LINE else None
        if logged is not None and (n == top - 1 or _SURE_TYPE.fullmatch(logged["type"])):
            raised.type = logged["type"]
            start = n if logged["lead"] else _message_start(lines, n)
            lead = _LEAD.match(lines[start][:LONGEST_LINE])
            column = lead.end() if lead is not None else 0
            whole = lines[start : n + 1]
            raised.message = [*whole[:-1], whole[-1].rstrip().removesuffix(f" ({raised.type})")]
            raised.message[0] = raised.message[0][column:]
            return start, column, lines[n + 1 : top]
    return first, 0, ()


def _message_start(lines: Sequence[str], end: int) -> int:
    """Where the message begins whose last line is `end`: at a logger's line, or the first not indented."""
    for n in range(end - 1, max(-1, end - _MESSAGE), -1):
        if _LEAD.match(lines[n][:LONGEST_LINE]):
            return n
    n = end
    while n and end - n < _DETAILS and (lines[n][:1] in ("", " ") or lines[n].startswith("Did you mean?")):
        n -= 1
    return n


def _read_calls(lines: Sequence[str], first: int, raised: ExceptionBuilder) -> int:
    """Read the calls into `raised` and its causes; how many lines were not understood."""
    unread, newest = 0, raised
    ends: int | None = None
    source: list[str] = []
    is_source = False
    for n in range(first, len(lines)):
        line = lines[n]
        text = line[rails_log.beginning(line) :]
        information = rails_log.information(text)
        call = (
            None
            if information is not None
            else ruby_calls.call(line) or ruby_calls.of_jruby(line) or ruby_calls.place(line)
        )
        if call is not None:
            if ends is not None:
                return unread + _written(lines[n:])
            newest.calls.append(ruby_calls.frame_of(call))
            if source:
                _add_source(newest, rails_log.message_and_source(source)[1])
            source, is_source = [], False
        elif information is not None and information["cause"]:
            value = information["value"].rstrip().removesuffix("):")
            newest.cause = ExceptionBuilder(type=information["type"], message=[value])
            newest, is_source = newest.cause, True
        elif is_source:
            source.append(line)
        elif text.strip() and not _LEVELS.fullmatch(text[:LONGEST_LINE]):
            unread += 1
            if _begins_another(line, text):
                ends = n
    return unread


def _begins_another(line: str, text: str) -> bool:
    """Whether a line among the calls tells of another error; `text` is that without the logger's words."""
    if _LOGGED_ERROR.match(line):
        return True
    return _CERTAIN_HEADING.match(text[:LONGEST_LINE].strip()) is not None


def _add_source(raised: ExceptionBuilder, source: rails_log.Source) -> None:
    """The lines of a template are the context of the newest call, if its own is among them."""
    newest = raised.calls[0] if raised.calls else None
    if newest is not None and any(number == newest.line for number, _text in source):
        raised.calls[0] = replace(newest, context=source)
