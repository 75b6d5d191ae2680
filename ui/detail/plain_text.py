"""Text from outside, made safe to show: nothing hidden, nothing endless.

An event holds whatever the failing app, or whoever attacked it, put there. Control characters, bidi
overrides and broken surrogates are shown as visible marks, so that the page never shows a text in another
order than it has. What is copied is always the original.
"""

import unicodedata
from typing import Any

from msgspec import json

LONGEST_PREVIEW = 240
_KEPT_FORMATS = frozenset("\u200c\u200d")  # joiners: scripts and emoji need them, and they hide nothing
_KEPT_SPACES = frozenset("\n\t\u00a0\u202f\u3000")


def plain(text: str) -> str:
    """`text` with every character that cannot be seen replaced by one that can."""
    if text.isprintable():
        return text
    return "".join(_visible(character) for character in text).expandtabs(4)


def _visible(character: str) -> str:
    if character.isprintable() or character in _KEPT_SPACES or character in _KEPT_FORMATS:
        return character
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    if category == "Zs":
        return " "
    return f"‹{ord(character):02X}›"


def one_line(text: str, limit: int = LONGEST_PREVIEW) -> str:
    """The beginning of `text` on one line, for a place where it is cut anyway."""
    return " ".join(plain(text[:limit].replace("\r", "")).split("\n"))


def clipped(text: str, limit: int) -> tuple[str, int]:
    """The first `limit` characters, and how many more there are."""
    return plain(text[:limit].replace("\r\n", "\n")), max(0, len(text) - limit)


def as_text(value: Any) -> str:
    """Any value of an event as the text to copy: strings as they are, all else as JSON."""
    if isinstance(value, str):
        return value
    try:
        return json.format(json.encode(value), indent=2).decode()
    except (TypeError, ValueError, RecursionError):
        return repr(value)


def preview(value: Any, limit: int = LONGEST_PREVIEW) -> str:
    """A value on one line. Only as much of it is read as can be shown, however big it is."""
    pieces: list[str] = []
    _write_preview(value, pieces, limit, depth=0)
    return one_line("".join(pieces), limit)


def _write_preview(value: Any, pieces: list[str], room: int, depth: int) -> int:
    if room <= 0:
        return 0
    if isinstance(value, dict):
        return _write_items(value.items(), "{}", pieces, room, depth)
    if isinstance(value, (list, tuple)):
        return _write_items(((None, item) for item in value), "[]", pieces, room, depth)
    piece = _scalar(value, quoted=depth > 0, limit=room)
    pieces.append(piece)
    return room - len(piece)


def _write_items(items: Any, brackets: str, pieces: list[str], room: int, depth: int) -> int:
    pieces.append(brackets[0])
    if depth > 3:
        pieces.append("…")
    else:
        for number, (key, item) in enumerate(items):
            if number:
                pieces.append(", ")
            if room <= 0:
                pieces.append("…")
                break
            if key is not None:
                name = str(key)[:room]
                pieces.append(f"{name}: ")
                room -= len(name)
            room = _write_preview(item, pieces, room - 2, depth + 1)
    pieces.append(brackets[1])
    return room


def _scalar(value: Any, *, quoted: bool, limit: int) -> str:
    if isinstance(value, str):
        text = value[:limit]
        return f'"{text}"' if quoted and text[:1] not in ("'", '"') else text
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        return str(value)[:limit]
    except ValueError:  # an integer of more digits than Python is willing to write in decimal
        return hex(value)[:limit]


def size_in_words(size: int, unit: str = "B") -> str:
    """`1536` as `1.5 kB`."""
    amount = float(size)
    for prefix in ("", "k", "M", "G"):
        if amount < 1000 or prefix == "G":
            digits = 0 if not prefix or amount >= 100 else 1
            return f"{amount:.{digits}f} {prefix}{unit}"
        amount /= 1000
    raise AssertionError("unreachable")


def count_of(number: int, noun: str, plural: str | None = None) -> str:
    """`1 frame`, `14 frames`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
