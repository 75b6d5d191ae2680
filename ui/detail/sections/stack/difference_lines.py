"""A unified diff on the page: what went on a red ground, what came on a green one."""

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from ui.detail.page.rows import MARGIN, MenuEntry, Row, put
from ui.detail.page.sheet import Fill, Font, Sheet
from ui.detail.page.typography import Typography
from ui.theme import UNIT

if TYPE_CHECKING:
    from app.source.differences import DiffLine

_PADDING = 6
_GROUNDS = {"-": "code_line", "+": "code_added"}


class DifferenceLines(Row):
    """The lines of a diff with their old and new numbers."""

    __slots__ = ("_lines",)

    def __init__(self, key: Hashable, lines: "Sequence[DiffLine]", menu: Sequence[MenuEntry] = ()) -> None:
        super().__init__(key, "Differences", menu)
        self._lines = lines

    def height(self, type_: Typography, width: int) -> float:
        return len(self._lines) * type_.leading(Font.CODE) + 2 * _PADDING

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        sheet = Sheet(height=self.height(type_, width))
        sheet.fills.append(Fill(QRectF(MARGIN, 0, width - 2 * MARGIN, sheet.height), "code_background", 6))
        numbers = [number for line in self._lines for number in (line.before, line.now) if number is not None]
        room = len(str(max(numbers, default=1))) * type_.column
        line_height = type_.leading(Font.CODE)
        for place, line in enumerate(self._lines):
            self._put(sheet, type_, line, _PADDING + place * line_height, room, width)
        return sheet

    def _put(
        self, sheet: Sheet, type_: Typography, line: "DiffLine", y: float, room: float, width: int
    ) -> None:
        line_height = type_.leading(Font.CODE)
        baseline = y + type_.baseline(Font.CODE, line_height)
        if ground := _GROUNDS.get(line.kind.value):
            sheet.fills.append(Fill(QRectF(MARGIN, y, width - 2 * MARGIN, line_height), ground, 0))
        left = MARGIN + UNIT
        before = "\n"
        for column, number in enumerate((line.before, line.now)):
            if number is not None:
                label = str(number)
                end = left + room + column * (room + UNIT)
                x = end - type_.advance(label, Font.CODE)
                put(sheet, type_, x, baseline, label, Font.CODE, "text_faint", before=before, copied=False)
                before = ""
        x = left + 2 * room + 3 * UNIT
        is_place = line.kind.value == "@"
        sign = "…" if is_place else line.kind.value
        colour = "text_faint" if is_place else "text"
        put(sheet, type_, x, baseline, sign, Font.CODE, colour, before=before)
        put(
            sheet,
            type_,
            x + 2 * type_.column,
            baseline,
            line.text,
            Font.CODE,
            colour,
            room=width - MARGIN - UNIT - x - 2 * type_.column,
            before="",
        )
