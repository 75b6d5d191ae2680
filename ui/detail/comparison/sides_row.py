"""A name with two values next to each other, each as many lines high as it needs."""

from collections.abc import Hashable

from PySide6.QtCore import QRectF

from app.plain_text import clipped, one_line
from ui.detail.page.paragraph import put_lines
from ui.detail.page.rows import MARGIN, Action, MenuEntry, Row, put
from ui.detail.page.sheet import Fill, Font, Sheet
from ui.detail.page.typography import Typography
from ui.theme import UNIT

LONGEST_SIDE = 4_000
_MOST_LINES = 12
_NAME_PART = 0.28
ABSENT = "—"


class SidesRow(Row):
    """`one` and `other` are what each event has; None is shown as a dash."""

    __slots__ = ("_differs", "_name", "_one", "_other")

    def __init__(
        self,
        key: Hashable,
        name: str,
        one: str | None,
        other: str | None,
        *,
        differs: bool,
        copy: tuple[Action, Action],
    ) -> None:
        menu = (MenuEntry("Copy left", copy[0]), MenuEntry("Copy right", copy[1]))
        sides = f"{one_line(one or 'nothing', 80)}, against {one_line(other or 'nothing', 80)}"
        super().__init__(key, f"{one_line(name, 80)}: {sides}", menu)
        self._name = name
        self._one = one
        self._other = other
        self._differs = differs

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        sheet = Sheet()
        whole = width - 2 * MARGIN
        name_room = whole * _NAME_PART
        side = (whole - name_room) / 2
        line = type_.leading(Font.CODE)
        top = 3.0
        name = one_line(self._name)
        baseline = top + type_.baseline(Font.SMALL, line)
        end, whole_name = name_room - UNIT, self._name
        put(sheet, type_, MARGIN, baseline, name, Font.SMALL, "text_muted", room=end, whole=whole_name)
        lines = 1
        for number, value in enumerate((self._one, self._other)):
            x = MARGIN + name_room + number * side
            lines = max(lines, self._put_side(sheet, type_, value, x, top, side - 2 * UNIT))
        sheet.height = top + lines * line + 3
        if self._differs:
            for number, token in enumerate(("code_line", "code_added")):
                x = MARGIN + name_room + number * side - UNIT / 2
                sheet.fills.append(Fill(QRectF(x, 1, side - UNIT, sheet.height - 2), token, 4))
        return sheet

    def _put_side(
        self, sheet: Sheet, type_: Typography, value: str | None, x: float, top: float, room: float
    ) -> int:
        if value is None:
            baseline = top + type_.baseline(Font.CODE, type_.leading(Font.CODE))
            put(sheet, type_, x, baseline, ABSENT, Font.CODE, "text_faint")
            return 1
        shown, left_out = clipped(value, LONGEST_SIDE)
        lines, complete = type_.wrap(shown or "(empty)", Font.CODE, room, _MOST_LINES)
        put_lines(sheet, type_, lines, x, top, Font.CODE, "text")
        sheet.spans[-len(lines)].whole = value if left_out or not complete else None
        return len(lines)
