"""The source around a frame's line, numbered and coloured; what failed in it is marked.

A line that is longer than the page shows its beginning, the failing one the part that failed. Either opens
and folds again.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from app.plain_text import plural
from ui.detail.page.rows import MARGIN, Action, Folded, MenuEntry, Row, put
from ui.detail.page.sheet import Fill, Font, Mark, Shape, Sheet, Zone
from ui.detail.page.typography import Typography
from ui.theme import UNIT

if TYPE_CHECKING:
    from app.source.excerpt import Line

LONGEST_LINE = 400
_MOST_WRAPPED = 6
_MOST_WRAPPED_OPEN = 300
_DEEPEST_HANG = 24
_PADDING = 6
_ELLIPSIS = "…"


class SourceLines(Row):
    """The lines of a frame's source. `failing` is the number of the line that failed.

    `around` is how many lines are shown before and after that one, None for all. `opened` are the numbers of
    long lines that are shown whole, `toggle` opens or folds one. `activate` shows more or fewer lines.
    """

    __slots__ = ("_activate", "_cut", "_failing", "_hidden", "_lines", "_opened", "_toggle")

    def __init__(
        self,
        key: Hashable,
        lines: "Sequence[Line]",
        failing: int | None,
        *,
        around: int | None = None,
        opened: frozenset[int] = frozenset(),
        toggle: Callable[[int], None] | None = None,
        activate: Action | None = None,
        menu: Sequence[MenuEntry] = (),
    ) -> None:
        super().__init__(key, f"Source, line {failing}", menu)
        near = [
            line
            for line in lines
            if around is None or failing is None or abs(line.number - failing) <= around
        ]
        self._failing = failing
        self._lines = near
        self._hidden = [line.text for line in lines if line not in near] if len(near) < len(lines) else []
        self._cut: list[Line] = []
        self._opened = opened
        self._toggle = toggle
        self._activate = activate if len(near) < len(lines) or around is None else None

    def folded(self) -> Folded | None:
        hidden, cut, toggle = self._hidden, list(self._cut), self._toggle
        if hidden:
            return Folded(lambda: "\n".join(hidden), self._activate)
        if not cut or toggle is None:
            return None

        def unfold() -> None:
            for line in cut:
                toggle(line.number)

        return Folded(lambda: "\n".join(line.text for line in cut), unfold)

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        sheet = Sheet()
        self._cut = []
        digits = max((len(str(line.number)) for line in self._lines), default=1)
        numbers_end = MARGIN + UNIT + digits * type_.column
        common = min((line.indent for line in self._lines if line.text.strip()), default=0)
        y = float(_PADDING)
        for line in self._lines:
            y = self._lay_out_line(sheet, type_, line, common, numbers_end, y, width)
        sheet.height = y + _PADDING
        sheet.fills.insert(0, Fill(QRectF(MARGIN, 0, width - 2 * MARGIN, sheet.height), "code_background", 6))
        if self._activate is not None:
            area = QRectF(MARGIN, 0, width - 2 * MARGIN, sheet.height)
            sheet.zones.append(Zone(area, self.name, self._activate, None, "Show more or fewer lines"))
        return sheet

    def _lay_out_line(
        self,
        sheet: Sheet,
        type_: Typography,
        line: "Line",
        common: int,
        numbers_end: float,
        y: float,
        width: int,
    ) -> float:
        failed = line.number == self._failing
        opened = line.number in self._opened
        line_height = type_.leading(Font.CODE)
        label = str(line.number)
        x = numbers_end - type_.advance(label, Font.CODE)
        baseline = y + type_.baseline(Font.CODE, line_height)
        colour = "text" if failed else "text_faint"
        put(sheet, type_, x, baseline, label, Font.CODE, colour, before="\n", copied=False)
        text = _LineText(
            type_, line, common, "text" if failed else "text_muted", numbers_end + 2 * UNIT, width
        )
        if failed or opened:
            before = len(sheet.fills)
            count, is_cut = text.put_wrapped(sheet, y, opened=opened)
            if failed:
                area = QRectF(MARGIN, y, width - 2 * MARGIN, count * line_height)
                sheet.fills.insert(before, Fill(area, "code_line", 3))
        else:
            count, is_cut = 1, text.put_cut(sheet, y)
        if is_cut and not opened:
            self._cut.append(line)
        if (is_cut or opened) and self._toggle is not None:
            self._add_fold(sheet, line.number, y, count * line_height, line_height, width, opened)
        return y + count * line_height

    def _add_fold(
        self, sheet: Sheet, number: int, y: float, height: float, line_height: float, width: int, opened: bool
    ) -> None:
        toggle = self._toggle
        assert toggle is not None
        shape = Shape.OPENED if opened else Shape.CLOSED
        sheet.marks.append(Mark(QRectF(MARGIN - 13, y + line_height / 2 - 4, 8, 8), "text_faint", shape))
        area = QRectF(MARGIN - 2 * UNIT, y, width - 2 * MARGIN + 2 * UNIT, height)
        tooltip = "Fold the line" if opened else "Show the whole line"
        sheet.zones.append(
            Zone(area, f"Line {number}", lambda: toggle(number), opened, tooltip, whole_row=False)
        )


class _LineText:
    """The text of one line, put in pieces of its colours. Positions are characters of the shown text."""

    def __init__(
        self, type_: Typography, line: "Line", common: int, colour: str, left: float, width: int
    ) -> None:
        self._type = type_
        self._line = line
        self._colour = colour
        self._left = left
        self._room = width - MARGIN - UNIT - left
        self._text = line.text
        self._start = min(common, line.indent)

    def put_cut(self, sheet: Sheet, y: float) -> bool:
        """The beginning, on one line; whether anything is left out."""
        text = self._text[self._start :]
        shown = self._type.elide(text, Font.CODE, self._room)
        is_cut = shown != text
        end = self._start + len(shown) - (1 if is_cut else 0)
        self._put(sheet, self._start, end, self._left, y, "  ")
        if is_cut:
            last = sheet.spans[-1]
            last.text += _ELLIPSIS
            last.width = self._type.advance(last.text, Font.CODE)
            last.whole = last.text[:-1] + self._text[end:]
        return is_cut or bool(self._line.left_out_after)

    def put_wrapped(self, sheet: Sheet, y: float, *, opened: bool) -> tuple[int, bool]:
        """The line, broken to the page's width; on how many lines, and whether anything is left out."""
        start, end = (self._start, len(self._text)) if opened else self._window()
        head = _ELLIPSIS if start > self._start or self._line.left_out_before else ""
        tail = _ELLIPSIS if end < len(self._text) or self._line.left_out_after else ""
        if opened and self._line.left_out_before:
            head = f"… {plural(self._line.left_out_before, 'character')} before … "
        if opened and self._line.left_out_after:
            tail = f" … {plural(self._line.left_out_after, 'more character')}"
        hang = self._hang()
        most = _MOST_WRAPPED_OPEN if opened else _MOST_WRAPPED
        shown = head + self._text[start:end] + tail
        lines, complete = self._type.wrap(shown, Font.CODE, self._room - hang, most)
        at = start - len(head)
        for number, part in enumerate(lines):
            x = self._left + (hang if number else 0.0)
            self._put(
                sheet,
                at,
                at + len(part),
                x,
                y + number * self._type.leading(Font.CODE),
                "" if number else "  ",
                shown=part,
                within=(start, end),
            )
            at += len(part)
        if not complete:
            self._elide_last(sheet, self._text[at:])
        return len(lines), not complete or (not opened and bool(head or tail))

    def _elide_last(self, sheet: Sheet, left_out: str) -> None:
        last = sheet.spans[-1]
        last.whole = last.text + left_out
        last.text = last.text.rstrip()[:-1] + _ELLIPSIS
        last.width = self._type.advance(last.text, Font.CODE)

    def _window(self) -> tuple[int, int]:
        """The part of a very long line (minified code) in which it failed."""
        if len(self._text) - self._start <= LONGEST_LINE:
            return self._start, len(self._text)
        at = self._line.mark[0] if self._line.mark else self._start
        start = max(self._start, min(at - LONGEST_LINE // 4, len(self._text) - LONGEST_LINE))
        return start, start + LONGEST_LINE

    def _hang(self) -> float:
        """The indent of the further lines of a broken one."""
        return (min(self._line.indent - self._start, _DEEPEST_HANG) + 2) * self._type.column

    def _put(
        self,
        sheet: Sheet,
        first: int,
        last: int,
        x: float,
        y: float,
        before: str,
        *,
        shown: str | None = None,
        within: tuple[int, int] | None = None,
    ) -> None:
        """Put the characters from `first` to `last`; `shown` has marks around them, outside of `within`."""
        text = self._text[first:last] if shown is None else shown
        line_height = self._type.leading(Font.CODE)
        baseline = y + self._type.baseline(Font.CODE, line_height)
        low, high = within or (first, last)
        mark = self._line.mark
        if mark is not None and (begin := max(mark[0], first, low)) < (end := min(mark[1], last, high)):
            left = x + self._type.advance(text[: begin - first], Font.CODE)
            room = self._type.advance(text[begin - first : end - first], Font.CODE)
            sheet.fills.append(Fill(QRectF(left, y + line_height - 3, room, 2), "level_error", 1))
        for begin, end, colour in self._pieces(first, last, max(first, low), min(last, high)):
            x = put(
                sheet,
                self._type,
                x,
                baseline,
                text[begin - first : end - first],
                Font.CODE,
                colour,
                before=before,
            )
            before = ""
        if first == last:
            put(sheet, self._type, x, baseline, "", Font.CODE, self._colour, before=before)

    def _pieces(self, first: int, last: int, low: int, high: int) -> list[tuple[int, int, str]]:
        pieces: list[tuple[int, int, str]] = []
        if first < low:
            pieces.append((first, min(low, last), "text_faint"))
        at = low
        for begin, end, kind in self._line.runs:
            begin, end = max(begin, low), min(end, high)  # noqa: PLW2901
            if begin >= end:
                continue
            if at < begin:
                pieces.append((at, begin, self._colour))
            pieces.append((begin, end, f"syntax_{kind}"))
            at = end
        if at < high:
            pieces.append((at, high, self._colour))
        if high < last:
            pieces.append((max(high, first), last, "text_faint"))
        return pieces
