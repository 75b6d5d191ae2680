"""A value on one line, as pieces of text with a colour by what each is."""

from typing import Any

from app.plain_text import one_line
from app.python_repr import Kind, Value
from ui.detail.values import reading
from ui.detail.values.dialect import Dialect, Strings
from ui.detail.values.remarks import is_mark

LONGEST = 240
_DEEPEST = 3
TEXT, NUMBER, CONSTANT, OTHER = "syntax_string", "syntax_number", "syntax_keyword", "text"
NAME, PUNCTUATION, REMARK = "text_muted", "text_faint", "text_faint"

Piece = tuple[str, str]
# JSON has no such numbers: where an app sends one all the same, it is read as its name.
_NO_FINITE_NUMBER = frozenset(("NaN", "Infinity", "-Infinity"))


def of(value: Any, dialect: Dialect, limit: int = LONGEST) -> list[Piece]:
    """The beginning of `value`, at most about `limit` characters of it: texts, and tokens of the theme."""
    found: list[Piece] = []
    _write(reading.understood(value, dialect, whole=False), dialect, found, limit, 0)
    return found


def _write(value: Any, dialect: Dialect, found: list[Piece], room: int, depth: int) -> int:
    """Appends a value; returns the room that is left."""
    if room <= 0:
        return 0
    if reading.is_nested(value):
        return _write_nested(value, dialect, found, room, depth)
    text, colour = _leaf(value, dialect, room, within=depth > 0)
    found.append((text, colour))
    return room - len(text)


def _leaf(value: Any, dialect: Dialect, room: int, *, within: bool) -> Piece:
    if isinstance(value, Value):
        return _read_leaf(value, room)
    if isinstance(value, str):
        if is_mark(value):
            return one_line(value, room), REMARK
        if value in _NO_FINITE_NUMBER and (within or dialect.strings is Strings.QUOTED):
            return value, NUMBER
        if dialect.strings is Strings.QUOTED:
            return quoted(value, room, '"'), TEXT
        # Among others, words need quotes to be told apart.
        return quoted(value, room, '"') if within else one_line(value, room), OTHER
    if value is None:
        return dialect.null, CONSTANT
    if isinstance(value, bool):
        return dialect.true if value else dialect.false, CONSTANT
    if isinstance(value, (dict, list, tuple)):
        return "{}" if isinstance(value, dict) else "[]", PUNCTUATION
    return number(value)[:room], NUMBER


def number(value: Any) -> str:
    """A number in decimal, or in hexadecimal where Python is not willing to write so many digits."""
    try:
        return str(value)
    except ValueError:
        return hex(value)


def _read_leaf(value: Value, room: int) -> Piece:
    match value.kind:
        case Kind.TEXT:
            return quoted(value.text, room, "'", cut=value.cut), TEXT
        case Kind.BYTES:
            return "b" + quoted(value.text, room, "'", cut=value.cut), TEXT
        case Kind.NUMBER:
            return value.text[:room], NUMBER
        case Kind.CONSTANT:
            return value.text, CONSTANT
        case Kind.NAME if is_mark(value.text):
            return one_line(value.text, room), REMARK
        case Kind.NAME | Kind.OBJECT:
            return one_line(value.text, room), OTHER
        case _:
            return reading.written(value)[:room], PUNCTUATION if value.kind is not Kind.CALL else OTHER


def quoted(text: str, room: int, quote: str, *, cut: bool = False) -> str:
    """The beginning of a string, in quotes; without the second one where it goes on."""
    shown = one_line(text, room)
    return f"{quote}{shown}" + ("…" if cut or len(text) > room else quote)


def _write_nested(value: Any, dialect: Dialect, found: list[Piece], room: int, depth: int) -> int:
    opening, closing = _brackets(value)
    found.append((opening, OTHER if len(opening) > 1 else PUNCTUATION))
    room -= len(opening)
    if depth > _DEEPEST:
        found.append(("…", PUNCTUATION))
    else:
        names = isinstance(value, dict) or (isinstance(value, Value) and value.kind is Kind.DICT)
        is_set = isinstance(value, Value) and value.kind is Kind.SET
        for place, child in enumerate(reading.children(value, dialect)):
            if place:
                found.append((", ", PUNCTUATION))
            if room <= 0:
                found.append(("…", PUNCTUATION))
                break
            if not is_set and (names or not child.name.isdecimal()):
                name = one_line(child.name, min(room, 80))
                found += [(name, NAME), (": " if names else "=", PUNCTUATION)]
                room -= len(name)
            item = reading.understood(child.value, dialect, whole=False)
            room = _write(item, dialect, found, room - 2, depth + 1)
    if isinstance(value, Value) and value.cut:
        found.append((", …", PUNCTUATION))
    found.append((closing, PUNCTUATION))
    return room


def _brackets(value: Any) -> tuple[str, str]:
    if isinstance(value, Value):
        if value.kind is Kind.CALL:
            return f"{one_line(value.text, 80)}(", ")"
        return {Kind.LIST: ("[", "]"), Kind.TUPLE: ("(", ")")}.get(value.kind, ("{", "}"))
    return ("{", "}") if isinstance(value, dict) else ("[", "]")
