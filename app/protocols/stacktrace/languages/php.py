r"""PHP's stack traces: of an uncaught exception, of an exception as a string, and the bare trace.

    PHP Fatal error:  Uncaught Shop\Declined: declined in /srv/shop/Till.php:6
    Stack trace:
    #0 /srv/shop/pay.php(8): Shop\Till->charge(Array)
    #1 {main}

    Next Shop\ShopError: could not pay in /srv/shop/pay.php:9
    Stack trace:
    #0 {main}
      thrown in /srv/shop/pay.php on line 9

A numbered line names a function and the place that called it. So each place is paired with the function of
the next line, which contains it, as in Sentry's client. See https://www.php.net/manual/exception.gettraceasstring.php.
"""

import re
from collections.abc import Sequence

from msgspec import Struct, field

from app.model import Frame
from app.protocols.stacktrace import headings
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten
from app.protocols.stacktrace.frames import LONGEST_LINE, frame
from app.protocols.stacktrace.located_trace import LocatedTrace

SIGN = r"^[^\S\n]*\#0\ "
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_CALL = re.compile(
    r"#(?P<number>\d{1,6})\s{1,4}(?:(?P<main>\{main\})(?:\W.*)?"
    r"|(?:\[internal function\]|(?P<path>[^\n]+?)\((?P<line>\d{1,9})\)): (?P<function>\S.*)"
    r"|(?P<called>[^\s(][^\n]*\)) called at \[(?P<at>[^\n\]]+):(?P<at_line>\d{1,9})\])",
    re.DOTALL,
)
_TYPE = r"[^\W\d]\w*(?:\\{1,2}\w+)*(?:@anonymous[^\s:]*)?"
_CERTAIN_HEADING = re.compile(
    rf"""(?<![\w.$:/\\-])
        (?:
            (?:PHP\ )?Fatal\ error:\s+(?:Uncaught\ )?(?:exception\ ')? | Uncaught\ (?:exception\ ')?
          | Next\ | exception\ '
          | (?=(?:\w+\\)+\w) | (?=\w{{0,200}}(?:Exception|Error)(?::|\ in\ ))
        )
        (?P<type>{_TYPE})(?:'\ with\ message\ ')?
        (?P<rest>(?::\ |\ in\ |'|(?<=message\ ')).*)
    """,
    re.VERBOSE | re.DOTALL,
)
_LIKELY_HEADING = re.compile(rf"(?=[A-Z])(?P<type>{_TYPE})(?P<rest>(?:: | in ).*)", re.DOTALL)
_ENDS_WITH_PLACE = re.compile(r" in /?[^\s:][^:\n]*(?::[^\d\n][^:\n]*)?:\d{1,9}\s*$")
_NEXT = re.compile(rf"Next (?:exception ')?(?P<type>{_TYPE})(?:' with message ')?(?P<rest>.*)", re.DOTALL)
# How Monolog writes an exception, in Laravel's and Symfony's logs: as text in JSON.
_OBJECT = re.compile(rf"\[object\] \((?P<type>{_TYPE})\(code: [^)]{{0,99}}\): (?P<rest>.*)", re.DOTALL)
_IN_JSON = '{"exception":"'
_PREVIOUS = "[previous exception] "
_BEGINS = ("Stack trace:", "[stacktrace]")
_FARTHEST_BEGIN = 10
_FARTHEST_PLACE = 4
_LONGEST_MESSAGE = 200
# What PHP and Monolog write behind the calls.
_MARK = re.compile(r"thrown in .* on line \d+|\"\}?(?: ?\}| ?\[\])*")
_PLACE = re.compile(r"(?P<path>\S.*):(?P<line>\d{1,9})")
_CLOSURE = re.compile(r"[^\s(]*\{closure[^}]*\}")


class _Section(Struct, eq=False):
    """One exception while its lines are read: its heading, the lines of its message, and its calls."""

    heading: re.Match[str] | None
    message: list[str] = field(default_factory=list)
    calls: list[re.Match[str]] = field(default_factory=list)
    has_begun: bool = False
    unread: int = 0

    def raised(self) -> ExceptionBuilder:
        """The exception, whose message ends with the place where it was created."""
        if self.heading is None:
            return ExceptionBuilder(calls=_shifted(self.calls, None))
        if self.heading.re is _OBJECT:
            return self._of_object(self.heading)
        message, where = self._placed(" in ", "")
        message = message.removeprefix(": ")
        if self.heading["rest"].startswith("'") or "' with message '" in self.heading[0]:
            message = message.removesuffix("'")
        return ExceptionBuilder(
            type=self.heading["type"], message=[message], calls=_shifted(self.calls, where)
        )

    def _of_object(self, heading: re.Match[str]) -> ExceptionBuilder:
        message, where = self._placed(" at ", ")")
        return ExceptionBuilder(
            type=_unescaped(heading["type"]), message=[_unescaped(message)], calls=_shifted(self.calls, where)
        )

    def _placed(self, word: str, end: str) -> tuple[str, re.Match[str] | None]:
        """The message, and the place behind it; lines behind the place are counted as unread."""
        rest = self.heading["rest"] if self.heading is not None else ""
        lines = [rest, *self.message]
        for skipped in range(min(len(lines), _FARTHEST_PLACE)):
            text = "\n".join(lines[: len(lines) - skipped]).rstrip().removesuffix(end)
            message, _word, place = text.rpartition(word)
            where = _PLACE.fullmatch(_unescaped(place) if end else place)
            if where is not None:
                self.unread = sum(1 for line in lines[len(lines) - skipped :] if line.strip())
                return message, where
        return "\n".join(lines).rstrip(), None


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The exceptions in `lines`, each followed by the one that it caused; None when there are no calls."""
    first = next((n for n, line in enumerate(lines) if line.lstrip().startswith("#0") and _call(line)), None)
    if first is None:
        return None
    heading = _heading(lines, first)
    section = _Section(heading[1] if heading is not None else None, has_begun=heading is None)
    reader = _PhpReader(lines, section)
    reader.read(first if heading is None else heading[0] + 1)
    line, column = first, 0
    if heading is not None:
        line, column = heading[0], heading[1].start()
        if lines[line][:column].endswith(_IN_JSON):
            column -= len(_IN_JSON)
    exceptions = flatten(reader.chain())
    return LocatedTrace(platform="php", exceptions=exceptions, line=line, column=column, unread=reader.unread)


def _heading(lines: Sequence[str], first: int) -> tuple[int, re.Match[str]] | None:
    """The heading above the first call: a mark that calls begin stands between, or nothing at all."""
    near = range(first - 1, max(-1, first - 1 - _FARTHEST_BEGIN), -1)
    begins = next((n for n in near if lines[n].strip() in _BEGINS), None)
    if begins is not None:
        return (
            headings.find(lines, begins, _OBJECT)
            or headings.find(lines, begins, _CERTAIN_HEADING)
            or _likely_heading(lines, begins)
        )
    return headings.find(lines, first, _CERTAIN_HEADING, first - 1) if first else None


def _likely_heading(lines: Sequence[str], begins: int) -> tuple[int, re.Match[str]] | None:
    """An exception of any name, as a string: it ends with its place, right above the mark."""
    above = lines[max(0, begins - _FARTHEST_PLACE) : begins]
    if not any(_ENDS_WITH_PLACE.search(line[-LONGEST_LINE:]) for line in above):
        return None
    for n in range(begins - 1, max(-1, begins - 1 - _LONGEST_MESSAGE), -1):
        match = _LIKELY_HEADING.match(lines[n]) if len(lines[n]) <= LONGEST_LINE else None
        if match is not None:
            return n, match
    return None


class _PhpReader:
    """Reads the lines below the first heading; `unread` counts those that it does not understand."""

    def __init__(self, lines: Sequence[str], first: _Section) -> None:
        self._lines = lines
        # PHP writes the cause first, Monolog the exception that was raised.
        self._caused = [first]
        self._previous: list[_Section] = []
        self._current = first
        self.unread = 0

    def chain(self) -> ExceptionBuilder:
        """The raised exception with its causes."""
        newest: ExceptionBuilder | None = None
        for section in [*reversed(self._previous), *self._caused]:
            raised = section.raised()
            self.unread += section.unread
            raised.cause = newest
            newest = raised
        return newest or ExceptionBuilder()

    def read(self, start: int) -> None:
        """Read from line `start` on, up to the trace after this one."""
        for n in range(start, len(self._lines)):
            line = self._lines[n]
            text = line.strip()
            call = _call(line)
            if call is not None:
                if int(call["number"]) == 0 and self._current.calls:
                    self._leave(n)
                    break
                self._current.calls.append(call)
                self._current.has_begun = True
            elif text in _BEGINS:
                self._current.has_begun = True
            elif not self._current.has_begun:
                self._current.message.append(line)
            elif not text or _MARK.fullmatch(text[:LONGEST_LINE]):
                continue
            elif (following := self._following(n, text)) is not None:
                self._current = following
            elif headings.begins_another(self._lines, n, _CERTAIN_HEADING, _is_first_call):
                self._leave(n)
                break
            else:
                self.unread += 1

    def _following(self, n: int, text: str) -> _Section | None:
        """The next exception of the chain, if line `n` is its heading and its calls follow."""
        if text.startswith(_PREVIOUS):
            match = _OBJECT.match(text, len(_PREVIOUS))
            kin = self._previous
        else:
            match = _NEXT.fullmatch(text) if text.startswith("Next ") else None
            kin = self._caused
        end = min(n + _LONGEST_MESSAGE, len(self._lines))
        if match is None or not any(self._lines[m].strip() in _BEGINS for m in range(n + 1, end)):
            return None
        section = _Section(match)
        kin.append(section)
        return section

    def _leave(self, n: int) -> None:
        self.unread += sum(1 for line in self._lines[n:] if line.strip())


def _call(line: str) -> re.Match[str] | None:
    return _CALL.fullmatch(line.strip()) if len(line) <= LONGEST_LINE else None


def _is_first_call(line: str) -> bool:
    return line.lstrip().startswith("#0") and _call(line) is not None


def _unescaped(text: str) -> str:
    r"""Text as it was before it was written in JSON: ``Shop\\Declined`` is ``Shop\Declined``."""
    return text.replace("\\\\", "\\").replace('\\"', '"')


def _shifted(calls: Sequence[re.Match[str]], where: re.Match[str] | None) -> list[Frame]:
    """Pair each place with the function that contains it, newest first; `where` is the exception's place."""
    places: list[tuple[str | None, int | None]] = [_place(where) if where is not None else (None, None)]
    calls = [call for call in calls if call["main"] is None]
    places += [_calling_place(call) for call in calls]
    functions = [_function(call["function"] or call["called"]) for call in calls]
    frames = [
        frame("php", path, line, function=function)
        for (path, line), function in zip(places, [*functions, None], strict=True)
    ]
    return frames if where is not None or functions else frames[1:]


def _place(match: re.Match[str]) -> tuple[str, int]:
    return match["path"], int(match["line"])


def _calling_place(call: re.Match[str]) -> tuple[str, int | None]:
    if call["at"]:
        return call["at"], int(call["at_line"])
    return _place(call) if call["path"] else ("[internal]", None)


def _function(call: str) -> str:
    r"""``Shop\Till->charge(Array)`` is ``Shop\Till::charge``."""
    call = _unescaped(call)
    closure = _CLOSURE.match(call)
    name = closure[0] if closure is not None else call.partition("(")[0]
    return name.replace("->", "::").strip()
