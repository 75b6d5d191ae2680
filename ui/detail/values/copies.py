"""Values as text to copy: as JSON, as Python, and the path that leads to one."""

from collections.abc import Sequence
from typing import Any

from app.python_repr import Kind, Value
from ui.detail.value_text import as_text
from ui.detail.values import reading
from ui.detail.values.dialect import Dialect, Strings

_DEEPEST = 200


def path_text(root: str, steps: Sequence[str | int | None]) -> str:
    """`cart.items[2].price`, as the languages write it; what is no name stands in brackets."""
    written = root
    for step in steps:
        if isinstance(step, str) and step.isidentifier():
            written += f".{step}" if written else step
        else:
            written += "[…]" if step is None else f"[{step!r}]"
    return written


def value_text(value: Any, dialect: Dialect) -> str:
    """What is copied as the value: a string's content, all else as it is written."""
    if isinstance(value, str) and dialect.strings in (Strings.REPR, Strings.STR):
        read = reading.understood(value, dialect)
        return read.text if isinstance(read, Value) and read.kind is Kind.TEXT and not read.cut else value
    if isinstance(value, Value):
        return value.text if value.kind is Kind.TEXT else reading.written(value)
    return json_text(value, dialect) if dialect.strings in (Strings.REPR, Strings.STR) else as_text(value)


def json_text(value: Any, dialect: Dialect) -> str:
    """The value as JSON; what JSON has no form for is text."""
    return as_text(_plain(value, dialect, 0))


def _plain(value: Any, dialect: Dialect, depth: int) -> Any:
    value = reading.understood(value, dialect)
    if depth > _DEEPEST:
        return "…"
    if isinstance(value, dict):
        return {
            child.name: _plain(child.value, dialect, depth + 1) for child in reading.children(value, dialect)
        }
    if isinstance(value, (list, tuple)):
        return [_plain(item, dialect, depth + 1) for item in value]
    return _plain_read(value, dialect, depth) if isinstance(value, Value) else value


def _plain_read(value: Value, dialect: Dialect, depth: int) -> Any:
    match value.kind:
        case Kind.TEXT:
            return value.text
        case Kind.NUMBER:
            return _number(value.text)
        case Kind.CONSTANT if value.text in ("None", "True", "False"):
            return {"None": None, "True": True, "False": False}[value.text]
        case Kind.LIST | Kind.TUPLE | Kind.SET:
            return [_plain(item, dialect, depth + 1) for _, item in value.items]
        case Kind.DICT:
            return {
                child.name: _plain(child.value, dialect, depth + 1)
                for child in reading.children(value, dialect)
            }
    return reading.written(value)


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            number = kind(text)
        except ValueError:
            continue
        # JSON has no infinity, and what is longer than this is not an integer to other languages.
        return number if abs(number) < float("inf") and len(text) < 4_000 else text
    return text


def python_text(value: Any, dialect: Dialect) -> str:
    """The value as a Python literal, or as near to one as what was sent."""
    value = reading.understood(value, dialect)
    if isinstance(value, Value):
        return reading.written(value)
    if isinstance(value, dict):
        items = (
            f"{child.name!r}: {python_text(child.value, dialect)}"
            for child in reading.children(value, dialect)
        )
        return "{" + ", ".join(items) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(python_text(item, dialect) for item in value) + "]"
    return repr(value)
