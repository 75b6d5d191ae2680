"""The kinds of rows that the sections put on the page.

A row knows its content and how to set it for a width; it paints nothing. Most are one line high and are
laid out only when they come into view.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt

from app.plain_text import clipped, one_line, plural
from ui.detail.page.sheet import Fill, Font, Glyph, Mark, Shape, Sheet, Span, Zone
from ui.detail.page.sheet import MenuEntry as MenuEntry
from ui.detail.page.typography import Typography
from ui.theme import UNIT

MARGIN = 3 * UNIT
INDENT = 2 * UNIT
LONGEST_SHOWN = 10_000
MOST_LINES = 400
_ICON = 14

Action = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Folded:
    """What a row folds away, for the search in the page.

    `text` makes it, on any thread: it must be pure. `unfold` shows it, None where nothing can.
    """

    text: Callable[[], str]
    unfold: Action | None


class Row:
    """One row of the page. `key` names it within its section, so that focus survives a rebuild."""

    __slots__ = ("_sheet", "_type", "_width", "key", "menu", "name")

    def __init__(self, key: Hashable, name: str = "", menu: Sequence[MenuEntry] = ()) -> None:
        self.key = key
        self.name = name
        self.menu = menu
        self._sheet: Sheet | None = None
        self._type: Typography | None = None
        self._width = -1

    def height(self, type_: Typography, width: int) -> float:
        """In pixels, at this width of the page. One-line rows need no layout for it."""
        return self.sheet(type_, width).height

    def sheet(self, type_: Typography, width: int) -> Sheet:
        """The row laid out; remembered until the fonts or the width change."""
        if self._sheet is None or self._width != width or self._type is not type_:
            self._sheet = self.lay_out(type_, width)
            self._type, self._width = type_, width
        return self._sheet

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        raise NotImplementedError

    def may_act(self) -> bool:
        """Whether the row may have zones: one that says no is not laid out by the search for the next."""
        return True

    def folded(self) -> Folded | None:
        """What belongs to the row and is not shown now. Asked after the row was laid out."""
        return None


def put(
    sheet: Sheet,
    type_: Typography,
    x: float,
    baseline: float,
    text: str,
    font: Font,
    colour: str,
    *,
    room: float | None = None,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    whole: str | None = None,
    before: str = "  ",
    copied: bool = True,
) -> float:
    """Adds one piece of text, cut to `room`; returns where it ends."""
    shown = text if room is None else type_.elide(text, font, room, mode)
    width = type_.advance(shown, font)
    original = whole if whole is not None else (text if shown != text else None)
    sheet.spans.append(Span(x, baseline, width, shown, font, colour, original, before, copied=copied))
    return x + width


def chevron(sheet: Sheet, x: float, height: float, opened: bool) -> None:
    """The folding mark, in the margin left of `x`."""
    shape = Shape.OPENED if opened else Shape.CLOSED
    sheet.marks.append(Mark(QRectF(x - 15, height / 2 - 4, 8, 8), "text_faint", shape))


class Space(Row):
    """Nothing, so many pixels high."""

    __slots__ = ("_height",)

    def __init__(self, key: Hashable, height: int) -> None:
        super().__init__(key)
        self._height = height

    def height(self, type_: Typography, width: int) -> float:
        return self._height

    def may_act(self) -> bool:
        return False

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        return Sheet(height=self._height)


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
        return 4 * UNIT + type_.leading(Font.STRONG) + UNIT

    def folded(self) -> Folded | None:
        return None if self._hidden is None or self.opened else Folded(self._hidden, self.toggle)

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        height = self.height(type_, width)
        sheet = Sheet(height=height)
        line = type_.leading(Font.STRONG)
        top = height - line - UNIT
        baseline = top + type_.baseline(Font.STRONG, line)
        right = self._controls(sheet, type_, width, top, baseline, line)
        end = put(sheet, type_, MARGIN, baseline, self.name, Font.STRONG, "text")
        if self.count:
            room = right - end - 2 * UNIT
            end = put(sheet, type_, end + UNIT, baseline, self.count, Font.SMALL, "text_faint", room=room)
        if self.opened is not None and self.toggle is not None:
            shape = Shape.OPENED if self.opened else Shape.CLOSED
            sheet.marks.append(Mark(QRectF(MARGIN - 15, top + line / 2 - 4, 8, 8), "text_faint", shape))
            area = QRectF(MARGIN - 2.5 * UNIT, top - 2, end - MARGIN + 3.5 * UNIT, line + 4)
            sheet.zones.append(Zone(area, self.name, self.toggle, self.opened))
        _put_controls_last(sheet, len(self.controls))
        return sheet

    def _controls(
        self, sheet: Sheet, type_: Typography, width: int, top: float, baseline: float, line: float
    ) -> float:
        right = float(width - MARGIN)
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


def _put_controls_last(sheet: Sheet, number: int) -> None:
    """Has the keyboard reach, and a screen reader read, what a row is before what can be done with it."""
    sheet.spans = [*sheet.spans[number:], *sheet.spans[:number]]
    sheet.zones = [*sheet.zones[number:], *sheet.zones[:number]]
    for back in range(1, number + 1):
        sheet.spans[-back].zone = len(sheet.zones) - back


class TextLine(Row):
    """One line of pieces in different styles; may fold or open something, and have a control at the right.

    A `hint` is not copied.

    `hidden` makes the text that `activate` shows, for the search in the page.
    """

    __slots__ = (
        "_hidden",
        "activate",
        "control",
        "dot",
        "hint",
        "icon",
        "indent",
        "opened",
        "pieces",
        "tooltip",
    )

    def __init__(
        self,
        key: Hashable,
        pieces: Sequence[tuple[str, Font, str]],
        *,
        indent: int = 0,
        activate: Action | None = None,
        opened: bool | None = None,
        dot: str | None = None,
        icon: str = "",
        tooltip: str = "",
        menu: Sequence[MenuEntry] = (),
        hidden: Callable[[], str] | None = None,
        control: Control | None = None,
        hint: bool = False,
    ) -> None:
        super().__init__(key, " ".join(one_line(text) for text, _, _ in pieces), menu)
        self._hidden = hidden
        self.control = control
        self.hint = hint
        self.pieces = pieces
        self.indent = indent
        self.activate = activate
        self.opened = opened
        self.dot = dot
        self.icon = icon
        self.tooltip = tooltip

    def height(self, type_: Typography, width: int) -> float:
        return type_.leading(Font.BODY) + 4

    def may_act(self) -> bool:
        return self.activate is not None or self.control is not None

    def folded(self) -> Folded | None:
        return None if self._hidden is None or self.opened else Folded(self._hidden, self.activate)

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        height = self.height(type_, width)
        sheet = Sheet(height=height)
        x = float(MARGIN + self.indent)
        if self.dot:
            sheet.marks.append(Mark(QRectF(x + 1, height / 2 - 3.5, 7, 7), self.dot, Shape.DOT))
            x += INDENT
        if self.icon:
            area = QRectF(round(x), round((height - _ICON) / 2), _ICON, _ICON)
            sheet.glyphs.append(Glyph(area, self.icon, "text_muted"))
            x += INDENT + UNIT // 2
        if self.opened is not None:
            chevron(sheet, MARGIN + self.indent, height, self.opened)
        start = x
        right = float(width - MARGIN)
        baseline = type_.baseline(Font.BODY, height)
        if self.control is not None:
            right = put_control(sheet, type_, self.control, right, baseline, 2, height - 4) - UNIT
        for text, font, colour in self.pieces:
            room = right - x
            if room < 3 * UNIT:
                break
            shown = one_line(text)
            x = put(
                sheet, type_, x, baseline, shown, font, colour, room=room, whole=text, copied=not self.hint
            )
            x += UNIT
        if self.activate is not None:
            area = QRectF(start - 2.5 * UNIT, 0, width - MARGIN - start + 3.5 * UNIT, height)
            sheet.zones.append(Zone(area, self.name, self.activate, self.opened, self.tooltip))
        _put_controls_last(sheet, 0 if self.control is None else 1)
        return sheet


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
