"""One breadcrumb on a line: when, a mark of its kind, category, what it says; it opens to all of that."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from app.event_parts.pieces import Line, text_of
from app.plain_text import one_line, plain
from ui.detail.page.paragraph import put_lines
from ui.detail.page.piece_colours import put_lines_of_pieces, put_pieces
from ui.detail.page.rows import MARGIN, Action, Folded, MenuEntry, Row, put
from ui.detail.page.sheet import Font, Glyph, Mark, Shape, Sheet, Zone
from ui.detail.page.typography import Typography
from ui.theme import UNIT

TIME_COLUMN = 8 * UNIT
LONGEST_SHOWN = 4_000
_ICON = 14
_CATEGORY_COLUMN = 13 * UNIT
_MOST_LINES = 60
_MOST_STATEMENT_LINES = 200
_QUIET = ("debug", "info")


@dataclass(frozen=True, slots=True)
class Crumb:
    """A breadcrumb as text. `when` is the time to the crash, `at` the exact time, `line` what it says.

    `message` is all of its message. `statement` are the lines of a query that has been set out, which are
    shown in its place. `icon` is a meaning of `ui/widgets/icons.py`, a dot where it is empty.
    """

    when: str
    at: str
    level: str
    category: str
    line: Line
    message: str = ""
    icon: str = ""
    is_code: bool = False
    statement: tuple[Line, ...] = ()


class CrumbRow(Row):
    """`widest` is the longest category shown. `hidden` makes the text that it opens to, for the search."""

    __slots__ = ("_hidden", "activate", "crumb", "opened", "widest")

    def __init__(
        self,
        key: Hashable,
        crumb: Crumb,
        *,
        widest: str,
        opened: bool = False,
        activate: Action | None = None,
        menu: Sequence[MenuEntry] = (),
        hidden: Callable[[], str] | None = None,
    ) -> None:
        super().__init__(key, f"{crumb.when} {crumb.category} {one_line(text_of(crumb.line), 200)}", menu)
        self.crumb = crumb
        self.widest = widest
        self.opened = opened
        self.activate = activate
        self._hidden = hidden

    def folded(self) -> Folded | None:
        return None if self._hidden is None or self.opened else Folded(self._hidden, self.activate)

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
        left = x - type_.advance(crumb.when, Font.SMALL)
        put(sheet, type_, left, baseline, crumb.when, Font.SMALL, "text_faint")
        x += UNIT * 1.5
        self._mark(sheet, x, height)
        x += _ICON + UNIT
        if self.widest:
            x = self._category(sheet, type_, x, baseline, width)
        self._say(sheet, type_, x, width)
        if self.activate is not None:
            area = QRectF(MARGIN - UNIT, 0, width - 2 * MARGIN + 2 * UNIT, sheet.height)
            sheet.zones.append(Zone(area, self.name, self.activate, self.opened, crumb.at))
        return sheet

    def _mark(self, sheet: Sheet, x: float, height: float) -> None:
        """The icon of the kind, in the colour of the level."""
        crumb = self.crumb
        colour = "text_faint" if crumb.level in _QUIET else f"level_{crumb.level}"
        if crumb.icon:
            area = QRectF(round(x), round((height - _ICON) / 2), _ICON, _ICON)
            sheet.glyphs.append(Glyph(area, crumb.icon, colour))
        else:
            sheet.marks.append(Mark(QRectF(x + 4, height / 2 - 3, 6, 6), colour, Shape.DOT))

    def _category(self, sheet: Sheet, type_: Typography, x: float, baseline: float, width: int) -> float:
        category = self.crumb.category
        # The longest by its letters is not always the widest.
        widest = 1.1 * type_.advance(self.widest, Font.SMALL)
        room = min(widest, _CATEGORY_COLUMN, (width - MARGIN - x) * 0.3)
        if category:
            shown = one_line(category, 80)
            put(sheet, type_, x, baseline, shown, Font.SMALL, "text_muted", room=room, whole=category)
        return x + room + UNIT * 1.5

    def _say(self, sheet: Sheet, type_: Typography, x: float, width: int) -> None:
        crumb = self.crumb
        room = width - MARGIN - x
        if not self.opened or not (crumb.statement or crumb.message):
            colour = "text_muted" if crumb.level in _QUIET and not self.opened else "text"
            font = Font.CODE if crumb.is_code else Font.BODY
            baseline = type_.baseline(Font.BODY, sheet.height)
            first = len(sheet.spans)
            fits = put_pieces(sheet, type_, x, baseline, crumb.line, font, room=room, plain=colour)
            if (not fits or crumb.message) and len(sheet.spans) > first:
                _copy_whole(sheet, first, crumb.message or text_of(crumb.line))
            return
        if crumb.statement:
            lines = crumb.statement[:_MOST_STATEMENT_LINES]
            sheet.height = 2 + put_lines_of_pieces(sheet, type_, lines, x, 2.0, Font.CODE, room=room)
            return
        text = plain(crumb.message[:LONGEST_SHOWN])
        wrapped, _ = type_.wrap(text, Font.BODY, room, _MOST_LINES)
        put_lines(sheet, type_, wrapped, x, 2.0, Font.BODY, "text")
        sheet.height = 4 + max(1, len(wrapped)) * type_.leading(Font.BODY)


def _copy_whole(sheet: Sheet, first: int, text: str) -> None:
    """Have the pieces from `first` on copy as `text`: as it was sent, whatever of it is shown."""
    sheet.spans[first].whole = text
    for span in sheet.spans[first + 1 :]:
        span.whole = ""
