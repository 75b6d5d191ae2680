"""What Python prints when the interpreter itself dies: the calls of all threads, newest first.

    Fatal Python error: Segmentation fault

    Current thread 0x00007f1c (most recent call first):
      File "/srv/shop/pay.py", line 3 in pay
      File "/srv/shop/pay.py", line 9 in <module>

See https://docs.python.org/3/library/faulthandler.html.
"""

import re
from collections.abc import Sequence

from msgspec import Struct, field

from app.model import Frame, Thread
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten
from app.protocols.stacktrace.frames import LONGEST_LINE, frame
from app.protocols.stacktrace.located_trace import LocatedTrace

SIGN = r"\(most\ recent\ call\ first\):"
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_FATAL = re.compile(
    r"(?:.{0,200} )?(?P<type>Fatal Python error|Windows fatal exception|Timeout)(?:: | \()(?P<value>.*)"
)
_THREAD = re.compile(
    r"(?P<current>Current thread|Thread|Stack) ?(?P<id>0x[0-9a-f]+)?(?: \[(?P<name>[^\]]*)\])?"
    r" \(most recent call first\):"
)
_CALL = re.compile(r'File "(?P<path>[^"]*)", line (?P<line>\d{1,9}|\?\?\?) in (?P<function>.+)')
_MARK = re.compile(
    r"<no Python frame>|<freed interpreter>|\.\.\.|Garbage-collecting|Python runtime state: .*"
    r"|Extension modules: .*|<tstate is freed>|(?:Segmentation fault|Aborted)(?: \(core dumped\))?"
)
_FARTHEST = 10


class _PythonThread(Struct, eq=False):
    """A thread while its lines are read, with its calls newest first."""

    id: str | None
    name: str | None
    is_current: bool
    calls: list[Frame] = field(default_factory=list)


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The thread that died as an exception, and the others; None when there are no calls."""
    first = next((n for n, line in enumerate(lines) if _match(_THREAD, line) is not None), None)
    if first is None:
        return None
    threads: list[_PythonThread] = []
    unread = 0
    for line in lines[first:]:
        thread, call = _match(_THREAD, line), _match(_CALL, line)
        if thread is not None:
            is_current = thread["current"] != "Thread"
            threads.append(_PythonThread(thread["id"], thread["name"], is_current))
        elif call is not None:
            threads[-1].calls.append(_frame(call))
        elif line.strip() and _match(_MARK, line) is None:
            unread += 1
    died = next((thread for thread in threads if thread.is_current and thread.calls), threads[0])
    if not died.calls:
        return None
    raised = ExceptionBuilder(calls=died.calls)
    start, column = first, 0
    for n in range(first - 1, max(-1, first - 1 - _FARTHEST), -1):
        fatal = _match(_FATAL, lines[n])
        if fatal is not None:
            raised.type, raised.message = fatal["type"], [fatal["value"].removesuffix(")!")]
            start, column = n, lines[n].index(fatal["type"])
            break
    others = tuple(
        Thread(id=one.id, name=one.name, frames=tuple(reversed(one.calls)))
        for one in threads
        if one is not died and one.calls
    )
    return LocatedTrace(
        platform="python",
        exceptions=flatten(raised),
        line=start,
        column=column,
        unread=unread,
        threads=others,
    )


def _match(pattern: re.Pattern[str], line: str) -> re.Match[str] | None:
    return pattern.fullmatch(line.strip()) if len(line) <= LONGEST_LINE else None


def _frame(match: re.Match[str]) -> Frame:
    line = int(match["line"]) if match["line"].isdigit() else None
    return frame("python", match["path"], line, function=match["function"])
