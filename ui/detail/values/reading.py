"""One value of an event: what it is, and what it holds.

It is JSON, or a `python_repr.Value` where the client sent text that is read as one. Only as much is read as
is asked for, however big it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from msgspec import Struct

from app import python_repr
from app.python_repr import Kind, Value
from ui.detail.values.dialect import Dialect, Strings
from ui.detail.values.remarks import is_mark

SHORT = 4_000
_REMEMBERED = 64
_BRACKETED = ("(", "[", "{", "<")
_NESTED = frozenset((Kind.LIST, Kind.TUPLE, Kind.SET, Kind.DICT, Kind.CALL))
_NAMES = {Kind.LIST: "list", Kind.TUPLE: "tuple", Kind.SET: "set", Kind.DICT: "dict"}


class Child(Struct, frozen=True):
    """One item of a value: its name as it is shown, and the step of a path that leads to it."""

    name: str
    step: str | int | None
    value: Any


def understood(value: Any, dialect: Dialect, *, whole: bool = True) -> Any:
    """`value`, read if it is text that Python printed; otherwise as it is. `whole`: however long it is."""
    if not isinstance(value, str) or dialect.strings in (Strings.PLAIN, Strings.QUOTED):
        return value
    if dialect.strings is Strings.STR and not value.startswith(_BRACKETED):
        return value
    if is_mark(value):
        return Value(Kind.NAME, value)
    read = python_repr.read(value) if whole and len(value) > SHORT else _read_short(value[:SHORT])
    if read is None:
        return Value(Kind.NAME, value)
    return read


# A row asks when it is made, counted and painted: reading a list of a hundred takes a millisecond.
@lru_cache(maxsize=_REMEMBERED)
def _read_short(text: str) -> Value | None:
    return python_repr.read(text)


def is_nested(value: Any) -> bool:
    """Whether an understood value has items."""
    if isinstance(value, Value):
        return value.kind in _NESTED and bool(value.items)
    return isinstance(value, (dict, list, tuple)) and bool(value)


def type_name(value: Any, dialect: Dialect) -> str:
    """`dict`, `list`, or the name of a class; empty for what has no items."""
    if isinstance(value, Value):
        return value.text if value.kind is Kind.CALL else _NAMES.get(value.kind, "")
    if isinstance(value, dict):
        return dialect.mapping
    return dialect.sequence if isinstance(value, (list, tuple)) else ""


def count(value: Any) -> int:
    """How many items an understood value has."""
    return len(value.items) if isinstance(value, Value) else len(value)


def children(value: Any, dialect: Dialect, start: int = 0, stop: int | None = None) -> Iterator[Child]:
    """Its items from `start` to `stop`, in order."""
    if isinstance(value, Value):
        for number, (key, item) in islice(enumerate(value.items), start, stop):
            yield _of_text(value, number, key, item)
    elif isinstance(value, Mapping):
        for key, item in islice(value.items(), start, stop):
            name = _key(str(key), dialect)
            yield Child(name, name, item)
    elif isinstance(value, Sequence):
        for number, item in islice(enumerate(value), start, stop):
            yield Child(str(number), number, item)


def _of_text(holder: Value, number: int, key: Value | str | None, item: Value) -> Child:
    if isinstance(key, Value):
        step = key.text if key.kind is Kind.TEXT else int(key.text) if key.text.isdecimal() else None
        return Child(key.text if key.kind is Kind.TEXT else written(key), step, item)
    if key is not None:
        return Child(key, key, item)
    return Child(str(number), number if holder.kind in (Kind.LIST, Kind.TUPLE) else None, item)


def _key(name: str, dialect: Dialect) -> str:
    """A name; raven-python sends the `repr` of those, too."""
    if dialect.strings is Strings.REPR and name[:1] in ("'", '"'):
        read = python_repr.read(name)
        return read.text if read is not None and read.kind is Kind.TEXT else name
    return name


def written(value: Value) -> str:
    """A value as Python writes it."""
    if value.kind is Kind.TEXT:
        return repr(value.text)
    if value.kind is Kind.BYTES:
        return f'b"{value.text}"' if "'" in value.text else f"b'{value.text}'"
    if value.kind not in _NESTED:
        return value.text
    opening, closing = {
        Kind.LIST: ("[", "]"),
        Kind.TUPLE: ("(", ")"),
        Kind.CALL: (f"{value.text}(", ")"),
    }.get(value.kind, ("{", "}"))
    items = [_written_item(key, item) for key, item in value.items]
    if value.cut:
        items.append("...")
    elif value.kind is Kind.TUPLE and len(items) == 1:
        items.append("")
    return opening + ", ".join(items).replace(", )", ",)") + closing


def _written_item(key: Value | str | None, item: Value) -> str:
    if isinstance(key, Value):
        return f"{written(key)}: {written(item)}"
    return written(item) if key is None else f"{key}={written(item)}"
