"""Chips: short names and values side by side, as many on a line as fit, each of which can be activated."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from app.plain_text import one_line
from ui.detail.page.rows import MARGIN, Action, Folded, MenuEntry, Row, put
from ui.detail.page.sheet import Fill, Font, Glyph, Sheet, Zone
from ui.detail.page.typography import Typography
from ui.theme import UNIT

_WIDEST = 44 * UNIT
_PADDING = UNIT
_GAP = UNIT - 2
_ICON = 14
_BETWEEN = 6


@dataclass(frozen=True, slots=True)
class Chip:
    """A quiet `label`, which may be empty, and a `value`. `icon` is a meaning of `ui/widgets/icons.py`.

    `on` marks it as chosen, where a chip is a switch.
    """

    label: str
    value: str
    activate: Action
    tooltip: str = ""
    icon: str = ""
    on: bool = False
    menu: Sequence[MenuEntry] = ()


class ChipFlow(Row):
    """Chips, wrapped. Each is a zone of its own, so that the keyboard walks from one to the next.

    `folded` is what of them is not shown.
    """

    __slots__ = ("_folded", "chips")

    def __init__(
        self,
        key: Hashable,
        chips: Sequence[Chip],
        *,
        name: str = "",
        menu: Sequence[MenuEntry] = (),
        folded: Folded | None = None,
    ) -> None:
        super().__init__(key, name, menu)
        self.chips = chips
        self._folded = folded

    def folded(self) -> Folded | None:
        return self._folded

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        sheet = Sheet()
        line = type_.leading(Font.SMALL) + 6
        x, y = float(MARGIN), 2.0
        for chip in self.chips:
            label, value = _texts(chip, type_, width)
            total = _width(chip, label, value, type_)
            if x > MARGIN and x + total > width - MARGIN:
                x, y = float(MARGIN), y + line + _GAP
            _put_chip(sheet, type_, chip, (label, value), QRectF(x, y, total, line))
            x += total + _GAP
        sheet.height = y + line + 4
        return sheet


def _texts(chip: Chip, type_: Typography, width: int) -> tuple[str, str]:
    """Label and value, cut to what a chip may take."""
    room = min(_WIDEST, width - 2 * MARGIN) - 2 * _PADDING - (_ICON + _BETWEEN if chip.icon else 0)
    label = type_.elide(one_line(chip.label, 100), Font.SMALL, room * 0.5)
    taken = type_.advance(label, Font.SMALL) + _BETWEEN if label else 0
    return label, type_.elide(one_line(chip.value), Font.SMALL, room - taken)


def _width(chip: Chip, label: str, value: str, type_: Typography) -> float:
    parts = [type_.advance(text, Font.SMALL) for text in (label, value) if text]
    if chip.icon:
        parts.append(_ICON)
    return sum(parts) + _BETWEEN * (len(parts) - 1) + 2 * _PADDING


def _put_chip(sheet: Sheet, type_: Typography, chip: Chip, shown: tuple[str, str], area: QRectF) -> None:
    sheet.fills.append(Fill(area, "selected" if chip.on else "code_background", 6))
    baseline = area.y() + type_.baseline(Font.SMALL, area.height())
    x = area.x() + _PADDING
    if chip.icon:
        top = round(area.y() + (area.height() - _ICON) / 2)
        sheet.glyphs.append(Glyph(QRectF(round(x), top, _ICON, _ICON), chip.icon, "text_muted"))
        x += _ICON + _BETWEEN
    before = "\n" if sheet.spans else ""
    for text, whole, colour in zip(shown, (chip.label, chip.value), ("text_faint", "text"), strict=True):
        if text:
            x = put(sheet, type_, x, baseline, text, Font.SMALL, colour, whole=whole, before=before)
            sheet.spans[-1].zone = len(sheet.zones)
            x, before = x + _BETWEEN, ": "
    name = ": ".join(text for text in shown if text)
    sheet.zones.append(Zone(area, name, chip.activate, None, chip.tooltip, False, chip.menu))
