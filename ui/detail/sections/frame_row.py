"""A frame's own line: the function, and the file with its line."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QRectF, Qt

from app.model import Frame
from app.plain_text import one_line
from ui.detail.page.rows import MARGIN, Action, MenuEntry, Row, chevron, put
from ui.detail.page.sheet import Font, Mark, Shape, Sheet, Zone
from ui.detail.page.typography import Typography
from ui.theme import UNIT


def where(frame: Frame) -> str:
    """`shop/payment.py:42`, as editors take it."""
    name = frame.filename or frame.abs_path or frame.module or ""
    return f"{name}:{frame.line}" if frame.line is not None else name


class FrameRow(Row):
    """A frame's own line: function, and file with line number. The one that failed has a mark."""

    __slots__ = ("activate", "crashed", "frame", "opened")

    def __init__(
        self,
        key: Hashable,
        frame: Frame,
        *,
        opened: bool | None,
        crashed: bool,
        activate: Action | None,
        menu: Sequence[MenuEntry],
    ) -> None:
        function = one_line(frame.function or "?", 200)
        super().__init__(
            key, f"{function}, {one_line(where(frame))}{', failed here' if crashed else ''}", menu
        )
        self.frame = frame
        self.opened = opened
        self.crashed = crashed
        self.activate = activate

    def height(self, type_: Typography, width: int) -> float:
        return type_.leading(Font.CODE) + UNIT

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        height = self.height(type_, width)
        sheet = Sheet(height=height)
        baseline = type_.baseline(Font.CODE, height)
        frame = self.frame
        colour = "text" if frame.in_app else "text_muted"
        font = Font.CODE_STRONG if frame.in_app else Font.CODE
        right = width - MARGIN
        x = float(MARGIN)
        function = one_line(frame.function or "?", 200)
        x = put(
            sheet, type_, x, baseline, function, font, colour, room=(right - x) * 0.55, whole=frame.function
        )
        if self.crashed:
            sheet.marks.append(Mark(QRectF(x + UNIT + 1, height / 2 - 3, 6, 6), "level_error", Shape.DOT))
            x += UNIT * 2
        if place := where(frame):
            put(
                sheet,
                type_,
                x + UNIT * 1.5,
                baseline,
                one_line(place, 2000),
                Font.CODE,
                "text_muted",
                room=right - x - UNIT * 1.5,
                mode=Qt.TextElideMode.ElideLeft,
                whole=place,
            )
        if self.activate is not None:
            if self.opened is not None:
                chevron(sheet, MARGIN, height, self.opened)
            area = QRectF(MARGIN - 2.5 * UNIT, 0, right - MARGIN + 3.5 * UNIT, height)
            sheet.zones.append(Zone(area, self.name, self.activate, self.opened, frame.abs_path or ""))
        return sheet
