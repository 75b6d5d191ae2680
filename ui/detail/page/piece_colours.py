"""The theme's token for each role of a piece of text."""

from collections.abc import Sequence

from app.event_parts.pieces import Line, Role
from ui.detail.page.rows import put
from ui.detail.page.sheet import Font, Sheet
from ui.detail.page.typography import Typography

COLOURS = {
    Role.TEXT: "text",
    Role.QUIET: "text_faint",
    Role.NAME: "text_muted",
    Role.KEYWORD: "accent",
    Role.STRING: "success",
    Role.NUMBER: "accent",
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
        if left < 2 * type_.column:
            return False
        x = put(sheet, type_, x, baseline, piece.text, font, colour, room=left, before=before)
        before = ""
        if sheet.spans[-1].whole is not None:
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
