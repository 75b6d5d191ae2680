"""One breadcrumb on a line: when, level, category, message; it opens to the whole message."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from app.plain_text import one_line, plain
from ui.detail.page.rows import MARGIN, Action, MenuEntry, Row, put, put_lines
from ui.detail.page.sheet import Font, Mark, Shape, Sheet, Zone
from ui.detail.page.typography import Typography
from ui.theme import UNIT

TIME_COLUMN = 8 * UNIT
LONGEST_SHOWN = 4_000
_CATEGORY_COLUMN = 13 * UNIT
_MOST_LINES = 60
_QUIET = ("debug", "info")


@dataclass(frozen=True, slots=True)
class Crumb:
    """A breadcrumb as text. `when` is the time to the crash, `at` the exact time."""

    when: str
    at: str
    level: str
    category: str
    message: str


class CrumbRow(Row):
    """Opens where it has data, or more text than fits. `widest` is the longest category shown."""

    __slots__ = ("activate", "crumb", "has_data", "opened", "widest")

    def __init__(
        self,
        key: Hashable,
        crumb: Crumb,
        *,
        widest: str,
        opened: bool = False,
        has_data: bool = False,
        activate: Action | None = None,
        menu: Sequence[MenuEntry] = (),
    ) -> None:
        super().__init__(key, f"{crumb.when} {crumb.category} {one_line(crumb.message, 200)}", menu)
        self.crumb = crumb
        self.widest = widest
        self.opened = opened
        self.has_data = has_data
        self.activate = activate

    def height(self, type_: Typography, width: int) -> float:
        if self.opened:
            return self.sheet(type_, width).height
        return type_.leading(Font.BODY) + 4

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        crumb = self.crumb
        height = type_.leading(Font.BODY) + 4
        sheet = Sheet(height=height)
        baseline = type_.baseline(Font.BODY, height)
        x = float(MARGIN + TIME_COLUMN)
        put(
            sheet,
            type_,
            x - type_.advance(crumb.when, Font.SMALL),
            baseline,
            crumb.when,
            Font.SMALL,
            "text_faint",
        )
        x += UNIT * 1.5
        quiet = crumb.level in _QUIET
        size = 4 if quiet else 6
        dot = QRectF(x + 3 - size / 2, (height - size) / 2, size, size)
        sheet.marks.append(Mark(dot, "text_faint" if quiet else f"level_{crumb.level}", Shape.DOT))
        x += UNIT * 1.75
        if self.widest:
            room = min(type_.advance(self.widest, Font.SMALL), _CATEGORY_COLUMN, (width - MARGIN - x) * 0.3)
            if crumb.category:
                category = one_line(crumb.category, 80)
                put(
                    sheet,
                    type_,
                    x,
                    baseline,
                    category,
                    Font.SMALL,
                    "text_muted",
                    room=room,
                    whole=crumb.category,
                )
            x += room + UNIT * 1.5
        self._put_message(sheet, type_, x, width, "text_muted" if quiet else "text")
        cut = not self.opened and sheet.spans[-1].text != crumb.message
        if self.activate is not None and (self.opened or self.has_data or cut):
            area = QRectF(MARGIN - UNIT, 0, width - 2 * MARGIN + 2 * UNIT, sheet.height)
            sheet.zones.append(Zone(area, self.name, self.activate, self.opened, crumb.at))
        return sheet

    def _put_message(self, sheet: Sheet, type_: Typography, x: float, width: int, colour: str) -> None:
        message = self.crumb.message
        room = width - MARGIN - x
        if not self.opened:
            baseline = type_.baseline(Font.BODY, sheet.height)
            put(sheet, type_, x, baseline, one_line(message), Font.BODY, colour, room=room, whole=message)
            return
        lines, _ = type_.wrap(plain(message[:LONGEST_SHOWN]), Font.BODY, room, _MOST_LINES)
        put_lines(sheet, type_, lines, x, 2.0, Font.BODY, "text")
        sheet.height = 4 + len(lines) * type_.leading(Font.BODY)
