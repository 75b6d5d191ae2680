"""JSON from clients that bend the rules, made fit to be shown and encoded again.

`decode` is the second try, after a strict and fast decoder has refused. It accepts NaN, bare control
characters, lone surrogates, invalid UTF-8, numbers of any size and repeated keys, and says what it met.
"""

import json
import math
from collections import Counter
from typing import Any

DEPTH = 64
_DIGITS = 300


def decode(payload: bytes) -> tuple[Any, list[str]]:
    """The value, and what was wrong with it.

    Raises `ValueError` for what is no JSON at all, or is nested too deep.
    """
    problems: dict[str, None] = {}

    def note(problem: str) -> None:
        problems[problem] = None

    try:
        text = payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        note("The JSON is not valid UTF-8; the wrong bytes are shown as \ufffd.")
        text = payload.decode("utf-8-sig", "replace")

    def constant(name: str) -> None:
        note(f"{name} is not a JSON number; it is shown as null.")

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

    decoder = json.JSONDecoder(
        strict=False,
        parse_constant=constant,
        parse_int=integer,
        parse_float=fraction,
        object_pairs_hook=mapping,
    )
    try:
        value = decoder.decode(text)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    return clean(value, problems), list(problems)


def clean(value: Any, problems: dict[str, None] | None = None, depth: int = DEPTH) -> Any:
    """`value` without lone surrogates, and no deeper than `depth`: what lies deeper becomes text."""
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
