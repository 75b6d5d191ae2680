"""Names and values in two columns; what is nested or long opens in place, and all of it can be searched."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from app.plain_text import one_line, plural
from app.python_repr import Value
from ui.detail.page.heading import Control
from ui.detail.page.rows import INDENT, MenuEntry, Row
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.sections.value_row import RowState, Setting, ValueRow
from ui.detail.values import copies, reading, search
from ui.detail.values.dialect import PLAIN, Dialect
from ui.detail.values.remarks import Path
from ui.detail.values.search import Found, Place

MOST_SHOWN = 200
# Fewer values without any within them are seen at a glance.
SEARCHED_FROM = 10
MORE_AT_ONCE = 1_000
_DEEPEST_INDENT = 12
_SHORT = 28
_Steps = tuple[str | int | None, ...]


class Tree:
    """Makes the rows of nested values, and remembers which of them are open.

    Without a dialect, strings stand without quotes and nothing has a colour: for names with words. `root` is
    what paths begin with; `remarks` say, by path, what the client did to a value.
    """

    def __init__(
        self,
        section: Section,
        name: str,
        font: Font = Font.CODE,
        *,
        dialect: Dialect = PLAIN,
        root: str = "",
        remarks: Mapping[Path, str] | None = None,
    ) -> None:
        self._section = section
        self._name = name
        self._font = font
        self._dialect = dialect
        self._root = root
        self._remarks = remarks or {}
        self._toggled: set[Hashable] = set()
        self._shown: dict[Place, int] = {}
        self._slices: dict[Place, int] = {}
        self._values: Mapping[str, Any] = {}
        self._needle = ""
        self._found: Found | None = None

    def rows(self, values: Mapping[str, Any], *, depth: int = 0) -> list[Row]:
        """One row for each name, and those of what is open below it."""
        self._values = values
        if self._found is not None:
            return self._found_rows(self._found, depth)
        return self._level(values, (), (), depth)

    def search_control(self, values: Mapping[str, Any] | None) -> Control | None:
        """The word for a heading that searches `values` in the tree, and ends the search.

        None where all of them are seen at a glance.
        """
        if not values or (len(values) < SEARCHED_FROM and not any(map(_holds_others, values.values()))):
            return None
        if self._needle:
            return Control(
                f"“{one_line(self._needle, 30)}” ✕", lambda: self.search(""), "End the search", on=True
            )
        return Control("Search", self._ask, "Search names and values")

    def _ask(self) -> None:
        self._section.host.enter_text("Search names and values", self._needle, self.search)

    def search(self, needle: str) -> None:
        """Show only what contains `needle`, and what holds it; everything again where that is empty."""
        self._needle = needle
        if not needle:
            self._take(needle, None)
            return
        values, dialect = self._values, self._dialect
        self._section.host.in_background(
            lambda: search.find(values, needle, dialect), lambda found: self._take(needle, found)
        )

    def _take(self, needle: str, found: Found | None) -> None:
        if needle == self._needle:
            self._found = found
            self._section.host.rebuild(self._section)

    def _found_rows(self, found: Found, depth: int) -> list[Row]:
        rows = self._level(self._values, (), (), depth)
        if not found.matches:
            rows.append(self._note(f"Nothing contains “{one_line(self._needle, 60)}”", depth))
        elif found.more:
            rows.append(self._note(f"The first {plural(len(found.matches), 'match', 'matches')}", depth))
        return rows

    def _note(self, text: str, depth: int) -> TextLine:
        return TextLine((self._name, "note"), [(text, Font.SMALL, "text_faint")], indent=depth * INDENT)

    def _level(
        self, holder: Any, place: Place, steps: _Steps, depth: int, *, all_of_it: bool = False
    ) -> list[Row]:
        """The items of one value. `all_of_it`: it is within what was searched for."""
        found = None if all_of_it else self._found
        items = self._items(holder, place, found)
        column = max((len(child.name) for _, child in items if len(child.name) <= _SHORT), default=8)
        set_ = Setting(column, self._font, depth, self._dialect)
        rows: list[Row] = []
        for here, child in items:
            rows += self._item(here, child, (*steps, child.step), set_, found)
        left = 0 if found is not None else reading.count(holder) - len(items)
        if left > 0:
            rows.append(self._rest(holder, place, left, depth))
        return rows

    def _items(self, holder: Any, place: Place, found: Found | None) -> list[tuple[Place, reading.Child]]:
        if found is not None:
            return found.below(place)
        shown = self._shown.get(place, MOST_SHOWN)
        return [
            ((*place, number), child)
            for number, child in enumerate(reading.children(holder, self._dialect, 0, shown))
        ]

    def _item(
        self, here: Place, child: reading.Child, steps: _Steps, set_: Setting, found: Found | None
    ) -> Iterable[Row]:
        holds = found is not None and here in found.holders
        opened = holds != (here in self._toggled)
        matches = found is not None and here in found.matches
        state = RowState(opened, matches, self._slices.get(here, 1), self._remark(steps))
        row = self._row(here, child, steps, set_, state)
        if not opened or not row.nested:
            return [row]
        value = reading.understood(child.value, self._dialect)
        below = self._level(
            value,
            here,
            steps,
            min(set_.depth + 1, _DEEPEST_INDENT),
            all_of_it=found is None or not holds,
        )
        return [row, *below]

    def _remark(self, steps: _Steps) -> str:
        return self._remarks.get(tuple(map(str, steps)), "") if self._remarks else ""

    def _row(
        self, place: Place, child: reading.Child, steps: _Steps, set_: Setting, state: RowState
    ) -> ValueRow:
        def activate() -> None:
            self._toggled ^= {place}
            self._section.host.rebuild(self._section)

        def more() -> None:
            self._slices[place] = state.slices + 1
            self._section.host.rebuild(self._section)

        return ValueRow(
            (self._name, place),
            child.name,
            child.value,
            set_=set_,
            state=state,
            activate=activate,
            more=more,
            menu=self._menu(child, steps),
        )

    def _menu(self, child: reading.Child, steps: _Steps) -> Iterable[MenuEntry]:
        copy, dialect, value = self._section.host.copy, self._dialect, child.value
        yield MenuEntry("Copy value", lambda: copy(copies.value_text(value, dialect), child.name[:60]))
        yield MenuEntry("Copy name", lambda: copy(child.name, "Name"))
        yield MenuEntry("Copy path", lambda: copy(copies.path_text(self._root, steps), "Path"))
        if isinstance(value, (dict, list, tuple, Value)) or dialect.is_python:
            yield MenuEntry("Copy as JSON", lambda: copy(copies.json_text(value, dialect), "JSON"))
        if dialect.is_python:
            yield MenuEntry("Copy as Python", lambda: copy(copies.python_text(value, dialect), "Python"))

    def _rest(self, holder: Any, place: Place, number: int, depth: int) -> TextLine:
        shown = self._shown.get(place, MOST_SHOWN)

        def hidden() -> str:
            rest = reading.children(holder, self._dialect, shown)
            return "\n".join(f"{child.name} {copies.json_text(child.value, self._dialect)}" for child in rest)

        def activate() -> None:
            self._shown[place] = shown + MORE_AT_ONCE
            self._section.host.rebuild(self._section)

        pieces = [(f"{number:,} more", Font.SMALL, "accent")]
        return TextLine(
            (self._name, place, "rest"),
            pieces,
            indent=depth * INDENT,
            activate=activate,
            opened=False,
            hidden=hidden,
            hint=True,
        )


def _holds_others(value: Any) -> bool:
    return isinstance(value, Mapping | list | tuple) and bool(value)
