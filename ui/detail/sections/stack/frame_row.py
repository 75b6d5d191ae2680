"""A frame's own line: the function, and the file with its line."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QRectF, Qt

from app.model import Frame
from app.plain_text import one_line
from ui.commands.keymap import with_key
from ui.detail.page.rows import MARGIN, Action, Folded, MenuEntry, Row, chevron, put
from ui.detail.page.sheet import Font, Mark, Shape, Sheet, Zone
from ui.detail.page.typography import Typography
from ui.detail.value_text import as_text
from ui.theme import UNIT


def where(frame: Frame) -> str:
    """`shop/payment.py:42`, as editors take it."""
    name = frame.filename or frame.abs_path or frame.module or ""
    return f"{name}:{frame.line}" if frame.line is not None else name


class FrameRow(Row):
    """A frame's own line: function, and file with line number. The one that failed has a mark."""

    __slots__ = ("activate", "crashed", "frame", "open_editor", "opened", "tooltip")

    def __init__(
        self,
        key: Hashable,
        frame: Frame,
        *,
        opened: bool | None,
        crashed: bool,
        activate: Action | None,
        open_editor: Action | None,
        menu: Sequence[MenuEntry],
        tooltip: str = "",
    ) -> None:
        function = one_line(frame.function or "?", 200)
        super().__init__(
            key, f"{function}, {one_line(where(frame))}{', failed here' if crashed else ''}", menu
        )
        self.frame = frame
        self.opened = opened
        self.crashed = crashed
        self.activate = activate
        self.open_editor = open_editor
        self.tooltip = tooltip

    def height(self, type_: Typography, width: int) -> float:
        return type_.leading(Font.CODE) + UNIT

    def may_act(self) -> bool:
        return self.activate is not None or self.open_editor is not None

    def folded(self) -> Folded | None:
        frame = self.frame
        return Folded(lambda: inside(frame), self.activate) if self.opened is False else None

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
        start = end = x + UNIT * 1.5
        if place := where(frame):
            end = put(
                sheet,
                type_,
                start,
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
            tooltip = self.tooltip
            if self.open_editor is not None:
                tooltip = f"{tooltip}\nEnter opens it in the editor, Space folds".strip()
            zone = Zone(area, self.name, self.activate, self.opened, tooltip, enter=self.open_editor)
            sheet.zones.append(zone)
        if self.open_editor is not None:
            self._offer_editor(sheet, start, end, height)
        return sheet

    def _offer_editor(self, sheet: Sheet, start: float, end: float, height: float) -> None:
        """Make file and line, the last piece of the row, a zone of their own."""
        if self.open_editor is None or end <= start:
            return
        area = QRectF(start - UNIT / 2, 0, end - start + UNIT, height)
        name = f"Open {one_line(where(self.frame))} in the editor"
        tooltip = f"{self.frame.abs_path or ''}\n{with_key('Open in the editor', 'open')}".strip()
        by_key = self.activate is None
        zone = Zone(area, name, self.open_editor, None, tooltip, whole_row=False, by_key=by_key)
        sheet.spans[-1].zone = len(sheet.zones)
        sheet.zones.append(zone)


def source_text(frame: Frame) -> str:
    """The lines of source that came with a frame."""
    return "\n".join(text.rstrip("\r\n") for _, text in frame.context)


def inside(frame: Frame) -> str:
    """What a closed frame folds away, for the search in the page."""
    return f"{source_text(frame)}\n{as_text(frame.vars) if frame.vars else ''}"


def searched(frames: Sequence[Frame]) -> str:
    """All that frames say, for the same."""
    return "\n".join(f"{frame.function} {where(frame)}\n{inside(frame)}" for frame in frames)
