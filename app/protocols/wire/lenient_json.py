"""Decodes JSON that breaks small rules into values that can be shown and encoded again.

`decode` is the second try, after a strict and fast decoder has refused. It accepts NaN, bare control
characters, lone surrogates, invalid UTF-8, numbers of any size and repeated keys, and reports each.
What is broken beyond that is left to `broken_json`.
"""

import json
import math
import re
from collections import Counter
from typing import Any

from app.protocols.wire import charset

DEPTH = 64
_DIGITS = 300
_SPACE = re.compile(r"[ \t\r\n]*")
_LATIN_LETTER = re.compile(rb"(?<=[A-Za-z])[\xc0-\xff]|[\xc0-\xff](?=[A-Za-z])")
_NO_ASCII = bytes(range(128))


def decode(payload: bytes) -> tuple[Any, list[str]]:
    """The value, and what was wrong with it.

    Raises `ValueError` for what is no JSON at all, or is nested too deep.
    """
    problems: dict[str, None] = {}
    text = as_unicode(payload, problems)
    value, end = decode_first(text, problems)
    if end != len(text):
        raise ValueError(f"there is more behind its end, from character {end + 1} on")
    return clean(value, problems), list(problems)


def as_unicode(payload: bytes, problems: dict[str, None]) -> str:
    """`payload` as text without byte order mark; bytes that are no UTF-8 become Latin letters or U+FFFD."""
    wide = charset.wide(payload)
    if wide is not None:
        return payload.decode(wide, "replace").lstrip("\ufeff")
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if len(_LATIN_LETTER.findall(payload)) == len(payload.translate(None, _NO_ASCII)):
        problems["The JSON is not valid UTF-8; it is read as Latin-1."] = None
        return payload.decode("latin-1")
    problems["The JSON is not valid UTF-8; the wrong bytes are shown as \ufffd."] = None
    return payload.decode("utf-8-sig", "replace")


def decode_first(text: str, problems: dict[str, None]) -> tuple[Any, int]:
    """The value at the beginning of `text`, not yet cleaned, and the index after the blanks that follow it.

    Raises `ValueError` for what is no JSON, or is nested too deep.
    """
    try:
        value, end = _decoder(problems).raw_decode(text, _skip_space(text, 0))
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    return value, _skip_space(text, end)


def _skip_space(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start


def _decoder(problems: dict[str, None]) -> json.JSONDecoder:
    def note(problem: str) -> None:
        problems[problem] = None

    def constant(name: str) -> str:
        note(f"{name} is not a JSON number; it is shown as text.")
        return name

    def integer(digits: str) -> int | str:
        if len(digits) <= _DIGITS:
            return int(digits)
        note(f"A number has {len(digits)} digits; it is kept as text.")
        return digits

    def fraction(digits: str) -> float | str:
        value = float(digits)
        if math.isfinite(value):
            return value
        note(f"The number {digits[:40]} is too large; it is kept as text.")
        return digits

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) < len(pairs):
            keys = Counter(key for key, _value in pairs)
            twice = sorted(key for key, times in keys.items() if times > 1)[:3]
            note(f"The JSON repeats {', '.join(map(repr, twice))}; the last value counts.")
        return value

    return json.JSONDecoder(
        strict=False,
        parse_constant=constant,
        parse_int=integer,
        parse_float=fraction,
        object_pairs_hook=mapping,
    )


def clean(value: Any, problems: dict[str, None] | None = None, depth: int = DEPTH) -> Any:
    """`value` without lone surrogates, and no deeper than `depth`: what is deeper becomes text."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, (dict, list)):
        if depth == 0:
            if problems is not None:
                problems[f"Values nested deeper than {DEPTH} levels are shown as text."] = None
            return as_text(value)
        if isinstance(value, list):
            return [clean(item, problems, depth - 1) for item in value]
        return {clean_text(key): clean(item, problems, depth - 1) for key, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def clean_text(text: str) -> str:
    """`text` that can be written as UTF-8: lone surrogates become U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def too_deep(value: Any, depth: int = DEPTH) -> bool:
    """Whether `value` is nested deeper than `depth` levels."""
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return False
    if depth == 0:
        return True
    return any(too_deep(item, depth - 1) for item in value if type(item) is dict or type(item) is list)


def as_text(value: Any) -> str:
    """`value` as a person would write it: text stays text, all else is JSON."""
    if isinstance(value, str):
        return value
    try:
        return clean_text(json.dumps(value, ensure_ascii=False, default=str))
    except RecursionError:
        return "…"
