"""What every row of the page is, and how text is put on it.

A row knows its content and how to set it for a width; it paints nothing. Most are one line high and are
laid out only when they come into view.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt

from ui.detail.page.sheet import Font, Mark, Shape, Sheet, Span
from ui.detail.page.sheet import MenuEntry as MenuEntry
from ui.detail.page.typography import Typography
from ui.theme import UNIT

MARGIN = 3 * UNIT
INDENT = 2 * UNIT
LONGEST_SHOWN = 10_000
MOST_LINES = 400

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
