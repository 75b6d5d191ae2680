"""The source lines around a frame, in the shapes that clients send them in, as (number, text)."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.protocols.wire import lenient_json

Lines = tuple[tuple[int, str], ...]


def around(
    line: int | None, before: Sequence[str] | None, own: str | None, after: Sequence[str] | None
) -> Lines:
    """Lines before and after the frame's own, which has the number `line`."""
    if line is None or own is None:
        return ()
    lines = [*(before or ()), own, *(after or ())]
    return tuple(enumerate(lines, line - len(before or ())))


def numbered(lines: Mapping[str, Any] | None) -> Lines:
    """``{"12": "text"}``, in order and without line ends; what has no number for a key is left out."""
    found = [
        (int(number), lenient_json.as_text(text).rstrip("\r\n"))
        for number, text in (lines or {}).items()
        if number.isascii() and number.isdigit() and len(number) < 10 and text is not None
    ]
    return tuple(sorted(found))
