"""Looks for a text in rows: in what they show, in what they cut, and in what they fold away.

Capital letters count only where the text that is looked for has one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ui.detail.page.rows import Folded, Row
from ui.detail.page.sheet import Sheet, Span
from ui.detail.page.typography import Typography

MOST_IN_A_ROW = 1_000
# Of one piece that is cut for the screen, and of what one row folds away: it may be the whole report.
LONGEST_READ = 2_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """Characters of a row's piece of text that a match covers."""

    span: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class FoundInRow:
    """The matches that a row shows, each in one or more parts, and what it folds away."""

    row: Row
    matches: tuple[tuple[Part, ...], ...]
    folded: Folded | None


class Findable(Protocol):
    """Whatever can be found in a text."""

    def starts(self, text: str) -> Iterable[tuple[int, int]]:
        """Where it is found, from and to, without overlaps."""
        ...


class Wanted:
    """A text to be found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._plain = text if any(character.isupper() for character in text) else None
        self._pattern = re.compile(re.escape(text), re.IGNORECASE)

    def starts(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it is found, from and to, without overlaps."""
        text = text[:LONGEST_READ]
        if self._plain is None and not text.isascii():
            # Lower-case letters may be more or fewer than the capitals were.
            yield from (found.span() for found in self._pattern.finditer(text))
            return
        wanted = self._plain or self.text.lower()
        searched = text if self._plain is not None else text.lower()
        at = searched.find(wanted)
        while at >= 0:
            yield at, at + len(wanted)
            at = searched.find(wanted, at + len(wanted))

    def number_in(self, text: str) -> int:
        """How often it is in a text."""
        return sum(1 for _ in self.starts(text))


def find_in_row(row: Row, wanted: Wanted, type_: Typography, width: int) -> FoundInRow:
    """What is found in a row. Its layout is not remembered, so that a long page stays small."""
    sheet = row.lay_out(type_, width)
    return FoundInRow(row, tuple(matches_in(sheet, wanted)), row.folded())


def matches_in(sheet: Sheet, wanted: Findable) -> Iterator[tuple[Part, ...]]:
    """What is found in the text of a row as it is laid out, each match in one or more parts."""
    found = 0
    for first, last in _runs(sheet.spans):
        spans = sheet.spans[first:last]
        text = "".join(_whole(span) for span in spans)
        for start, end in wanted.starts(text):
            yield tuple(_parts(spans, first, start, end))
            found += 1
            if found >= MOST_IN_A_ROW:
                return


def _runs(spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Pieces that are one text, as lines of a wrapped paragraph are."""
    first = 0
    for number in range(1, len(spans) + 1):
        if number == len(spans) or spans[number].before:
            if number > first:
                yield first, number
            first = number


def _whole(span: Span) -> str:
    return span.text if span.whole is None else span.whole


def _parts(spans: Sequence[Span], number: int, start: int, end: int) -> Iterator[Part]:
    """The parts of these pieces that lie between two places of their text."""
    at = 0
    for place, span in enumerate(spans):
        length = len(_whole(span))
        first, last = max(start, at) - at, min(end, at + length) - at
        if first < last:
            yield Part(number + place, *_shown(span, first, last))
        at += length


def _shown(span: Span, first: int, last: int) -> tuple[int, int]:
    """Where a part of a piece's whole text is on the screen; all of the piece where it was cut away."""
    if span.whole is None or span.whole == span.text:
        return first, last
    part, length = span.whole[first:last], len(span.text)
    from_end = length - (len(span.whole) - first)
    for begin in (first, from_end):
        if begin >= 0 and span.text[begin : begin + len(part)] == part:
            return begin, begin + len(part)
    return 0, length
