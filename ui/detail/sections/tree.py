"""Names and values in two columns; what is nested or long opens in place."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QRectF

from app.plain_text import clipped, one_line, plural
from ui.detail.page.rows import (
    INDENT,
    LONGEST_SHOWN,
    MARGIN,
    MOST_LINES,
    Action,
    Folded,
    MenuEntry,
    Row,
    TextLine,
    chevron,
    put,
    put_lines,
)
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font, Sheet, Zone
from ui.detail.page.typography import Typography
from ui.detail.value_text import as_text, preview
from ui.theme import UNIT

MOST_SHOWN = 200
_DEEPEST_INDENT = 12
_SHORT = 28


class ValueRow(Row):
    """A name and its value. A value that does not fit is cut, and opens to all of it."""

    __slots__ = ("activate", "column", "depth", "font", "label", "nested", "opened", "value")

    def __init__(
        self,
        key: Hashable,
        label: str,
        value: Any,
        *,
        column: int,
        font: Font,
        depth: int,
        opened: bool,
        activate: Action,
        menu: Iterable[MenuEntry],
    ) -> None:
        super().__init__(key, f"{one_line(label, 80)}: {preview(value, 120)}", tuple(menu))
        self.label = label
        self.value = value
        self.column = column
        self.font = font
        self.depth = depth
        self.opened = opened
        self.activate = activate
        self.nested = isinstance(value, (dict, list, tuple)) and bool(value)

    def height(self, type_: Typography, width: int) -> float:
        if self.opened and not self.nested:
            return self.sheet(type_, width).height
        return type_.leading(self.font) + 2

    def folded(self) -> Folded | None:
        if self.opened or not self.nested:
            return None
        value = self.value
        return Folded(lambda: as_text(value), self.activate)

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        line = type_.leading(self.font) + 2
        sheet = Sheet(height=line)
        left = MARGIN + self.depth * INDENT
        baseline = type_.baseline(self.font, line)
        x = self._value_left(type_, width)
        put(
            sheet,
            type_,
            left,
            baseline,
            one_line(self.label),
            self.font,
            "text_muted",
            room=x - left - UNIT,
            whole=self.label,
        )
        if self.opened and not self.nested:
            self._put_whole(sheet, type_, x, width)
        else:
            shown = preview(self.value)
            colour = "text_faint" if self.value is None or self.value in ("", {}, []) else "text"
            put(
                sheet,
                type_,
                x,
                baseline,
                shown or "empty",
                self.font,
                colour,
                room=width - MARGIN - x,
                whole=as_text(self.value) if not self.nested else None,
            )
        cut = not self.nested and (
            sheet.spans[-1].text != self.value if isinstance(self.value, str) else False
        )
        if self.nested or self.opened or (cut and self.value):
            if self.nested:
                chevron(sheet, left, line, self.opened)
            area = QRectF(left - 2.5 * UNIT, 0, width - MARGIN - left + 3.5 * UNIT, sheet.height)
            sheet.zones.append(Zone(area, self.name, self.activate, self.opened))
        return sheet

    def _value_left(self, type_: Typography, width: int) -> float:
        widest = type_.column if self.font is Font.CODE else type_.advance("n", self.font)
        left = MARGIN + self.depth * INDENT
        room = (width - MARGIN - left) * 0.4
        return round(left + min(self.column * widest + 2 * UNIT, room))

    def _put_whole(self, sheet: Sheet, type_: Typography, x: float, width: int) -> None:
        shown, left_out = clipped(as_text(self.value), LONGEST_SHOWN)
        lines, complete = type_.wrap(shown, self.font, width - MARGIN - x, MOST_LINES)
        put_lines(sheet, type_, lines, x, 1.0, self.font, "text")
        sheet.height = 2 + len(lines) * type_.leading(self.font)
        if left_out or not complete:
            note = f"… {plural(left_out, 'more character')}" if left_out else "… more"
            baseline = sheet.height + type_.baseline(Font.SMALL, type_.leading(Font.SMALL))
            put(
                sheet,
                type_,
                x,
                baseline,
                f"{note}: copy it to see all",
                Font.SMALL,
                "text_faint",
                before="\n",
            )
            sheet.height += type_.leading(Font.SMALL)


class Tree:
    """Makes the rows of nested values, and remembers which of them are open."""

    def __init__(self, section: Section, name: str, font: Font = Font.CODE) -> None:
        self._section = section
        self._name = name
        self._font = font
        self._opened: set[Hashable] = set()
        self._all_shown: set[Hashable] = set()

    def rows(
        self, values: Mapping[str, Any], *, depth: int = 0, path: tuple[Hashable, ...] = ()
    ) -> list[Row]:
        """One row for each name, and those of what is open below it."""
        return self._rows([(str(name), value) for name, value in values.items()], depth, path)

    def _rows(self, pairs: list[tuple[str, Any]], depth: int, path: tuple[Hashable, ...]) -> list[Row]:
        everything = path in self._all_shown
        shown = pairs if everything else pairs[:MOST_SHOWN]
        column = max((len(name) for name, _ in shown if len(name) <= _SHORT), default=8)
        rows: list[Row] = []
        for number, (name, value) in enumerate(shown):
            here = (*path, number)
            opened = here in self._opened
            rows.append(self._row(here, name, value, column, depth, opened))
            if opened and isinstance(value, (dict, list, tuple)):
                rows += self._rows(_children(value), min(depth + 1, _DEEPEST_INDENT), here)
        if len(pairs) > len(shown):
            rows.append(self._rest(path, pairs[len(shown) :], depth))
        return rows

    def _row(
        self, path: tuple[Hashable, ...], name: str, value: Any, column: int, depth: int, opened: bool
    ) -> ValueRow:
        def activate() -> None:
            self._opened ^= {path}
            self._section.host.rebuild(self._section)

        menu = (
            MenuEntry("Copy value", lambda: self._section.host.copy(as_text(value), name[:60])),
            MenuEntry("Copy name", lambda: self._section.host.copy(name, "Name")),
        )
        return ValueRow(
            (self._name, path),
            name,
            value,
            column=column,
            font=self._font,
            depth=depth,
            opened=opened,
            activate=activate,
            menu=menu,
        )

    def _rest(self, path: tuple[Hashable, ...], rest: list[tuple[str, Any]], depth: int) -> TextLine:
        def activate() -> None:
            self._all_shown.add(path)
            self._section.host.rebuild(self._section)

        pieces = [(f"{len(rest):,} more", Font.SMALL, "accent")]
        return TextLine(
            (self._name, path, "rest"),
            pieces,
            indent=depth * INDENT,
            activate=activate,
            opened=False,
            hidden=lambda: as_text(dict(rest)),
        )


def _children(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [(str(name), child) for name, child in value.items()]
    return [(str(number), child) for number, child in enumerate(value)]
