"""What an event is listed under: its title, and the place in the code that failed (the culprit)."""

import re
from collections.abc import Sequence

from app.model import Event, ExceptionInfo, Frame, Thread
from app.protocols.event.failing_frame import choice

TITLE_LENGTH = 300
PLACE_LENGTH = 200
FILE_LENGTH = 100
_LONGEST_PATH = 1_000
UNLABELLED = "<unlabelled event>"
_SEPARATORS = re.compile(r"[/\\]")
_QUERY = re.compile(r"[?#].*", re.DOTALL)
_COLOUR = re.compile(r"\x1b\[[0-9;]{0,20}m")
# Ruby's `detailed_message` names the class at the end of the first line.
_CLASS_BEHIND = re.compile(r" \(([\w:.\\@<>#]{1,200})(?:, [^()]{1,200})?\)$")
_SEPARATOR = re.compile(r"::|[.\\]")


def first_line(text: str, length: int = TITLE_LENGTH) -> str:
    """The first line of `text` that says something, cut at `length` characters."""
    line = text.lstrip().partition("\n")[0].rstrip()
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def title(exceptions: Sequence[ExceptionInfo], message: str | None) -> str:
    """``Type: value`` of the raised exception, else the message's first line."""
    if exceptions:
        raised = exceptions[-1]
        said = said_line(raised)
        if raised.type:
            return first_line(f"{raised.type}: {said}" if said else raised.type) or UNLABELLED
        if said:
            return first_line(said) or UNLABELLED
    return (first_line(message) if message else "") or UNLABELLED


def said_line(raised: ExceptionInfo) -> str:
    """The first line of what an exception says, without its own class: that stands before it already."""
    if not raised.value:
        return ""
    line = raised.value.lstrip().partition("\n")[0].rstrip()
    if "\x1b" in line:
        line = _COLOUR.sub("", line)
    kind = raised.type
    if not kind or len(line) > _LONGEST_PATH:
        return line
    if line[-1:] == ")":
        behind = _CLASS_BEHIND.search(line)
        if behind is not None and _is_same_class(behind[1], kind):
            line = line[: behind.start()].rstrip()
    if line in (kind, f"{raised.module}.{kind}"):
        return ""
    for name in (kind, f"{raised.module}.{kind}"):
        line = line.removeprefix(f"{name}: ")
    return line


def _is_same_class(one: str, other: str) -> bool:
    return one == other or _SEPARATOR.split(one)[-1] == _SEPARATOR.split(other)[-1]


def culprit(
    exceptions: Sequence[ExceptionInfo], threads: Sequence[Thread], platform: str | None = None
) -> str | None:
    """``module in function`` of the app's own frame that failed."""
    frame = choice.of(exceptions, threads, platform)
    return _in_words(frame) if frame is not None else None


def place(event: Event) -> str | None:
    """``ledger.py:19 in charge``: file, line and function of the app's own frame that failed, as a row of a
    list has it; without a file its module and function.

    None where the event's culprit is the same, or where there are no frames.
    """
    frame = choice.of_event(event)
    if frame is None:
        return None
    path = frame.filename or frame.abs_path
    if not path:
        own = _in_words(frame)
        return own[:PLACE_LENGTH] if own and own != event.culprit else None
    name = _file_name(path)
    where = f"{name}:{frame.line}" if frame.line is not None else name
    return f"{where} in {frame.function}"[:PLACE_LENGTH] if frame.function else where


def whereabouts(event: Event) -> str | None:
    """What a page says below a title: where the app failed, and the transaction if the client names one."""
    culprit = event.culprit or event.transaction
    where = place(event) if culprit is not None and culprit == event.transaction else None
    return f"{where} · {culprit}" if where else culprit


def _in_words(frame: Frame) -> str | None:
    place = frame.module or frame.filename or frame.abs_path
    if place and frame.function:
        return f"{place} in {frame.function}"
    return place or frame.function


def _file_name(path: str) -> str:
    """The last part of a path or a URL, without what stands behind it in a query."""
    parts = _SEPARATORS.split(_QUERY.sub("", path[-_LONGEST_PATH:]).rstrip("/\\"))
    return parts[-1][-FILE_LENGTH:] or path[-FILE_LENGTH:]
