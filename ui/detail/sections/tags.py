"""Tags: names and values that flow like text, quiet names and readable values."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QRectF

from app.plain_text import one_line
from ui.detail.page.rows import MARGIN, Action, Heading, MenuEntry, Row, put
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font, Sheet, Zone
from ui.detail.page.typography import Typography
from ui.theme import UNIT

_WIDEST = 44 * UNIT
_MOST_TAGS = 300


class TagFlow(Row):
    """Tags next to each other, as many on a line as fit. A click copies one."""

    __slots__ = ("_copy", "_tags")

    def __init__(
        self, key: Hashable, tags: Sequence[tuple[str, str, Action]], menu: Sequence[MenuEntry]
    ) -> None:
        super().__init__(key, "Tags", menu)
        self._tags = tags

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        sheet = Sheet()
        line = type_.leading(Font.BODY) + 4
        x, y = float(MARGIN), 0.0
        for name, value, copy in self._tags:
            room = min(_WIDEST, width - 2 * MARGIN)
            name_shown = type_.elide(one_line(name, 100), Font.SMALL, room * 0.5)
            value_shown = type_.elide(
                one_line(value), Font.BODY, room - type_.advance(name_shown, Font.SMALL) - 6
            )
            name_width = type_.advance(name_shown, Font.SMALL)
            total = name_width + 6 + type_.advance(value_shown, Font.BODY)
            if x > MARGIN and x + total > width - MARGIN:
                x, y = float(MARGIN), y + line
            baseline = y + type_.baseline(Font.BODY, line)
            put(
                sheet,
                type_,
                x,
                baseline,
                name_shown,
                Font.SMALL,
                "text_muted",
                whole=name,
                before="\n" if sheet.spans else "",
            )
            put(
                sheet,
                type_,
                x + name_width + 6,
                baseline,
                value_shown,
                Font.BODY,
                "text",
                whole=value,
                before=": ",
            )
            area = QRectF(x - 6, y, total + 12, line)
            tooltip = f"{one_line(name, 100)}: {one_line(value, 400)}\nClick to copy"
            sheet.zones.append(Zone(area, f"{name_shown}: {value_shown}", copy, None, tooltip))
            x += total + 2.5 * UNIT
        sheet.height = y + line
        return sheet


class TagsSection(Section):
    """The event's tags, in the order of their names."""

    name = "Tags"

    def rows(self) -> list[Row]:
        tags = self.event.tags
        if not tags:
            return []
        everything = "\n".join(f"{name}: {value}" for name, value in sorted(tags.items()))
        menu = (MenuEntry("Copy all tags", lambda: self.host.copy(everything, "Tags")),)
        shown = [(name, str(value), self._copying(name, str(value))) for name, value in sorted(tags.items())]
        return [Heading(self.name, f"{len(tags):,}"), TagFlow("tags", shown[:_MOST_TAGS], menu)]

    def _copying(self, name: str, value: str) -> Action:
        return lambda: self.host.copy(value, one_line(name, 60))
