"""The theme's token for each role of a piece of text."""

from collections.abc import Sequence

from app.event_parts.pieces import Line, Role
from app.plain_text import one_line
from ui.detail.page.rows import put
from ui.detail.page.sheet import Font, Sheet
from ui.detail.page.typography import Typography

_LONGEST_SHOWN = 4_000

COLOURS = {
    Role.TEXT: "text",
    Role.QUIET: "text_faint",
    Role.NAME: "syntax_name",
    Role.KEYWORD: "syntax_keyword",
    Role.STRING: "syntax_string",
    Role.NUMBER: "syntax_number",
    Role.GOOD: "success",
    Role.BAD: "danger",
}


def put_pieces(
    sheet: Sheet,
    type_: Typography,
    x: float,
    baseline: float,
    line: Line,
    font: Font,
    *,
    room: float,
    plain: str = "text",
    before: str = "  ",
) -> bool:
    """Adds the pieces after each other, cut to `room`; `plain` is the colour of ordinary text.

    Returns whether all of them fitted. Copied, they are one text again.
    """
    end = x + room
    for piece in line:
        colour = plain if piece.role is Role.TEXT else COLOURS[piece.role]
        left = end - x
        if left < 3 * type_.column:
            put(sheet, type_, x, baseline, "…", font, plain, before="")
            return False
        # It came from outside: what cannot be seen, or turns text around, is shown as a mark.
        shown = one_line(piece.text, _LONGEST_SHOWN)
        whole = piece.text if shown != piece.text else None
        x = put(sheet, type_, x, baseline, shown, font, colour, room=left, before=before, whole=whole)
        before = ""
        if sheet.spans[-1].text != shown:
            sheet.spans[-1].whole = piece.text
            return False
    return True


def put_lines_of_pieces(
    sheet: Sheet, type_: Typography, lines: Sequence[Line], x: float, y: float, font: Font, *, room: float
) -> float:
    """Adds lines of pieces below each other, each cut to `room`; returns where the last one ends."""
    height = type_.leading(font)
    for number, line in enumerate(lines):
        baseline = y + type_.baseline(font, height)
        put_pieces(sheet, type_, x, baseline, line, font, room=room, before="\n" if number else "  ")
        y += height
    return y
