"""Selecting text with the mouse across everything on the page, and the text that is then copied."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF

from ui.detail.page.layout import Stacking
from ui.detail.page.sheet import Span, joined


@dataclass(frozen=True, slots=True, order=True)
class Caret:
    """A gap between two characters: row, piece of text in the row, character in the piece."""

    row: int
    span: int
    character: int


def caret_at(stacking: Stacking, point: QPointF) -> Caret | None:
    """The caret nearest to a point of the page."""
    index = stacking.index_at(point.y())
    if index < 0:
        return None
    spans = stacking.sheet(index).spans
    if not spans:
        return Caret(index, 0, 0)
    y = point.y() - stacking.tops[index]
    number = min(range(len(spans)), key=lambda i: _distance(spans[i], point.x(), y, stacking))
    span = spans[number]
    return Caret(index, number, stacking.type_.character_at(span.text, span.font, point.x() - span.x))


def moved(caret: Caret, start: int, end: int, more: int) -> Caret | None:
    """The caret after the rows from `start` to `end` were replaced by `more` more; None when it was in them.

    As many rows as before are mostly the same ones, with another time or count.
    """
    if caret.row < start or more == 0:
        return caret
    return Caret(caret.row + more, caret.span, caret.character) if caret.row >= end else None


def _distance(span: Span, x: float, y: float, stacking: Stacking) -> tuple[float, float]:
    top = span.baseline - stacking.type_.ascent(span.font)
    bottom = span.baseline + stacking.type_.descent(span.font)
    vertical = max(0.0, top - y, y - bottom)
    return vertical, max(0.0, span.x - x, x - span.x - span.width)


def selected_part(start: Caret, end: Caret, row: int, number: int, length: int) -> tuple[int, int]:
    """Which characters of a piece lie between the carets: from, to."""
    here = (row, number)
    if here < (start.row, start.span) or here > (end.row, end.span):
        return 0, 0
    first = start.character if here == (start.row, start.span) else 0
    last = end.character if here == (end.row, end.span) else length
    return first, last


def selected_text(stacking: Stacking, start: Caret, end: Caret) -> str:
    """What is copied: pieces that were cut for the screen come whole when all of what shows is selected.

    What is only the page's own is left out, and so are rows that hold nothing else.
    """
    lines: list[str] = []
    for row in range(start.row, min(end.row, len(stacking.rows) - 1) + 1):
        spans = stacking.sheet(row).spans
        if spans and not any(span.copied for span in spans):
            continue
        pieces: list[tuple[Span, str]] = []
        for number, span in enumerate(spans):
            first, last = selected_part(start, end, row, number, len(span.text))
            if first < last:
                everything = first == 0 and last == len(span.text)
                whole = everything and span.whole is not None
                pieces.append((span, span.whole or "" if whole else span.text[first:last]))
        lines.append(joined(pieces))
    return "\n".join(lines).strip("\n")
