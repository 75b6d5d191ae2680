"""A line of a table, a line with a bar, and the hours of a day as columns."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QRectF

from app.plain_text import one_line, plural
from ui.detail.page.columns import put_columns
from ui.detail.page.rows import MARGIN, Action, MenuEntry, Row, put
from ui.detail.page.sheet import Fill, Font, Mark, Shape, Sheet, Zone
from ui.detail.page.typography import Typography
from ui.theme import UNIT

_GAP = 2 * UNIT
_LABEL_PART = 0.36
_LEAST_BAR = 2.0
_WIDEST_NUMBER = "99,999 · 100 %"
_HOURS_HEIGHT = 44
_WIDEST_HOUR = 26.0


class TableRow(Row):
    """Cells next to each other. `widths` are parts of the row's width, together 1.

    `dot` names the colour of a mark before the first cell; `is_marked`: the row is the one that is shown.
    """

    __slots__ = ("_activate", "_cells", "_colour", "_dot", "_is_marked", "_tooltip", "_widths")

    def __init__(
        self,
        key: Hashable,
        cells: Sequence[str],
        widths: Sequence[float],
        *,
        colour: str = "text",
        dot: str = "",
        is_marked: bool = False,
        activate: Action | None = None,
        tooltip: str = "",
        menu: Sequence[MenuEntry] = (),
    ) -> None:
        super().__init__(key, ", ".join(one_line(cell, 80) for cell in cells if cell), menu)
        self._cells = cells
        self._widths = widths
        self._colour = colour
        self._dot = dot
        self._is_marked = is_marked
        self._activate = activate
        self._tooltip = tooltip

    def height(self, type_: Typography, width: int) -> float:
        return type_.leading(Font.SMALL) + 6

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        height = self.height(type_, width)
        sheet = Sheet(height=height)
        baseline = type_.baseline(Font.SMALL, height)
        area = QRectF(MARGIN - UNIT, 0, width - 2 * MARGIN + 2 * UNIT, height)
        if self._is_marked:
            sheet.fills.append(Fill(area, "selected"))
        x = float(MARGIN)
        if self._dot:
            sheet.marks.append(Mark(QRectF(x, height / 2 - 3, 6, 6), self._dot, Shape.DOT))
            x += _GAP
        room = width - MARGIN - x
        for cell, part in zip(self._cells, self._widths, strict=True):
            if cell:
                # A cell ends with a gap to the next.
                end, shown = room * part - UNIT, one_line(cell)
                put(sheet, type_, x, baseline, shown, Font.SMALL, self._colour, room=end, whole=cell)
            x += room * part
        if self._activate is not None:
            sheet.zones.append(Zone(area, self.name, self._activate, None, self._tooltip))
        return sheet


class BarRow(Row):
    """A name, a bar as long as its part of the whole, and a number."""

    __slots__ = ("_activate", "_label", "_number", "_share", "_tooltip")

    def __init__(
        self,
        key: Hashable,
        label: str,
        share: float,
        number: str,
        *,
        activate: Action | None = None,
        tooltip: str = "",
        menu: Sequence[MenuEntry] = (),
    ) -> None:
        super().__init__(key, f"{one_line(label, 120)}: {number}", menu)
        self._label = label
        self._share = min(1.0, max(0.0, share))
        self._number = number
        self._activate = activate
        self._tooltip = tooltip

    def height(self, type_: Typography, width: int) -> float:
        return type_.leading(Font.SMALL) + 4

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        height = self.height(type_, width)
        sheet = Sheet(height=height)
        baseline = type_.baseline(Font.SMALL, height)
        whole = width - 2 * MARGIN
        number_left = width - MARGIN - type_.advance(self._number, Font.SMALL)
        bar_left = MARGIN + whole * _LABEL_PART
        # The same for all bars, whatever their numbers.
        bar_room = max(0.0, width - MARGIN - type_.advance(_WIDEST_NUMBER, Font.SMALL) - _GAP - bar_left)
        bar = max(_LEAST_BAR, bar_room * self._share) if self._share else 0.0
        sheet.fills.append(Fill(QRectF(bar_left, height / 2 - 4, bar_room, 8), "code_background", 3))
        sheet.fills.append(Fill(QRectF(bar_left, height / 2 - 4, bar, 8), "chart", 3))
        room = whole * _LABEL_PART - _GAP
        label = one_line(self._label) or "(empty)"
        put(sheet, type_, MARGIN, baseline, label, Font.SMALL, "text", room=room, whole=self._label)
        put(sheet, type_, number_left, baseline, self._number, Font.SMALL, "text_muted")
        if self._activate is not None:
            area = QRectF(MARGIN - UNIT, 0, whole + 2 * UNIT, height)
            sheet.zones.append(Zone(area, self.name, self._activate, None, self._tooltip))
        return sheet


class HoursRow(Row):
    """How many events each hour of the day has, from midnight on, as 24 columns."""

    __slots__ = ("_counts",)

    def __init__(self, key: Hashable, counts: Sequence[int]) -> None:
        most = max(range(len(counts)), key=counts.__getitem__)
        super().__init__(key, f"By hour of the day; most between {most}:00 and {most + 1}:00")
        self._counts = counts

    def height(self, type_: Typography, width: int) -> float:
        return _HOURS_HEIGHT + type_.leading(Font.SMALL)

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        height = self.height(type_, width)
        sheet = Sheet(height=height)
        area = QRectF(MARGIN, 2, width - 2 * MARGIN, _HOURS_HEIGHT - 4)
        tips = [
            f"{hour}:00 to {hour + 1}:00: {plural(count, 'event')}" for hour, count in enumerate(self._counts)
        ]
        wide = put_columns(sheet, area, self._counts, tips, _WIDEST_HOUR)
        line = type_.leading(Font.SMALL)
        baseline = _HOURS_HEIGHT + type_.baseline(Font.SMALL, line)
        for part, label in ((0.0, "0:00"), (0.25, "6:00"), (0.5, "12:00"), (0.75, "18:00")):
            put(sheet, type_, MARGIN + part * wide, baseline, label, Font.SMALL, "text_faint", copied=False)
        return sheet
