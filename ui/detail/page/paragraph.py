"""Text of several lines."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QRectF

from app.plain_text import clipped, one_line, plural
from ui.detail.page.rows import LONGEST_SHOWN, MARGIN, MOST_LINES, Action, Folded, MenuEntry, Row, put
from ui.detail.page.sheet import Fill, Font, Sheet, Zone
from ui.detail.page.typography import Typography
from ui.theme import UNIT


class Paragraph(Row):
    """Wrapped text. Past `most_lines` it ends with a zone that shows the rest, or with what is left out.

    Whole, it is shown in `slices`: one shows `LONGEST_SHOWN` characters on `MOST_LINES` lines.
    """

    __slots__ = ("_shown", "background", "colour", "font", "indent", "more", "most_lines", "slices", "text")

    def __init__(
        self,
        key: Hashable,
        text: str,
        font: Font = Font.BODY,
        colour: str = "text",
        *,
        indent: int = 0,
        most_lines: int = MOST_LINES,
        slices: int = 1,
        more: Action | None = None,
        background: bool = False,
        menu: Sequence[MenuEntry] = (),
    ) -> None:
        super().__init__(key, one_line(text), menu)
        self.text = text
        self.font = font
        self.colour = colour
        self.indent = indent
        self.most_lines = most_lines if slices == 1 else slices * MOST_LINES
        self.slices = slices
        self.more = more
        self.background = background
        self._shown = 0

    def folded(self) -> Folded | None:
        rest = self.text[self._shown :]
        return Folded(lambda: rest, self.more) if rest else None

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        sheet = Sheet()
        padding = UNIT if self.background else 0
        left = MARGIN + self.indent + padding
        shown, left_out = clipped(self.text, self.slices * LONGEST_SHOWN)
        room = width - MARGIN - padding - left
        lines, complete = type_.wrap(shown, self.font, room, self.most_lines)
        line_height = type_.leading(self.font)
        y = float(padding) if self.background else 2.0
        self._shown = sum(map(len, lines)) if left_out or not complete else len(self.text)
        put_lines(sheet, type_, lines, left, y, self.font, self.colour)
        y += len(lines) * line_height
        if left_out or not complete:
            y = self._more(sheet, type_, left, y, left_out, width)
        elif sheet.spans:
            _copy_as_sent(sheet, self.text)
        sheet.height = y + (padding or 2)
        if self.background:
            area = QRectF(left - padding, 0, width - 2 * MARGIN - self.indent, sheet.height)
            sheet.fills.append(Fill(area, "code_background", 6))
        return sheet

    def _more(
        self, sheet: Sheet, type_: Typography, left: float, y: float, left_out: int, width: int
    ) -> float:
        height = type_.leading(Font.SMALL) + 4
        baseline = y + type_.baseline(Font.SMALL, height)
        if self.more is not None:
            rest = f"more · {plural(len(self.text), 'character')} in all" if left_out else "more"
            end = put(sheet, type_, left, baseline, rest, Font.SMALL, "accent", before="\n", copied=False)
            area = QRectF(left - UNIT, y, end - left + 2 * UNIT, height)
            sheet.zones.append(Zone(area, "Show more", self.more, False, whole_row=False))
            sheet.spans[-1].zone = 0
        else:
            note = f"… {plural(left_out, 'more character')}, not shown" if left_out else "… more, not shown"
            put(sheet, type_, left, baseline, note, Font.SMALL, "text_faint", before="\n", copied=False)
        return y + height


def put_lines(
    sheet: Sheet, type_: Typography, lines: Sequence[str], x: float, y: float, font: Font, colour: str
) -> None:
    """Adds wrapped lines below each other; copied together they are the text that was wrapped."""
    line_height = type_.leading(font)
    before = "  "
    for line in lines:
        put(
            sheet,
            type_,
            x,
            y + type_.baseline(font, line_height),
            line.rstrip("\n"),
            font,
            colour,
            before=before,
        )
        before = "\n" if line.endswith("\n") else ""
        y += line_height


def _copy_as_sent(sheet: Sheet, text: str) -> None:
    """Have one line that shows replaced characters copy as it was sent."""
    if len(sheet.spans) == 1 and sheet.spans[0].text != text:
        sheet.spans[0].whole = text
