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

from app.model import Frame
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
    r"|(?P<file>(?:[^\s():]+\.\w{1,12}|SourceFile|<\w+>))(?::(?P<line>-?\d{1,9}))?"
)
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
_LINKS = ("Caused by: ", "Wrapped by: ", "Suppressed: ")


class _OpenJavaException(Struct, eq=False):
    """An exception whose lines are being read; `around` is the one that its "... n more" refers to."""

    raised: ExceptionBuilder
    indent: int
    around: ExceptionBuilder | None = None


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The exception in `lines`, with its causes and suppressed exceptions; None when there are no calls."""
    first = next((n for n, line in enumerate(lines) if "at " in line and _call(line.strip())), None)
    if first is None:
        return None
    raised = ExceptionBuilder()
    line, column = _heading(lines, first, raised)
    raised.message += lines[line + 1 : first]
    head = lines[line]
    indent = len(head) - len(head.lstrip())
    top = _JavaReader(raised, indent if line < first else 0).read(lines[first:])
    return LocatedTrace(platform="java", exceptions=flatten(top), line=line, column=column)


def _heading(lines: Sequence[str], first: int, raised: ExceptionBuilder) -> tuple[int, int]:
    heading = headings.find(lines, first, _CERTAIN_HEADING)
    if heading is not None:
        line, match = heading
        _name(match, raised)
        return line, match.start()
    above = lines[first - 1].strip() if first else ""
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
    match = _PLACE.fullmatch(place) if opening and text.endswith(")") else None
    if match is None or _NAME.fullmatch(name) is None:
        return None
    loaded = _LOADED.match(name)
    name = name[loaded.end() :] if loaded is not None else name
    module, _dot, method = name.rpartition(".")
    line = int(match["line"]) if match["line"] else None
    return frame(
        "java",
        match["file"],
        line if line is not None and line > 0 else None,
        module=module or None,
        function=method,
    )


class _JavaReader:
    """Reads the lines below the heading of an exception; the heading is indented by `indent`."""

    def __init__(self, raised: ExceptionBuilder, indent: int) -> None:
        self._top = raised
        self._path = [_OpenJavaException(raised, indent)]
        self._left = _MOST_RESTORED

    def read(self, lines: Sequence[str]) -> ExceptionBuilder:
        """Consume lines up to the first that belongs to none of the exceptions; returns the raised one."""
        for line in lines:
            text = line.strip()
            current = self._path[-1]
            call = _call(text)
            if call is not None:
                current.raised.calls.append(call)
            elif text.startswith("... ") and (more := _MORE.fullmatch(text)):
                self._restore(current, int(more[1]))
            elif text.startswith(_LINKS):
                self._link(text, len(line) - len(line.lstrip()))
            elif current.raised.calls or (not text and current.raised is not self._top):
                break
            elif not text.startswith("[CIRCULAR REFERENCE"):
                current.raised.message.append(line.rstrip())
        return self._top

    def _restore(self, current: _OpenJavaException, count: int) -> None:
        if current.around is not None and 0 < count <= self._left:
            self._left -= count
            current.raised.calls += current.around.calls[-count:]

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
        opened = _OpenJavaException(raised, indent, holder)
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
