"""Puts together stack traces that a collector sent line by line, each line as an entry of its own.

That is what Promtail and others do with the output of a process, unless they are told where an entry begins.
Only lines that follow each other in one stream of one push can be put together; the logger's line right above
a trace belongs to it.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from app.model import Level
from app.protocols.event import log_line
from app.protocols.loki.push import LogLine
from app.protocols.plain import trace_in_fields
from app.protocols.stacktrace import headings

# What goes on with a stack trace, in any language: an entry that stands alone is hardly ever indented.
_GOES_ON = re.compile(
    r"""[^\S\n]+\S | Caused\ by:? | Suppressed: | \.\.\.\ \d | \#\d+\ | ---\ End | -->\ | from\ \S
      | During\ handling\ of\ the\ above | The\ above\ exception\ was | goroutine\ \d+\ \[ | created\ by\
      | [Ss]tack\ ?(?:back)?trace: | note:\ run\ with | \[stacktrace\] | <asynchronous\ suspension>
      | exit\ status\ \d
    """,
    re.VERBOSE,
)
_TRACEBACK, _GOROUTINE, _PANICKED = "Traceback (", "goroutine ", " panicked at "
_WORSE = frozenset((Level.FATAL, Level.ERROR, Level.WARNING))
_RAISED = re.compile(r"[^\W\d][\w.]*(?::\s.*)?")
_MOST_LINES = 2_000


def joined(lines: Iterable[LogLine]) -> Iterator[LogLine]:
    """The lines in their order, those of one stack trace as one line with the time of its first."""
    block: list[LogLine] = []
    for line in lines:
        is_alone = len(block) > 1 or (block and not _may_tell_of(block[0], line))
        if is_alone and not _goes_on(block, line):
            yield from _of_block(block)
            block = []
        block.append(line)
    yield from _of_block(block)


def _goes_on(block: list[LogLine], line: LogLine) -> bool:
    """Whether `line` may belong to the trace that `block` began."""
    text, before = line.text, block[-1].text
    if "\n" in text or "\n" in before or line.labels != block[0].labels or len(block) >= _MOST_LINES:
        return False
    if _GOES_ON.match(text) is not None or _PANICKED in before:
        return True
    if not text.strip():
        return len(block) > 1 or before.startswith("panic: ")
    if any(entry.text.startswith(_TRACEBACK) for entry in block):
        # "ValueError: no card" below the calls.
        return text.startswith(_TRACEBACK) or (before[:1].isspace() and _RAISED.fullmatch(text) is not None)
    # A function of Go, whose place is in the line below.
    is_below = before[:1].isspace() or before.startswith(_GOROUTINE)
    return is_below and text.endswith(")") and any(entry.text.startswith(_GOROUTINE) for entry in block)


def _may_tell_of(line: LogLine, heading: LogLine) -> bool:
    """Whether a logger's line may be of the exception that the next line names: it is none of its own."""
    return (
        line.labels == heading.labels
        and "\n" not in line.text
        and "\n" not in heading.text
        and log_line.level(line.text) in _WORSE
        and not headings.is_logged(heading.text)
        and not line.text.startswith("{")
    )


def _of_block(block: list[LogLine]) -> Iterator[LogLine]:
    if len(block) > 1:
        text = "\n".join(line.text for line in block)
        if trace_in_fields.text_holds_trace(text):
            yield replace(block[0], text=text)
            return
    yield from block
