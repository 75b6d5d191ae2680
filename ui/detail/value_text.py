"""Values of an event as text: whole, to be copied; or the beginning, to be shown."""

from typing import Any

from msgspec import json

from app.plain_text import one_line

LONGEST_PREVIEW = 240


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


def size_text(size: int, unit: str = "B") -> str:
    """`1536` as `1.5 kB`."""
    amount = float(size)
    for prefix in ("", "k", "M", "G"):
        if amount < 1000 or prefix == "G":
            digits = 0 if not prefix or amount >= 100 else 1
            return f"{amount:.{digits}f} {prefix}{unit}"
        amount /= 1000
    raise AssertionError("unreachable")
