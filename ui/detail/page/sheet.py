"""The layout of one row: texts, fills, marks, and the zones that can be activated.

A sheet is a row laid out for one width. Coordinates are in device-independent pixels from the row's
top left corner. Colours are names of theme tokens and are looked up when painted, so that a change from
light to dark needs no new layout.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage


class Font(Enum):
    """The few styles that the page is set in."""

    TITLE = auto()
    BODY = auto()
    STRONG = auto()
    SMALL = auto()
    CODE = auto()
    CODE_STRONG = auto()


class Shape(Enum):
    """Marks small enough to be drawn rather than loaded as icons."""

    DOT = auto()
    CLOSED = auto()
    OPENED = auto()


@dataclass(slots=True)
class Span:
    """A piece of text on one line. `whole` is what is copied when all of a cut piece is selected.

    `before` is put between this piece and the one before it when both are copied. What the page says of its
    own, such as the words of its controls and the numbers of lines, is not `copied`.
    """

    x: float
    baseline: float
    width: float
    text: str
    font: Font
    colour: str
    whole: str | None = None
    before: str = "  "
    zone: int | None = None
    copied: bool = True


@dataclass(slots=True)
class Fill:
    """A rounded rectangle under the text."""

    rect: QRectF
    colour: str
    radius: float = 4.0


@dataclass(slots=True)
class Mark:
    """A small shape."""

    rect: QRectF
    colour: str
    shape: Shape


@dataclass(slots=True)
class Glyph:
    """An icon, by its meaning in `ui/widgets/icons.py`."""

    rect: QRectF
    meaning: str
    colour: str


@dataclass(slots=True)
class Picture:
    """An image, decoded before and painted into `rect`."""

    rect: QRectF
    image: QImage


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One line of a context menu."""

    label: str
    action: Callable[[], None]


@dataclass(slots=True)
class Zone:
    """A part of the row that a click, Enter or Space activates. `opened` is None where nothing folds.

    `menu` is what its context menu offers before the row's own entries.
    With `enter`, Enter does that instead. One that is not `by_key` is for the mouse alone: what it does, the
    row's other zone does by Enter.
    """

    rect: QRectF
    name: str
    activate: Callable[[], None]
    opened: bool | None = None
    tooltip: str = ""
    whole_row: bool = True
    menu: Sequence[MenuEntry] = ()
    enter: Callable[[], None] | None = None
    by_key: bool = True


@dataclass(slots=True)
class Tip:
    """A part of the row that only says more about itself while the mouse is on it."""

    rect: QRectF
    text: str


@dataclass(slots=True)
class Sheet:
    """One row, laid out."""

    height: float = 0.0
    spans: list[Span] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    glyphs: list[Glyph] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    tips: list[Tip] = field(default_factory=list)

    def text(self) -> str:
        """All of the row's text, with its hints and the numbers of lines."""
        return "".join(
            (span.before if index else "") + (span.text if span.whole is None else span.whole)
            for index, span in enumerate(self.spans)
        )

    def copied_text(self) -> str:
        """All of the row's text that is copied."""
        return joined((span, span.text if span.whole is None else span.whole) for span in self.spans)


def joined(pieces: Iterable[tuple[Span, str]]) -> str:
    """What is copied of pieces of text: those that are `copied`, and between them the widest gap."""
    parts: list[str] = []
    gap = ""
    for span, text in pieces:
        gap = gap if "\n" in gap else span.before
        if span.copied:
            parts += (gap if parts else "", text)
            gap = ""
    return "".join(parts)
