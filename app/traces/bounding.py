"""Bounds what spans and lines say: texts are cut, and of what is nested deep or wide the beginning stays."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

LONGEST_TEXT = 4_000
LONGEST_NAME = 500
MOST_VALUES = 60
DEEPEST = 4
_NOTHING: tuple[Any, ...] = ({}, [])
# The whole numbers that MessagePack has.
_LEAST, _GREATEST = -(1 << 63), (1 << 64) - 1


def text(value: str, longest: int = LONGEST_TEXT) -> str:
    """`value`, its beginning if it is long, and without what cannot be encoded."""
    if len(value) > longest:
        value = f"{value[:longest]}…"
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


def name(value: str) -> str:
    """The same for a name, an id, a word."""
    return text(value, LONGEST_NAME)


def values(given: Mapping[str, Any], depth: int = DEEPEST) -> dict[str, Any]:
    """The first of these values, each bounded; those that say nothing are left out."""
    return {
        key if type(key) is str and len(key) <= LONGEST_NAME and key.isascii() else name(str(key)): _value(
            value, depth
        )
        for key, value in islice(given.items(), MOST_VALUES)
        if value is not None and value not in _NOTHING
    }


def _value(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return text(value)
    if isinstance(value, bool | float) or value is None:
        return value
    if isinstance(value, int):
        return value if _LEAST <= value <= _GREATEST else text(hex(value))
    if depth == 0:
        return "…"
    if isinstance(value, dict):
        return values(value, depth - 1)
    if isinstance(value, list | tuple):
        return [_value(item, depth - 1) for item in value[:MOST_VALUES]]
    return text(str(value))
