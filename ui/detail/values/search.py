"""Searches names and values of a tree, however big: bounded, and fit to run off the UI thread."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from app.python_repr import Value
from ui.detail.values import reading
from ui.detail.values.dialect import Dialect
from ui.detail.values.pieces import number

MOST_FOUND = 500
MOST_READ = 300_000

Place = tuple[int, ...]


class Found(Struct, frozen=True):
    """The places of what matches, and of what holds one, with the items there.

    `more`: not everything was searched.
    """

    matches: frozenset[Place]
    holders: frozenset[Place]
    items: dict[Place, reading.Child]
    more: bool = False

    def below(self, place: Place) -> list[tuple[Place, reading.Child]]:
        """What is shown of the items directly below a place, in order."""
        length = len(place) + 1
        return sorted(
            (
                (here, child)
                for here, child in self.items.items()
                if len(here) == length and here[:-1] == place
            ),
            key=lambda item: item[0],
        )


def find(values: Mapping[str, Any], needle: str, dialect: Dialect) -> Found:
    """Every name and every value without items that contains `needle`, in any case.

    A place is the number of an item among its siblings, for each level.
    """
    wanted = needle.casefold()
    matches: list[Place] = []
    items: dict[Place, reading.Child] = {}
    left = MOST_READ
    waiting: list[tuple[Any, Place]] = [(values, ())]
    while waiting and left > 0 and len(matches) < MOST_FOUND:
        holder, place = waiting.pop()
        nested = []
        for index, child in enumerate(reading.children(holder, dialect)):
            left -= 1
            if left <= 0 or len(matches) >= MOST_FOUND:
                break
            here = (*place, index)
            value = reading.understood(child.value, dialect)
            if reading.is_nested(value):
                items[here] = child
                nested.append((value, here))
                if wanted in child.name.casefold() or wanted in reading.type_name(value, dialect).casefold():
                    matches.append(here)
            elif wanted in child.name.casefold() or wanted in _text(value, dialect).casefold():
                matches.append(here)
                items[here] = child
        waiting += reversed(nested)
    holders = {place[:length] for place in matches for length in range(1, len(place))}
    shown = {place: items[place] for place in (*matches, *holders)}
    more = bool(waiting) or left <= 0 or len(matches) >= MOST_FOUND
    return Found(frozenset(matches), frozenset(holders), shown, more)


def _text(value: Any, dialect: Dialect) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Value):
        return value.text
    if value is None:
        return dialect.null
    if isinstance(value, bool):
        return dialect.true if value else dialect.false
    return number(value)
