""".NET's stack traces, of the framework, of .NET Core and of Mono.

    System.AggregateException: One or more errors occurred. (declined) (slow)
     ---> Shop.PaymentException: declined
       at Shop.Till.Charge(Order order) in /srv/shop/Till.cs:line 12
       --- End of inner exception stack trace ---
       at Shop.Program.Main(String[] args)
     ---> (Inner Exception #1) System.TimeoutException: slow<---

Headings nest, so the innermost exception's calls come first, and each "End of" closes one. See
https://learn.microsoft.com/dotnet/api/system.exception.tostring and …/system.aggregateexception.tostring.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from app.model import Frame
from app.protocols.event import dotnet_names
from app.protocols.stacktrace import headings
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten
from app.protocols.stacktrace.frames import LONGEST_LINE, frame
from app.protocols.stacktrace.located_trace import LocatedTrace

SIGN = r"^[^\S\n]*(?:at|bei|à|en|em|bij|vid|в|在|於|場所|위치:|konum:)\ | \(at\ [^()\n]{1,300}:\d"
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

# .NET Framework translates its words, Unity writes the place behind the call.
_AT = tuple("at bei à en em bij vid в 在 於 場所 위치: konum:".split())
_IN = "in|dans|en|na|i|в|位置|於|場所|파일|konum"
_NAME = r"[^\s()\[\]]*(?:\[(?:[^\[\]()]|\[[^\[\]()]*\])*\][^\s()\[\]]*)*"
_NESTED = r"(?:[^()]|\([^()]*\))*"
_CALL = re.compile(
    rf"""(?:{"|".join(_AT)})\ (?P<wrapper>\(wrapper\ [\w-]+\)\ )?
        (?P<name>{_NAME})\ ?
        \((?P<arguments>{_NESTED})\)
        (?P<offset>\ \[0x[0-9a-f]+\])?
        (?:\ (?:{_IN})\ (?:<[0-9a-z\ ]+>:0|(?P<path>.+?)(?::\s?(?:[^\W\d]+\s)?(?P<line>\d{{1,9}})\.?)?))?
    """,
    re.VERBOSE,
)
_UNITY_CALL = re.compile(
    rf"(?P<name>{_NAME}) ?\((?P<arguments>[^()]*)\) \(at (?P<path>[^()]+):(?P<line>\d{{1,9}})\)"
)
_TUPLE = re.compile(r"\([^()]*\)")
# "Order order", "List`1[T] orders", "Int32& n": a type, a blank, a name.
_ARGUMENTS = re.compile(r"(?:[^\s,:/]+ (?:\w+ )?[@\w]*(?: ?, ?|$))*(?:\.\.\.)?")
_TYPE_ARGUMENTS = re.compile(r"\[[^\[\]]*\]")
_JAVA_PLACES = ("Native Method", "Unknown Source")
_CERTAIN_HEADING = re.compile(
    r"""(?<![\w.$:/\\`+-])
        (?P<type>
            (?:
                (?:[^\W\d][\w`+]*\.){0,30}?[^\W\d][\w`+]{0,200}?(?:Exception|Error|Fault)
              | (?:[^\W\d][\w`+]*\.){1,30}?Exception
            )
            (?:`\d+)?(?:\[[^\]]{0,200}\])?
        )
        (?:\ \((?:0x)?[0-9A-Fa-f-]{1,12}\))?
        (?:$|:?\s*$|:\s(?P<value>.*)|(?=\ --->))
    """,
    re.VERBOSE | re.DOTALL,
)
_NAMED = re.compile(
    r"(?P<type>[^\W\d][\w`+.\[\]]*)(?: \((?:0x)?[0-9A-Fa-f-]{1,12}\))?(?::\s?(?P<value>.*))?\s*", re.DOTALL
)
_MEMBER = re.compile(r"---> \(Inner Exception #(?P<number>\d{1,6})\) (?P<heading>.*)", re.DOTALL)
_END_OF_INNER = "--- End of inner exception stack trace ---"
_INNER = "---> "
_END_OF_MEMBER = "<---"
_MOST = 500


class _OpenDotnetException(Struct, eq=False):
    """An exception whose lines are being read; `is_member` of the aggregate below it in the stack.

    `has_message` while its message may go on.
    """

    raised: ExceptionBuilder
    is_member: bool = False
    repeats_cause: bool = False
    has_message: bool = True


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The exception in `lines`, with its inner exceptions; None when there are no calls."""
    first = next((n for n, line in enumerate(lines) if _call(line.strip())), None)
    if first is None:
        return None
    heading = headings.find(lines, first, _CERTAIN_HEADING)
    raised = ExceptionBuilder()
    reader = _DotnetReader(lines, raised)
    if heading is None:
        line, column = first, 0
        reader.read(first)
    else:
        line, column = heading[0], heading[1].start()
        reader.name(lines[line][heading[1].start("type") :])
        reader.read(line + 1)
    return LocatedTrace(
        platform="csharp", exceptions=flatten(raised), line=line, column=column, unread=reader.unread
    )


def _is_call(line: str) -> bool:
    return _call(line.strip()) is not None


def _call(text: str) -> Frame | None:
    """``at Namespace.Class.Method(Type name) in file:line 12``; None for any other text."""
    if len(text) > LONGEST_LINE:
        return None
    if text.endswith(")") and " (at " in text and (match := _UNITY_CALL.fullmatch(text)) is not None:
        return _frame(match)
    if not text.startswith(_AT):
        return None
    match = _CALL.fullmatch(text.removesuffix(_END_OF_MEMBER).rstrip())
    if match is None or match["arguments"] in _JAVA_PLACES:
        return None
    if "." not in match["name"].strip(".") and not match["name"].startswith("lambda_method"):
        return None
    is_placed = match["path"] or match["offset"] or match["wrapper"]
    if not is_placed and _ARGUMENTS.fullmatch(_TUPLE.sub("Tuple", match["arguments"])) is None:
        return None
    return _frame(match)


def _frame(match: re.Match[str]) -> Frame:
    # The types in brackets may themselves have some.
    name = _TYPE_ARGUMENTS.sub("", _TYPE_ARGUMENTS.sub("", match["name"])).replace(":", ".")
    module, _dot, function = name.rpartition(".")
    if module.endswith("."):
        module, function = module[:-1], f".{function}"
    line = int(match["line"]) if match["line"] else None
    owner, method = dotnet_names.demangled(module, function)
    return frame("csharp", match["path"], line, module=owner, function=method)


class _DotnetReader:
    """Reads an exception's lines; `unread` counts those that it does not understand."""

    def __init__(self, lines: Sequence[str], raised: ExceptionBuilder) -> None:
        self._lines = lines
        self._path = [_OpenDotnetException(raised, has_message=False)]
        self._count = 0
        self.unread = 0

    def read(self, start: int) -> None:
        """Read from line `start` on, up to the trace after this one."""
        for n in range(start, len(self._lines)):
            line = self._lines[n]
            text = line.strip()
            opened = self._path[-1]
            call = _call(text)
            if call is not None:
                opened.raised.calls.append(call)
                opened.has_message = False
            elif text == _END_OF_INNER:
                self._close()
            elif member := _MEMBER.fullmatch(text):
                self._begin_member(member)
            elif text.startswith(_INNER):
                self._begin_inner(text.removeprefix(_INNER))
            elif text.startswith(("--- End of", _END_OF_MEMBER)):
                pass
            elif opened.has_message:
                self._continue_message(line.rstrip())
            elif headings.begins_another(self._lines, n, _CERTAIN_HEADING, _is_call):
                self.unread += sum(1 for left in self._lines[n:] if left.strip())
                break
            elif text:
                self.unread += 1
            if text.endswith(_END_OF_MEMBER):
                self._end_member()
        while len(self._path) > 1:
            self._close()
        _settle(self._path[0])

    def name(self, text: str) -> None:
        """Set type and message of the newest exception, and of inner ones that Mono writes on its line."""
        own, *inner = text.removesuffix(_END_OF_MEMBER).split(f" {_INNER}")
        raised = self._path[-1].raised
        self._path[-1].has_message = True
        match = _NAMED.fullmatch(own) if len(own) <= LONGEST_LINE else None
        if match is None:
            raised.message = [own]
        else:
            raised.module, _dot, raised.type = match["type"].rpartition(".")
            raised.module = raised.module or None
            raised.message = [match["value"] or ""]
        for heading in inner:
            self._begin_inner(heading)

    def _continue_message(self, text: str) -> None:
        own, *inner = text.removesuffix(_END_OF_MEMBER).split(f" {_INNER}")
        self._path[-1].raised.message.append(own)
        for heading in inner:
            self._begin_inner(heading)

    def _begin_inner(self, heading: str) -> None:
        if self._count == _MOST:
            return
        self._count += 1
        inner = ExceptionBuilder()
        self._path[-1].raised.cause = inner
        self._path[-1].has_message = False
        self._path.append(_OpenDotnetException(inner))
        self.name(heading)

    def _begin_member(self, match: re.Match[str]) -> None:
        if self._count == _MOST:
            return
        self._count += 1
        aggregate = self._path[-1]
        aggregate.has_message = False
        aggregate.repeats_cause |= int(match["number"]) == 0
        member = ExceptionBuilder()
        aggregate.raised.members.append(member)
        self._path.append(_OpenDotnetException(member, is_member=True))
        self.name(match["heading"])

    def _close(self) -> None:
        if len(self._path) > 1:
            _settle(self._path.pop())

    def _end_member(self) -> None:
        if any(opened.is_member for opened in self._path):
            while not self._path[-1].is_member:
                self._close()
            self._close()


def _settle(opened: _OpenDotnetException) -> None:
    """Drop the inner exception of an aggregate that is also its first member: it counts once, as a member."""
    raised = opened.raised
    if raised.members and raised.cause is not None:
        if not opened.repeats_cause:
            raised.members.insert(0, raised.cause)
        raised.cause = None
