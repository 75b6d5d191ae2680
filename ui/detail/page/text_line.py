"""One line of text in several styles."""

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QRectF

from app.plain_text import one_line
from ui.detail.page.heading import Control, put_control, put_controls_last
from ui.detail.page.rows import INDENT, MARGIN, Action, Folded, MenuEntry, Row, chevron, put
from ui.detail.page.sheet import Font, Glyph, Mark, Shape, Sheet, Zone
from ui.detail.page.typography import Typography
from ui.theme import UNIT

_ICON = 14


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
        put_controls_last(sheet, 0 if self.control is None else 1)
        return sheet
