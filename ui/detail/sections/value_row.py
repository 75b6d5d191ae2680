"""A name and its value on one line; what is nested or does not fit opens in place."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF

from app.plain_text import clipped, one_line, plural
from app.python_repr import Kind, Value
from ui.detail.page.paragraph import put_lines
from ui.detail.page.rows import (
    INDENT,
    LONGEST_SHOWN,
    MARGIN,
    MOST_LINES,
    Action,
    Folded,
    MenuEntry,
    Row,
    chevron,
    put,
)
from ui.detail.page.sheet import Font, Sheet, Zone
from ui.detail.page.typography import Typography
from ui.detail.values import copies, pieces, reading
from ui.detail.values.dialect import Dialect, Strings
from ui.theme import UNIT


@dataclass(frozen=True, slots=True)
class Setting:
    """How a row is set: the width of the names' column in characters, and how deep the row is indented."""

    column: int
    font: Font
    depth: int
    dialect: Dialect


@dataclass(frozen=True, slots=True)
class RowState:
    """What a row is at the moment. `slices`: how much of a long text shows; `remark`: what the client did."""

    opened: bool = False
    matches: bool = False
    slices: int = 1
    remark: str = ""


class ValueRow(Row):
    """`value` is as it was sent. `more` shows another slice of a long text."""

    __slots__ = ("activate", "label", "more", "nested", "set", "state", "value")

    def __init__(
        self,
        key: Hashable,
        label: str,
        value: Any,
        *,
        set_: Setting,
        state: RowState,
        activate: Action,
        more: Action,
        menu: Iterable[MenuEntry],
    ) -> None:
        shown = "".join(text for text, _ in pieces.of(value, set_.dialect, 120))
        super().__init__(key, f"{one_line(label, 80)}: {one_line(shown, 120)}", tuple(menu))
        self.label = label
        self.value = value
        self.set = set_
        self.state = state
        self.activate = activate
        self.more = more
        self.nested = reading.is_nested(reading.understood(value, set_.dialect, whole=False))

    def height(self, type_: Typography, width: int) -> float:
        if self.state.opened and not self.nested:
            return self.sheet(type_, width).height
        return type_.leading(self.set.font) + 2

    def folded(self) -> Folded | None:
        if self.state.opened or not self.nested:
            return None
        value, dialect = self.value, self.set.dialect
        return Folded(lambda: copies.json_text(value, dialect), self.activate)

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        font = self.set.font
        line = type_.leading(font) + 2
        sheet = Sheet(height=line)
        left = MARGIN + self.set.depth * INDENT
        baseline = type_.baseline(font, line)
        x = self._value_left(type_, width)
        colour = "accent" if self.state.matches else "text_muted"
        label = one_line(self.label)
        put(sheet, type_, left, baseline, label, font, colour, room=x - left - UNIT, whole=self.label)
        right = width - MARGIN
        if self.state.opened and not self.nested:
            self._put_whole(sheet, type_, x, width)
            fits = False
        else:
            fits = self._put_line(sheet, type_, x, right, baseline)
        if self.nested or self.state.opened or not fits:
            if self.nested:
                chevron(sheet, left, line, self.state.opened)
            area = QRectF(
                left - 2.5 * UNIT, 0, right - left + 3.5 * UNIT, line if self.nested else sheet.height
            )
            sheet.zones.append(Zone(area, self.name, self.activate, self.state.opened))
        return sheet

    def _value_left(self, type_: Typography, width: int) -> float:
        widest = type_.column if self.set.font is Font.CODE else type_.advance("n", self.set.font)
        left = MARGIN + self.set.depth * INDENT
        room = (width - MARGIN - left) * 0.4
        return round(left + min(self.set.column * widest + 2 * UNIT, room))

    def _put_line(self, sheet: Sheet, type_: Typography, x: float, right: float, baseline: float) -> bool:
        """The value's beginning, with what the client did to it; returns whether that is all of it."""
        remark = one_line(self.state.remark, 120)
        right -= type_.advance(remark, Font.SMALL) + UNIT if remark else 0
        is_typed = self.set.dialect.strings is not Strings.PLAIN
        if self.nested and is_typed and (self.state.opened or not self._is_call()):
            counted = self._counted()
            x = put(sheet, type_, x, baseline, counted, Font.SMALL, "text_faint", room=right - x) + UNIT
        fits = True
        if not (self.nested and self.state.opened and is_typed):
            x, fits = self._put_pieces(sheet, type_, x, right, baseline)
        if remark:
            put(sheet, type_, x + UNIT, baseline, remark, Font.SMALL, "text_faint")
        return fits

    def _put_pieces(
        self, sheet: Sheet, type_: Typography, x: float, right: float, baseline: float
    ) -> tuple[float, bool]:
        found = pieces.of(self.value, self.set.dialect) or []
        if self.set.dialect.strings is Strings.PLAIN and (len(found) == 1 and not found[0][0]):
            found = [("empty", "text_faint")]
        before, fits = "  ", True
        for number, (text, colour) in enumerate(found, 1):
            whole, shown = None, text
            # There is always room left for the mark of what is cut.
            reserved = 0 if number == len(found) else type_.advance("…", self.set.font) + 1
            if type_.advance(text, self.set.font) > right - reserved - x:
                fits = False
                whole = copies.value_text(self.value, self.set.dialect) if len(found) == 1 else None
                shown = text if number == len(found) else f"{text}…"
            x = put(
                sheet,
                type_,
                x,
                baseline,
                shown,
                self.set.font,
                colour,
                room=right - x,
                whole=whole,
                before=before,
            )
            before = ""
            if not fits:
                break
        return x, fits and not self._is_longer_than_a_line()

    def _is_longer_than_a_line(self) -> bool:
        text = self.value.text if isinstance(self.value, Value) else self.value
        return isinstance(text, str) and (len(text) > pieces.LONGEST or "\n" in text or "\\n" in text)

    def _is_call(self) -> bool:
        """Whether the value's line begins with the name of its class anyway."""
        value = reading.understood(self.value, self.set.dialect, whole=False)
        return isinstance(value, Value) and value.kind is Kind.CALL

    def _counted(self) -> str:
        value = reading.understood(self.value, self.set.dialect, whole=False)
        name = one_line(reading.type_name(value, self.set.dialect), 60)
        more = "+" if isinstance(value, Value) and value.cut else ""
        return f"{name} · {reading.count(value):,}{more}"

    def _put_whole(self, sheet: Sheet, type_: Typography, x: float, width: int) -> None:
        text = copies.value_text(self.value, self.set.dialect)
        slices = self.state.slices
        shown, left_out = clipped(text, slices * LONGEST_SHOWN)
        lines, complete = type_.wrap(shown, self.set.font, width - MARGIN - x, slices * MOST_LINES)
        put_lines(sheet, type_, lines, x, 1.0, self.set.font, self._colour())
        sheet.height = 2 + len(lines) * type_.leading(self.set.font)
        if left_out or not complete:
            self._put_more(sheet, type_, x, f"more · {plural(len(text), 'character')} in all")
        if self.state.remark:
            top = type_.baseline(Font.SMALL, type_.leading(Font.SMALL))
            put(sheet, type_, x, sheet.height + top, self.state.remark, Font.SMALL, "text_faint", before="\n")
            sheet.height += type_.leading(Font.SMALL)

    def _colour(self) -> str:
        read = reading.understood(self.value, self.set.dialect, whole=False)
        is_text = isinstance(read, Value) and read.kind in (Kind.TEXT, Kind.BYTES)
        if is_text or (isinstance(read, str) and self.set.dialect.strings is Strings.QUOTED):
            return pieces.TEXT
        return "text"

    def _put_more(self, sheet: Sheet, type_: Typography, x: float, text: str) -> None:
        height = type_.leading(Font.SMALL) + 4
        baseline = sheet.height + type_.baseline(Font.SMALL, height)
        end = put(sheet, type_, x, baseline, text, Font.SMALL, "accent", before="\n")
        area = QRectF(x - UNIT, sheet.height, end - x + 2 * UNIT, height)
        sheet.zones.append(Zone(area, f"More of {self.name[:40]}", self.more, False, whole_row=False))
        sheet.spans[-1].zone = len(sheet.zones) - 1
        sheet.height += height
