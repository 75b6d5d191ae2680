"""The JVM's stack traces: Java, Kotlin, Scala, Clojure, and what imitates them.

    Exception in thread "main" shop.PaymentError: declined
        at shop.Till.charge(Till.java:12)
        Suppressed: java.lang.IllegalStateException: stuck
            at …
    Caused by: java.io.IOException: no answer
        at …
        ... 1 more

"... n more" stands for the last n calls of the enclosing trace, which are restored. See
https://docs.oracle.com/javase/17/docs/api/java.base/java/lang/Throwable.html#printStackTrace().
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from app.model import Frame, Thread
from app.protocols.stacktrace import headings
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten
from app.protocols.stacktrace.frames import LONGEST_LINE, frame
from app.protocols.stacktrace.located_trace import LocatedTrace

SIGN = r"^[^\S\n]*at\ "
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_MOST_RESTORED = 5000
_DEEPEST = 50
# Class loader and module, as in "app//" and "java.base@17/", but not the slash of "Till$$Lambda$14/0x0800".
_LOADED = re.compile(r"(?:[\w.@-]*/){0,2}")
_PLACE = re.compile(
    r"(?P<native>Native Method)|(?P<unknown>Unknown Source)(?::\d+)?"
    r"|(?P<file>(?:[^\s():]+\.\w{1,12}|SourceFile|D8\$\$SyntheticClass|<\w+>))(?::(?P<line>-?\d{1,9}))?"
)
# "PG:12", "r8-map-id-8f3a:12", ":12": what ProGuard and R8 write for the file.
_SHRUNK = re.compile(r"(?P<file>[\w-]{0,100}):(?P<line>\d{1,9})")
_DOTTED = re.compile(r"[\w$/<>@-]{1,500}(?:\.[\w$<>-]{1,500}){1,50}")
# What logback adds: " ~[spring-core-5.3.jar:5.3]", " [classes/:na]".
_PACKAGED = re.compile(r"\s+~?\[[^\]]*\]$")
_NAME = re.compile(r"[^\s()]+|[^()]*[^\s()]")
_CERTAIN_HEADING = re.compile(
    r"""(?<![\w.$:/\\-])
        (?:Exception\ in\ thread\ "[^\n]{0,200}?"\ )?
        (?P<type>
            (?:[^\W\d][\w$]*\.){0,30}?[^\W\d][\w$]{0,200}?(?:Exception|Error|Throwable|Failure|Fault)
          | (?:[^\W\d][\w$]*\.){1,30}?(?:Exception|Error|Throwable)
        )
        (?:$|:?\s*$|:\s(?P<value>.*))
    """,
    re.VERBOSE | re.DOTALL,
)
_LIKELY_HEADING = re.compile(
    r"""(?:Exception\ in\ thread\ "[^\n]{0,200}?"\ )?
        (?P<type>(?:[^\W\d][\w$]*\.)+[A-Z][\w$]*)(?::\s?(?P<value>.*))?\s*
    """,
    re.VERBOSE | re.DOTALL,
)
_MORE = re.compile(r"\.\.\. (\d{1,6}) (?:more|common frames omitted|frames? (?:truncated|excluded)).*")
_LONGEST_MESSAGE = 500
# Lines of dumps and of tools, which name no call.
_MARK = re.compile(
    r"\[CIRCULAR REFERENCE.*|(?:at )?\(Coroutine boundary.*|(?:Original )?[Ss]tack [Tt]race:"
    r"|\.\.\. .*|- (?:locked|waiting|parking|eliminated|blocked|None).*|Locked ownable synchronizers:"
    r"|java\.lang\.Thread\.State: .*|[\[<]\d+ (?:internal )?(?:lines?|frames?)[\]>]"
)
# '"main" #1 prio=5 os_prio=0 tid=0x1 nid=0x2 waiting on condition', '"main" Id=1 RUNNABLE'.
_THREAD = re.compile(r'"(?P<name>[^"]{1,200})" (?:#\d|\[|Id=|daemon |prio=|tid=).*')
_THREAD_STATE = "java.lang.Thread.State: "
_ASSEMBLY = "The stacktrace has been enhanced by Reactor"
_ASSEMBLY_CLASS = "FluxOnAssembly$OnAssemblyException"
_LINKS = ("Caused by: ", "Wrapped by: ", "Suppressed: ")


class _OpenJavaException(Struct, eq=False):
    """An exception whose lines are being read; `around` is the one that its "... n more" refers to.

    `is_assembly` for what Reactor adds as suppressed: no exception, but the places and the calls that the
    raised one has lost.
    """

    raised: ExceptionBuilder
    indent: int
    around: ExceptionBuilder | None = None
    is_assembly: bool = False


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The exception in `lines`, with its causes and suppressed exceptions; None when there are no calls."""
    first = next((n for n, line in enumerate(lines) if "at " in line and _call(line.strip())), None)
    if first is None:
        return None
    raised = ExceptionBuilder()
    line, column = _heading(lines, first, raised)
    head = lines[line]
    indent = len(head) - len(head.lstrip())
    reader = _JavaReader(lines, raised, indent if line < first else 0)
    top = reader.read(line + 1 if line < first else first)
    return LocatedTrace(
        platform="java",
        exceptions=flatten(top),
        line=line,
        column=column,
        unread=reader.unread,
        threads=reader.threads(),
    )


def _heading(lines: Sequence[str], first: int, raised: ExceptionBuilder) -> tuple[int, int]:
    heading = headings.find(lines, first, _CERTAIN_HEADING)
    if heading is not None:
        line, match = heading
        head = lines[line][:LONGEST_LINE]
        indent = len(head) - len(head.lstrip())
        if match.start() > indent and (own := _LIKELY_HEADING.fullmatch(head, indent)) is not None:
            # The exception that the message of this one names.
            match = own
        _name(match, raised)
        return line, match.start()
    above = lines[first - 1].strip() if first else ""
    if above.startswith(_THREAD_STATE):
        return first, 0
    likely = _LIKELY_HEADING.fullmatch(above) if len(above) <= LONGEST_LINE else None
    if likely is not None:
        _name(likely, raised)
    elif above and not headings.is_logged(above):
        kind, colon, value = above.partition(": ")
        is_name = bool(colon) and kind.isidentifier()
        raised.type, raised.message = (kind, [value]) if is_name else (None, [above])
    else:
        return first, 0
    return first - 1, 0


def _is_call(line: str) -> bool:
    return _call(line.strip()) is not None


def _name(match: re.Match[str], raised: ExceptionBuilder) -> None:
    module, _dot, name = match["type"].rpartition(".")
    raised.type, raised.module = name, module or None
    raised.message = [match["value"] or ""]


def _call(text: str) -> Frame | None:
    """``at package.Class.method(File.java:12)``; None for any other text."""
    if not text.startswith("at ") or len(text) > LONGEST_LINE:
        return None
    text = text[3:]
    if text.endswith("]"):
        text = _PACKAGED.sub("", text)
    name, opening, place = text.removesuffix(")").rpartition("(")
    # Clojure's tools write a blank before the place.
    name = name.rstrip()
    match = _PLACE.fullmatch(place) if opening and text.endswith(")") else None
    is_shrunk = match is None and opening and text.endswith(")") and _DOTTED.fullmatch(name) is not None
    shrunk = _SHRUNK.fullmatch(place) if is_shrunk else None
    match = match or shrunk
    if match is None or _NAME.fullmatch(name) is None:
        return None
    loaded = _LOADED.match(name)
    name = name[loaded.end() :] if loaded is not None else name
    module, _dot, method = name.rpartition(".")
    line = int(match["line"]) if match["line"] else None
    return frame(
        "java",
        match["file"] or None,
        line if line is not None and line > 0 else None,
        module=module or None,
        function=method,
    )


class _JavaReader:
    """Reads the lines below the heading of an exception; the heading is indented by `indent`.

    `unread` counts the lines that it does not understand.
    """

    def __init__(self, lines: Sequence[str], raised: ExceptionBuilder, indent: int) -> None:
        self._lines = lines
        self._top = raised
        self._path = [_OpenJavaException(raised, indent)]
        self._left = _MOST_RESTORED
        self._threads: list[tuple[str, list[Frame]]] = []
        # The last line of the message that is being read.
        self._message_end = -1
        self.unread = 0

    def read(self, start: int) -> ExceptionBuilder:
        """Read from line `start` on, up to the trace after this one; returns the raised exception."""
        self._message_end = self._end_of_message(start - 1)
        for n in range(start, len(self._lines)):
            line = self._lines[n]
            text = line.strip()
            opened = self._path[-1]
            calls = self._threads[-1][1] if self._threads else opened.raised.calls
            call = _call(text)
            if call is not None:
                calls.append(call)
            elif not text:
                if n < self._message_end:
                    opened.raised.message.append("")
            elif text.startswith("... ") and (more := _MORE.fullmatch(text)):
                self._restore(opened, int(more[1]))
            elif text.startswith(_LINKS) and not self._threads:
                self._link(text, len(line) - len(line.lstrip()))
                self._message_end = self._end_of_message(n)
            elif n < self._message_end and not opened.is_assembly:
                opened.raised.message.append(line.rstrip())
            elif (thread := _thread(text)) is not None:
                self._threads.append((thread["name"], []))
            elif _MARK.fullmatch(text[:LONGEST_LINE]):
                continue
            elif headings.begins_another(self._lines, n, _CERTAIN_HEADING, _is_call):
                self.unread += sum(1 for left in self._lines[n:] if left.strip())
                break
            else:
                self.unread += 1
        return _with_original_traces(self._top)

    def threads(self) -> tuple[Thread, ...]:
        """The other threads of a dump, with their calls."""
        return tuple(
            Thread(name=name, frames=tuple(reversed(calls))) for name, calls in self._threads if calls
        )

    def _end_of_message(self, heading: int) -> int:
        """The number of the line after the message that begins at line `heading`.

        It goes on up to the first call. Where there is none it ends at the next heading or empty line.
        """
        gap: int | None = None
        last = min(heading + _LONGEST_MESSAGE, len(self._lines))
        for n in range(heading + 1, last):
            text = self._lines[n].strip()
            if not text:
                gap = n if gap is None else gap
            elif text.startswith("... ") or _call(text) is not None:
                return n
            elif text.startswith(_LINKS) or _thread(text) is not None:
                return n if gap is None else gap
        return last if gap is None else gap

    def _restore(self, current: _OpenJavaException, count: int) -> None:
        if current.around is None:
            return
        calls = _original_calls(current.around)
        # A trace that somebody cut shorter has no calls in common that are known.
        if 0 < count <= min(self._left, len(calls)):
            self._left -= count
            current.raised.calls += calls[-count:]

    def _link(self, text: str, indent: int) -> None:
        link, _colon, heading = text.partition(": ")
        if "CIRCULAR REFERENCE" in heading[:30]:
            return
        raised = ExceptionBuilder()
        match = _LIKELY_HEADING.fullmatch(heading) if len(heading) <= LONGEST_LINE else None
        if match is not None:
            _name(match, raised)
        else:
            kind, colon, value = heading.partition(": ")
            raised.type, raised.message = (
                (kind, [value]) if colon or kind.isidentifier() else (None, [heading])
            )
        if link == "Suppressed":
            self._suppress(raised, indent)
        else:
            self._cause(raised, indent, wraps=link == "Wrapped by")

    def _suppress(self, raised: ExceptionBuilder, indent: int) -> None:
        while len(self._path) > 1 and self._path[-1].indent >= indent:
            self._path.pop()
        holder = self._path[-1].raised
        holder.members.append(raised)
        holder.are_suppressed = True
        opened = _OpenJavaException(raised, indent, holder, is_assembly=_is_assembly(raised))
        if len(self._path) < _DEEPEST:
            self._path.append(opened)
        else:
            self._path[-1] = opened

    def _cause(self, raised: ExceptionBuilder, indent: int, *, wraps: bool) -> None:
        while len(self._path) > 1 and self._path[-1].indent > indent:
            self._path.pop()
        effect = self._path[-1].raised
        if wraps:
            # Logback can print the root cause first.
            raised.cause = effect
            self._top = raised if effect is self._top else self._top
        else:
            effect.cause = raised
        self._path[-1] = _OpenJavaException(raised, indent, effect)


def _thread(text: str) -> re.Match[str] | None:
    return _THREAD.match(text[:LONGEST_LINE]) if text[:1] == '"' else None


def _is_assembly(raised: ExceptionBuilder) -> bool:
    if raised.type == _ASSEMBLY_CLASS:
        return True
    return raised.type is None and raised.message[0].startswith(_ASSEMBLY)


def _original_calls(raised: ExceptionBuilder) -> list[Frame]:
    """The calls of an exception, or those that Reactor shows as its original trace."""
    for member in raised.members:
        if _is_assembly(member) and member.calls[: len(raised.calls)] == raised.calls:
            return member.calls
    return raised.calls


def _with_original_traces(top: ExceptionBuilder) -> ExceptionBuilder:
    """Give the calls that Reactor shows as an exception's original trace to that exception."""
    waiting, number = [top], 0
    while number < len(waiting):
        holder = waiting[number]
        number += 1
        original = _original_calls(holder)
        holder.members = [
            each
            for each in holder.members
            if not _is_assembly(each) or (each.calls and each.calls is not original)
        ]
        holder.calls = original
        waiting += holder.members
        if holder.cause is not None:
            waiting.append(holder.cause)
    return top
