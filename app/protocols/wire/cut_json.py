"""Reads JSON that ends too early, or up to a fault in its middle.

The body was cut at the limit, or its client died while sending it. jiter, pydantic's JSON parser, reads what
precedes the end, or the fault, in one pass.
"""

import re
from typing import Any

import jiter
from msgspec import Struct

_NUMBER = b"0123456789+-.eE"
_PLACE = re.compile(r"\A(.*) at line (\d+) column (\d+)\Z", re.DOTALL)
_CONTROLS = bytes(max(byte, 32) for byte in range(256))
_ELLIPSIS = "…"
_LONGEST_REST = 10_000


class PartialJson(Struct, frozen=True):
    """`value` is what could be read, not yet cleaned; `rest` are the bytes after it that could not be read.

    `is_cut`: the JSON only ends too early. Otherwise `fault` says what is wrong at the beginning of `rest`.
    """

    value: Any
    rest: bytes
    is_cut: bool
    fault: str


def read(payload: bytes) -> PartialJson | None:
    """The complete part of the UTF-8 `payload`; None when it does not begin a JSON object or list.

    A string that was cut ends with an ellipsis; a name without its value, and a number that may have been
    longer, go to the rest.
    """
    start = len(payload) - len(payload.lstrip(b"\xef\xbb\xbf \t\r\n"))
    body = payload[start:]
    if body[:1] not in (b"{", b"["):
        return None
    reason, place = _fault(body)
    if "control character" in reason:
        # Blanks are valid between values, and the smallest loss within a string.
        body = body.translate(_CONTROLS)
        reason, place = _fault(body)
    if not reason:
        return None
    if reason.startswith("EOF"):
        return _cut(body, reason)
    part = _cut(body[:place], _fault(body[:place])[0], ends_in_number=False)
    if part is None:
        return None
    return PartialJson(part.value, part.rest + body[place:], is_cut=False, fault=reason)


def _fault(body: bytes) -> tuple[str, int]:
    """What is wrong with `body`, and the index of that byte; an empty reason if it is valid."""
    try:
        jiter.from_json(body, cache_mode="none")
    except ValueError as error:
        match = _PLACE.match(str(error))
        if match is None:
            return str(error), 0
        return match[1], _offset(body, int(match[2]), int(match[3]))
    return "", len(body)


def _offset(body: bytes, line: int, column: int) -> int:
    start = 0
    for _line in range(line - 1):
        start = body.find(b"\n", start) + 1
    # The column counts bytes from 1, up to and including the wrong one.
    return max(0, min(len(body), start + column - 1))


def _cut(body: bytes, reason: str, *, ends_in_number: bool = True) -> PartialJson | None:
    """Read `body`, which ends too early for `reason`, perhaps within a number."""
    in_text = reason.startswith("EOF while parsing a string")
    whole = _without_number(body) if ends_in_number and not in_text else body
    value = _partial(whole, "trailing-strings" if in_text else "on")
    if value is None:
        return None
    marked = False
    if in_text:
        value, marked = _marked(value, _partial(whole, "on"))
    is_lost = len(whole) < len(body) or reason.startswith("EOF while parsing a value") or in_text
    rest = b"" if marked or not is_lost else _after_last_sign(body)
    return PartialJson(value, rest, is_cut=True, fault="")


def _partial(body: bytes, mode: Any) -> Any:
    try:
        return jiter.from_json(body, partial_mode=mode, cache_mode="none")
    except ValueError:
        # Broken before its end as well: the caller shows the text.
        return None


def _without_number(body: bytes) -> bytes:
    """`body` without the number at its end, which may have been longer."""
    stripped = body.rstrip(_NUMBER)
    number = body[len(stripped) : len(stripped) + 1]
    return stripped if number.isdigit() or number == b"-" else body


def _marked(value: Any, without: Any) -> tuple[Any, bool]:
    """Append an ellipsis to the last string of `value` if it was cut: `without` lacks it. Whether it was."""
    parent: Any = None
    key: Any = None
    last, there = value, without
    while isinstance(last, (dict, list)) and last:
        parent = last
        key = next(reversed(last)) if isinstance(last, dict) else len(last) - 1
        last = parent[key]
        there = _item(there, key)
    if parent is None or not isinstance(last, str) or there == last:
        return value, False
    parent[key] = last + _ELLIPSIS
    return value, True


def _item(value: Any, key: Any) -> Any:
    if isinstance(value, dict):
        return value.get(key)
    return value[key] if isinstance(value, list) and isinstance(key, int) and key < len(value) else None


def _after_last_sign(body: bytes) -> bytes:
    tail = body[-_LONGEST_REST:]
    at = max(tail.rfind(sign) for sign in (b",", b"{", b"["))
    return tail[at + 1 :].strip()
