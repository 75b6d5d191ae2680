"""The rows of the page's head that no other section has: the level with badges, and the numbers."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from app.plain_text import one_line
from ui.detail.page.rows import INDENT, MARGIN, MenuEntry, Row, put
from ui.detail.page.sheet import Fill, Font, Mark, Shape, Sheet, Tip
from ui.detail.page.typography import Typography
from ui.detail.sections.head.activity_bars import HEIGHT, ActivityBars
from ui.theme import UNIT

_CHIP_PADDING = 6
_NARROWEST_BARS, _WIDEST_BARS = 150, 300


@dataclass(frozen=True, slots=True)
class Badge:
    """A word on the issue or the event, in a colour of the theme."""

    text: str
    colour: str = "text_muted"
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A fact below its label. The tooltip says it more precisely."""

    label: str
    value: str
    tooltip: str = ""


class LevelRow(Row):
    """The level, and badges beside it, on as many lines as they need."""

    __slots__ = ("_badges", "_level")

    def __init__(self, key: Hashable, level: str, badges: Sequence[Badge]) -> None:
        super().__init__(key, level)
        self._level = level
        self._badges = badges

    def may_act(self) -> bool:
        return False

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        line = type_.leading(Font.BODY) + 4
        sheet = Sheet()
        y, x = 0.0, float(MARGIN)
        sheet.marks.append(Mark(QRectF(x + 1, line / 2 - 3.5, 7, 7), f"level_{self._level}", Shape.DOT))
        baseline = type_.baseline(Font.BODY, line)
        x = put(sheet, type_, x + INDENT, baseline, self._level, Font.SMALL, "text_muted") + UNIT
        chip = type_.leading(Font.SMALL)
        for badge in self._badges:
            text = type_.elide(badge.text, Font.SMALL, width - 2 * MARGIN - 2 * _CHIP_PADDING)
            needed = type_.advance(text, Font.SMALL) + 2 * _CHIP_PADDING
            if x + needed > width - MARGIN and x > MARGIN:
                x, y = float(MARGIN), y + line
            area = QRectF(x, y + (line - chip) / 2, needed, chip)
            sheet.fills.append(Fill(area, "chip", chip / 2))
            put(sheet, type_, x + _CHIP_PADDING, y + baseline, text, Font.SMALL, badge.colour, before=" · ")
            if badge.tooltip:
                sheet.tips.append(Tip(area, badge.tooltip))
            x += needed + UNIT / 2
        sheet.height = y + line
        return sheet


class NumbersRow(Row):
    """Facts below their labels, next to each other; the bars at the right, or below where it is narrow."""

    __slots__ = ("_bars", "_numbers")

    def __init__(
        self,
        key: Hashable,
        numbers: Sequence[Number],
        bars: ActivityBars | None,
        menu: Sequence[MenuEntry] = (),
    ) -> None:
        super().__init__(key, ", ".join(f"{number.label}: {number.value}" for number in numbers), menu)
        self._numbers = numbers
        self._bars = bars

    def may_act(self) -> bool:
        return self._bars is not None

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        sheet = Sheet()
        room = width - 2.0 * MARGIN
        widths = [_width(number, type_, room) for number in self._numbers]
        beside = room - sum(widths) - 3 * UNIT * len(widths)
        has_room = self._bars is not None and beside >= _NARROWEST_BARS
        height = self._put_numbers(sheet, type_, widths, room)
        bars_height = HEIGHT + type_.leading(Font.SMALL)
        if self._bars is not None and has_room:
            bars_width = min(beside, _WIDEST_BARS)
            area = QRectF(width - MARGIN - bars_width, 0, bars_width, bars_height)
            self._bars.put(sheet, type_, area)
            height = max(height, bars_height)
        elif self._bars is not None:
            area = QRectF(MARGIN, height + UNIT, min(room, 1.5 * _WIDEST_BARS), bars_height)
            self._bars.put(sheet, type_, area)
            height += UNIT + bars_height
        sheet.height = height + UNIT / 2
        return sheet

    def _put_numbers(self, sheet: Sheet, type_: Typography, widths: Sequence[float], room: float) -> float:
        small, body = type_.leading(Font.SMALL), type_.leading(Font.BODY)
        x, y = float(MARGIN), 0.0
        for number, width in zip(self._numbers, widths, strict=True):
            if x > MARGIN and x + width > MARGIN + room:
                x, y = float(MARGIN), y + small + body + UNIT / 2
            above = y + type_.baseline(Font.SMALL, small)
            before = "\n" if sheet.spans else "  "
            put(sheet, type_, x, above, number.label, Font.SMALL, "text_faint", before=before)
            below = y + small + type_.baseline(Font.BODY, body)
            value, whole = one_line(number.value), number.value
            put(sheet, type_, x, below, value, Font.BODY, "text", room=width + 1, before=": ", whole=whole)
            if number.tooltip:
                sheet.tips.append(Tip(QRectF(x, y, width, small + body), number.tooltip))
            x += width + 3 * UNIT
        return y + small + body


def _width(number: Number, type_: Typography, room: float) -> float:
    label, value = type_.advance(number.label, Font.SMALL), type_.advance(number.value, Font.BODY)
    return min(room, max(label, value))
