"""The rows of a waterfall: the axis with its projects, and a span with its bar on it."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from app.plain_text import one_line
from ui.detail.page.rows import MARGIN, Action, Folded, MenuEntry, Row, chevron, put
from ui.detail.page.sheet import Fill, Font, Mark, Shape, Sheet, Zone
from ui.detail.page.typography import Typography
from ui.theme import UNIT

SERIES = ("series_0", "series_1", "series_2", "series_3")
_NAMES = 0.54
_LENGTH_COLUMN = 8 * UNIT
_STEP = 12
_MOST_STEPS = 0.4
_OP_ROOM = 0.4
_BAR = 8
_LEAST_BAR = 2.0
_LINE = 1.5


@dataclass(frozen=True, slots=True)
class Axis:
    """The time that the bars are drawn on, and when the error happened; microseconds since 1970."""

    start: int
    end: int
    crash: int | None

    def place(self, at: int, left: float, room: float) -> float:
        """Where a moment is, between `left` and `left + room`."""
        share = (at - self.start) / max(1, self.end - self.start)
        return left + min(1.0, max(0.0, share)) * room


@dataclass(frozen=True, slots=True)
class SpanText:
    """A span as text, its bar in microseconds since 1970, and the token of its colour."""

    op: str
    name: str
    length: str
    start: int
    end: int
    depth: int
    colour: str
    failed: bool
    badge: str


def bar_columns(width: int) -> tuple[float, float]:
    """Where the bars begin at this width of the page, and how much room they have."""
    left = MARGIN + round((width - 2 * MARGIN) * _NAMES) + _LENGTH_COLUMN
    return left, max(4 * UNIT, width - MARGIN - left)


def length_text(micros: int) -> str:
    """How long something took: `36 µs`, `1.4 ms`, `12 ms`, `1.24 s`, `3 min 5 s`."""
    if micros < 100:
        return f"{micros} µs"
    if micros < 10_000:
        return f"{micros / 1_000:.1f} ms"
    if micros < 1_000_000:
        return f"{micros / 1_000:.0f} ms"
    if micros < 60_000_000:
        return f"{micros / 1_000_000:.2f} s"
    minutes, seconds = divmod(micros // 1_000_000, 60)
    return f"{minutes:,} min {seconds} s"


class AxisRow(Row):
    """The projects by their colours, the ends of the time, and the crash on it."""

    __slots__ = ("axis", "projects")

    def __init__(self, key: Hashable, axis: Axis, projects: Sequence[tuple[str, str]]) -> None:
        super().__init__(key)
        self.axis = axis
        self.projects = projects

    def height(self, type_: Typography, width: int) -> float:
        return type_.leading(Font.SMALL) + 4

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        height = self.height(type_, width)
        sheet = Sheet(height=height)
        baseline = type_.baseline(Font.SMALL, height)
        left, room = bar_columns(width)
        x = float(MARGIN)
        for name, colour in self.projects:
            space = left - _LENGTH_COLUMN - x - 2 * UNIT
            if space < 4 * UNIT:
                break
            sheet.marks.append(Mark(QRectF(x, height / 2 - 4, 8, 8), colour, Shape.DOT))
            x = put(
                sheet, type_, x + 1.5 * UNIT, baseline, one_line(name), Font.SMALL, "text_muted", room=space
            )
            x += 2 * UNIT
        put(sheet, type_, left, baseline, "0", Font.SMALL, "text_faint")
        total = length_text(self.axis.end - self.axis.start)
        wide = type_.advance(total, Font.SMALL)
        crash = None if self.axis.crash is None else self.axis.place(self.axis.crash, left, room)
        if crash is None or crash < left + room - wide - 3 * UNIT:
            put(sheet, type_, left + room - wide, baseline, total, Font.SMALL, "text_faint")
        if crash is not None:
            word = "error"
            wide = type_.advance(word, Font.SMALL)
            x = min(max(crash - wide / 2, left + 2 * UNIT), left + room - wide)
            put(sheet, type_, x, baseline, word, Font.SMALL, "danger")
        return sheet


class SpanRow(Row):
    """A span. The mark in front folds what is below it; the row opens what the client said of it.

    `hidden` makes the text of what is folded away.
    """

    __slots__ = ("activate", "axis", "fold", "hidden", "is_folded", "opened", "text")

    def __init__(
        self,
        key: Hashable,
        text: SpanText,
        axis: Axis,
        *,
        opened: bool | None,
        activate: Action | None,
        is_folded: bool | None,
        fold: Action | None,
        hidden: Callable[[], str],
        menu: Sequence[MenuEntry] = (),
    ) -> None:
        super().__init__(key, f"{one_line(text.op, 60)} {one_line(text.name, 160)} {text.length}", menu)
        self.text = text
        self.axis = axis
        self.opened = opened
        self.activate = activate
        self.is_folded = is_folded
        self.hidden = hidden
        self.fold = fold

    def height(self, type_: Typography, width: int) -> float:
        return type_.leading(Font.BODY) + 2

    def folded(self) -> Folded | None:
        if self.is_folded:
            return Folded(self.hidden, self.fold)
        return None if self.opened else Folded(self.hidden, self.activate)

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        text = self.text
        height = self.height(type_, width)
        sheet = Sheet(height=height)
        left, room = bar_columns(width)
        names = left - _LENGTH_COLUMN - MARGIN
        if text.badge:
            area = QRectF(MARGIN - UNIT, 0, width - 2 * MARGIN + 2 * UNIT, height)
            sheet.fills.append(Fill(area, "code_line"))
        x = MARGIN + min(text.depth * _STEP, round(names * _MOST_STEPS / _STEP) * _STEP) + 4.0
        begin = x
        baseline = type_.baseline(Font.BODY, height)
        end = left - _LENGTH_COLUMN - UNIT
        if text.badge:
            wide = type_.advance(text.badge, Font.SMALL)
            end -= wide + UNIT
        op_room = (end - x) * (_OP_ROOM if text.name else 1.0)
        if text.op:
            op = one_line(text.op, 80)
            x = (
                put(sheet, type_, x, baseline, op, Font.SMALL, "text_muted", room=op_room, whole=text.op)
                + UNIT
            )
        if text.name and end - x > 2 * UNIT:
            name = one_line(text.name)
            colour = "danger" if text.failed else "text"
            put(sheet, type_, x, baseline, name, Font.BODY, colour, room=end - x, whole=text.name)
        if text.badge:
            put(sheet, type_, end + UNIT, baseline, text.badge, Font.SMALL, "danger")
        wide = type_.advance(text.length, Font.SMALL)
        put(sheet, type_, left - 1.5 * UNIT - wide, baseline, text.length, Font.SMALL, "text_faint")
        self._bar(sheet, left, room, height)
        self._zones(sheet, begin, width, height)
        return sheet

    def _bar(self, sheet: Sheet, left: float, room: float, height: float) -> None:
        text, axis = self.text, self.axis
        start, end = axis.place(text.start, left, room), axis.place(text.end, left, room)
        wide = max(_LEAST_BAR, end - start)
        start = min(start, left + room - wide)
        sheet.fills.append(Fill(QRectF(left, height / 2 - 0.5, room, 1), "line", 0))
        sheet.fills.append(
            Fill(QRectF(start, (height - _BAR) / 2, wide, _BAR), text.colour, min(3.0, wide / 2))
        )
        if text.failed:
            sheet.fills.append(Fill(QRectF(start, (height + _BAR) / 2 - 2, wide, 2), "level_error", 0))
        if axis.crash is not None:
            crash = axis.place(axis.crash, left, room)
            sheet.fills.append(Fill(QRectF(crash - _LINE / 2, 0, _LINE, height), "danger", 0))

    def _zones(self, sheet: Sheet, begin: float, width: int, height: float) -> None:
        if self.fold is not None and self.is_folded is not None:
            chevron(sheet, begin, height, not self.is_folded)
            area = QRectF(begin - 2.5 * UNIT, 0, 2.5 * UNIT, height)
            name = f"What is below {self.name}"
            sheet.zones.append(Zone(area, name, self.fold, not self.is_folded, whole_row=False))
        if self.activate is not None:
            area = QRectF(MARGIN - UNIT, 0, width - 2 * MARGIN + 2 * UNIT, height)
            sheet.zones.append(Zone(area, self.name, self.activate, self.opened))
