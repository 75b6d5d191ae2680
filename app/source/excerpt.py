"""The lines of a frame's source as they are shown: without hidden characters, and bounded.

Of a line of a megabyte, as minifiers write it, only the part around the place that failed is looked at.
"""

import re

from msgspec import Struct

from app.model import Frame
from app.plain_text import plain

LONGEST_LINE = 10_000
MOST_LINES = 400
_TAB = 4
_LONGEST_WORD = 200
_WORD = re.compile(r"[\w$]+|\S")


class Line(Struct, frozen=True, kw_only=True):
    """One line of source.

    `left_out_before` and `left_out_after` count the characters that are not in `text`. `mark` are the first
    character and the one after the last of what stands at the frame's column, in `text`. `runs` are its
    colours: (first, after the last, kind), in order; what is in none of them has none.
    """

    number: int
    text: str
    left_out_before: int = 0
    left_out_after: int = 0
    mark: tuple[int, int] | None = None
    runs: tuple[tuple[int, int, str], ...] = ()

    @property
    def indent(self) -> int:
        """How many blanks it begins with."""
        return len(self.text) - len(self.text.lstrip(" "))


def lines_of(frame: Frame) -> tuple[Line, ...]:
    """The frame's lines, the failing one with its column marked. Columns are from 1."""
    return tuple(
        _line(number, text, frame.column if number == frame.line else None) for number, text in _around(frame)
    )


def _around(frame: Frame) -> tuple[tuple[int, str], ...]:
    context = frame.context
    if len(context) <= MOST_LINES:
        return context
    failed = next((place for place, (number, _) in enumerate(context) if number == frame.line), 0)
    start = max(0, min(failed - MOST_LINES // 2, len(context) - MOST_LINES))
    return context[start : start + MOST_LINES]


def _line(number: int, sent: str, column: int | None) -> Line:
    length = len(sent.rstrip("\r\n")) if len(sent) <= LONGEST_LINE else len(sent)
    at = column - 1 if column is not None and 0 < column <= length else None
    start = 0
    if length > LONGEST_LINE and at is not None:
        start = max(0, min(at - LONGEST_LINE // 2, length - LONGEST_LINE))
    end = min(length, start + LONGEST_LINE)
    text = _shown(sent[start:end])
    mark = None
    if at is not None:
        first = len(_shown(sent[start:at]))
        mark = next(
            (
                word.span()
                for word in _WORD.finditer(text, max(0, first - _LONGEST_WORD))
                if word.end() > first
            ),
            None,
        )
    return Line(
        number=number, text=text, left_out_before=start, left_out_after=max(0, length - end), mark=mark
    )


def _shown(text: str) -> str:
    return plain(text.expandtabs(_TAB)).replace("\n", " ")
