"""The source around a frame's line, numbered, on a background; the line that failed is highlighted."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QRectF

from app.model import Frame
from app.plain_text import plain
from ui.detail.page.rows import MARGIN, Action, MenuEntry, Row, put, put_lines
from ui.detail.page.sheet import Fill, Font, Sheet, Zone
from ui.detail.page.typography import Typography
from ui.theme import UNIT

LONGEST_LINE = 400
_LONGEST_READ = 1_000_000
_MOST_WRAPPED = 6
_PADDING = 6


class SourceLines(Row):
    """A frame's source. `around` is how many lines are shown before and after the one that failed."""

    __slots__ = ("_activate", "_column", "_error", "_lines")

    def __init__(
        self,
        key: Hashable,
        frame: Frame,
        *,
        around: int | None = None,
        activate: Action | None = None,
        menu: Sequence[MenuEntry] = (),
    ) -> None:
        super().__init__(key, f"Source, line {frame.line}", menu)
        self._error = frame.line
        self._column = frame.column or 0
        self._lines = _without_common_indent(_near(frame, around), frame)
        self._activate = activate if len(self._lines) < len(frame.context) or around is None else None

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        sheet = Sheet()
        line_height = type_.leading(Font.CODE)
        digits = max((len(str(number)) for number, _ in self._lines), default=1)
        numbers_end = MARGIN + UNIT + digits * type_.column
        left = numbers_end + 2 * UNIT
        y = float(_PADDING)
        for number, text in self._lines:
            failed = number == self._error
            shown = _around_column(text, self._column) if failed else text[:LONGEST_LINE]
            lines = [shown]
            if failed:
                hang = _hanging_indent(shown, type_)
                lines, _ = type_.wrap(shown, Font.CODE, width - MARGIN - UNIT - left - hang, _MOST_WRAPPED)
                area = QRectF(MARGIN, y, width - 2 * MARGIN, len(lines) * line_height)
                sheet.fills.append(Fill(area, "code_line", 3))
            label = str(number)
            baseline = y + type_.baseline(Font.CODE, line_height)
            x = numbers_end - type_.advance(label, Font.CODE)
            colour = "text" if failed else "text_faint"
            put(sheet, type_, x, baseline, label, Font.CODE, colour, before="\n", copied=False)
            self._put_text(sheet, type_, lines, left, y, width, failed)
            y += len(lines) * line_height
        sheet.height = y + _PADDING
        sheet.fills.insert(0, Fill(QRectF(MARGIN, 0, width - 2 * MARGIN, sheet.height), "code_background", 6))
        if self._activate is not None:
            area = QRectF(MARGIN, 0, width - 2 * MARGIN, sheet.height)
            sheet.zones.append(Zone(area, self.name, self._activate, None, "Show more or fewer lines"))
        return sheet

    def _put_text(
        self,
        sheet: Sheet,
        type_: Typography,
        lines: list[str],
        left: float,
        y: float,
        width: int,
        failed: bool,
    ) -> None:
        if failed:
            put_lines(sheet, type_, lines[:1], left, y, Font.CODE, "text")
            hanging = left + _hanging_indent(lines[0], type_)
            put_lines(sheet, type_, lines[1:], hanging, y + type_.leading(Font.CODE), Font.CODE, "text")
            for span in sheet.spans[-len(lines) + 1 :] if len(lines) > 1 else ():
                span.before = ""
            return
        baseline = y + type_.baseline(Font.CODE, type_.leading(Font.CODE))
        put(
            sheet,
            type_,
            left,
            baseline,
            lines[0],
            Font.CODE,
            "text_muted",
            room=width - MARGIN - UNIT - left,
        )


def _hanging_indent(text: str, type_: Typography) -> float:
    """The indent of the further lines of a wrapped line of source."""
    return min(len(text) - len(text.lstrip(" ")), 24) * type_.column + 2 * type_.column


def _near(frame: Frame, around: int | None) -> list[tuple[int, str]]:
    if around is None or frame.line is None:
        return list(frame.context)
    return [pair for pair in frame.context if abs(pair[0] - frame.line) <= around]


def _without_common_indent(lines: Sequence[tuple[int, str]], frame: Frame) -> list[tuple[int, str]]:
    column = max(0, min(frame.column or 0, _LONGEST_READ))
    expanded = []
    for number, text in lines:
        read = text[: column + LONGEST_LINE if number == frame.line else 2 * LONGEST_LINE]
        expanded.append((number, read.rstrip("\r\n").expandtabs(4)))
    indents = [len(text) - len(text.lstrip(" ")) for _, text in expanded if text.strip()]
    common = min(indents, default=0)
    return [(number, plain(text[common:])) for number, text in expanded]


def _around_column(text: str, column: int) -> str:
    """The part of a very long line (minified code) in which it failed."""
    if len(text) <= LONGEST_LINE:
        return text
    start = max(0, min(column - LONGEST_LINE // 4, len(text) - LONGEST_LINE))
    end = start + LONGEST_LINE
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
