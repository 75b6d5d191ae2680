"""The heading of a section with its controls, and how a control stands at the right of a row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from ui.detail.page.rows import MARGIN, Action, Folded, Row, put
from ui.detail.page.sheet import Fill, Font, Mark, Shape, Sheet, Span, Zone
from ui.detail.page.typography import Typography
from ui.theme import UNIT


@dataclass(frozen=True, slots=True)
class Control:
    """A quiet word at the right of a heading that does something.

    Of a choice, each alternative is a control: `on` says which of them holds, `joined` that the next one
    belongs to the same choice.
    """

    label: str
    action: Action
    tooltip: str = ""
    on: bool | None = None
    joined: bool = False


class Heading(Row):
    """A section's name, its count, and its controls at the right.

    `hidden` makes the text that `toggle` shows, for the search in the page.
    """

    __slots__ = ("_hidden", "controls", "count", "opened", "toggle")

    def __init__(
        self,
        title: str,
        count: str = "",
        controls: Sequence[Control] = (),
        *,
        opened: bool | None = None,
        toggle: Action | None = None,
        hidden: Callable[[], str] | None = None,
    ) -> None:
        super().__init__("heading", title)
        self._hidden = hidden
        self.count = count
        self.controls = controls
        self.opened = opened
        self.toggle = toggle

    def height(self, type_: Typography, width: int) -> float:
        line = type_.leading(Font.STRONG)
        return 4 * UNIT + line + UNIT + (line + UNIT if self._is_stacked(type_, width) else 0)

    def folded(self) -> Folded | None:
        return None if self._hidden is None or self.opened else Folded(self._hidden, self.toggle)

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        height = self.height(type_, width)
        sheet = Sheet(height=height)
        line = type_.leading(Font.STRONG)
        top = 4.0 * UNIT
        baseline = top + type_.baseline(Font.STRONG, line)
        if self._is_stacked(type_, width):
            down = line + UNIT
            end = MARGIN + 6 + self._controls_width(type_)
            self._controls(sheet, type_, end, top + down, baseline + down, line)
            right = float(width - MARGIN)
        else:
            right = self._controls(sheet, type_, width - MARGIN, top, baseline, line)
        end = put(sheet, type_, MARGIN, baseline, self.name, Font.STRONG, "text")
        if self.count:
            room = right - end - 2 * UNIT
            end = put(sheet, type_, end + UNIT, baseline, self.count, Font.SMALL, "text_faint", room=room)
        if self.opened is not None and self.toggle is not None:
            shape = Shape.OPENED if self.opened else Shape.CLOSED
            sheet.marks.append(Mark(QRectF(MARGIN - 15, top + line / 2 - 4, 8, 8), "text_faint", shape))
            area = QRectF(MARGIN - 2.5 * UNIT, top - 2, end - MARGIN + 3.5 * UNIT, line + 4)
            sheet.zones.append(Zone(area, self.name, self.toggle, self.opened))
        put_controls_last(sheet, len(self.controls))
        return sheet

    def _controls_width(self, type_: Typography) -> float:
        """From where the first control begins to where the last one ends."""
        gaps = sum(1.5 if each.joined else 2 for each in self.controls[:-1])
        return sum(type_.advance(each.label, Font.SMALL) for each in self.controls) + gaps * UNIT

    def _is_stacked(self, type_: Typography, width: int) -> bool:
        """Whether the controls stand below the name, as there is no room for both in a line."""
        if not self.controls:
            return False
        room = width - 2 * MARGIN - type_.advance(self.name, Font.STRONG)
        return self._controls_width(type_) + 2 * UNIT > room

    def _controls(
        self, sheet: Sheet, type_: Typography, right: float, top: float, baseline: float, line: float
    ) -> float:
        for control in reversed(self.controls):
            x = put_control(sheet, type_, control, right, baseline, top, line)
            right = x - 2 * UNIT
        return right


def put_control(
    sheet: Sheet, type_: Typography, control: Control, right: float, baseline: float, top: float, line: float
) -> float:
    """Adds a control before what the sheet has, ending at `right`; returns where it begins.

    The alternative that holds stands on a ground of its own.
    """
    text_width = type_.advance(control.label, Font.SMALL)
    if control.joined:
        right += UNIT // 2
    x = right - text_width
    area = QRectF(x - UNIT, top - 2, text_width + 2 * UNIT, line + 4)
    sheet.zones.insert(0, Zone(area, control.label, control.action, None, control.tooltip, whole_row=False))
    if control.on:
        sheet.fills.append(Fill(QRectF(x - 6, top, text_width + 12, line), "selected", 4))
    colour = "text" if control.on else "text_muted"
    # A button is no part of the row's text: it says the same whatever buttons it has.
    span = Span(x, baseline, text_width, control.label, Font.SMALL, colour, whole="", before="", copied=False)
    sheet.spans.insert(0, span)
    return x


def put_controls_last(sheet: Sheet, number: int) -> None:
    """Has the keyboard reach, and a screen reader read, what a row is before what can be done with it."""
    sheet.spans = [*sheet.spans[number:], *sheet.spans[:number]]
    sheet.zones = [*sheet.zones[number:], *sheet.zones[:number]]
    for back in range(1, number + 1):
        sheet.spans[-back].zone = len(sheet.zones) - back
