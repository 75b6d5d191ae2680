"""Lines of code or data in pieces, each in the colour of its role; a line too long is broken, not cut."""

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QRectF

from app.event_parts.markup_text import wrapped
from app.event_parts.pieces import Line, Piece, text_of
from app.plain_text import plain, plural
from ui.detail.page.piece_colours import put_pieces
from ui.detail.page.rows import MARGIN, MenuEntry, Row
from ui.detail.page.sheet import Fill, Font, Sheet
from ui.detail.page.text_line import TextLine
from ui.detail.page.typography import Typography
from ui.theme import UNIT

LONGEST_LINE = 2_000
_LINES_IN_ROW = 25
_NARROWEST = 20


class CodeLines(Row):
    """A few lines. `background` puts them on a ground of their own."""

    __slots__ = ("background", "indent", "lines")

    def __init__(
        self,
        key: Hashable,
        lines: Sequence[Line],
        *,
        indent: int = 0,
        background: bool = False,
        menu: Sequence[MenuEntry] = (),
    ) -> None:
        super().__init__(key, "", menu)
        self.lines = lines
        self.indent = indent
        self.background = background

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        padding = UNIT if self.background else 0
        left = float(MARGIN + self.indent + padding)
        room = width - MARGIN - padding - left
        columns = max(_NARROWEST, int(room / type_.column))
        height = type_.leading(Font.CODE)
        sheet, y = Sheet(), 0.0
        before = "  "
        for line in self.lines:
            for number, part in enumerate(wrapped(_shown(line), columns)):
                baseline = y + type_.baseline(Font.CODE, height)
                put_pieces(
                    sheet, type_, left, baseline, part, Font.CODE, room=room, before="" if number else before
                )
                y += height
            before = "\n"
        sheet.height = y
        if self.background:
            area = QRectF(left - padding, 0, width - 2 * MARGIN - self.indent, y)
            sheet.fills.append(Fill(area, "code_background", 0))
        return sheet


def code_rows(
    key: Hashable,
    lines: Sequence[Line],
    most: int,
    more: Callable[[], None],
    *,
    indent: int = 0,
    background: bool = False,
    menu: Sequence[MenuEntry] = (),
) -> list[Row]:
    """The first `most` lines in rows of some, and one that asks for `more` where there are others."""
    shown = lines[:most]
    rows: list[Row] = [
        CodeLines(
            (key, start),
            shown[start : start + _LINES_IN_ROW],
            indent=indent,
            background=background,
            menu=menu,
        )
        for start in range(0, len(shown), _LINES_IN_ROW)
    ]
    if len(lines) > len(shown):
        pieces = [(plural(len(lines) - len(shown), "more line"), Font.SMALL, "accent")]
        rest = lines[most:]
        rows.append(
            TextLine(
                (key, "more"),
                pieces,
                indent=indent,
                activate=more,
                opened=False,
                hidden=lambda: "\n".join(map(text_of, rest)),
                hint=True,
            )
        )
    return rows


def _shown(line: Line) -> Line:
    """The line with what cannot be seen made visible, and cut where it is endless."""
    pieces, room = [], LONGEST_LINE
    for piece in line:
        if room <= 0:
            break
        pieces.append(Piece(plain(piece.text[:room]), piece.role))
        room -= len(piece.text)
    if room < 0:
        pieces.append(Piece(f" … {len(text_of(line)) - LONGEST_LINE:,} more"))
    return tuple(pieces)
