"""Reads JSON that ends too early or breaks in its middle, up to there.

The body was cut at the limit, or its client died while it sent it. jiter, pydantic's JSON parser, reads what
came before the end in one pass; of a document with a fault, what came before the fault.
"""

import re
from typing import Any

import jiter
from msgspec import Struct

_NUMBER = b"0123456789+-.eE"
_PLACE = re.compile(r"\A(.*) at line (\d+) column (\d+)\Z", re.DOTALL)
_CONTROLS = bytes(max(byte, 32) for byte in range(256))
_ELLIPSIS = "…"
_SHOWN_REST = 10_000


class PartialJson(Struct, frozen=True):
    """`value` is what could be read, not yet clean; `rest` are the bytes behind it that could not.

    `is_cut` says that it only ends too early; otherwise `fault` names what is wrong where `rest` begins.
    """

    value: Any
    rest: bytes
    is_cut: bool
    fault: str


def read(payload: bytes) -> PartialJson | None:
    """What stands whole in the UTF-8 `payload`; None when it is no beginning of a JSON object or list.

    A text that was cut ends with an ellipsis; a name without its value, and a number that may have been
    longer, are left to the rest.
    """
    start = len(payload) - len(payload.lstrip(b"\xef\xbb\xbf \t\r\n"))
    body = payload[start:]
    if body[:1] not in (b"{", b"["):
        return None
    reason, place = _fault(body)
    if "control character" in reason:
        # Only blanks can stand between values, and within a text they are the least loss.
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
    """What is wrong with `body`, and at which byte; nothing where it is whole."""
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
    # The column counts bytes, the one that is wrong included.
    return max(0, min(len(body), start + column - 1))


def _cut(body: bytes, reason: str, *, ends_in_number: bool = True) -> PartialJson | None:
    """What `body` says, which ends too early for `reason`, be it within a number."""
    in_text = reason.startswith("EOF while parsing a string")
    whole = _without_number(body) if ends_in_number and not in_text else body
    value = _partial(whole, "trailing-strings" if in_text else "on")
    if value is None:
        return None
    marked = False
    if in_text:
        value, marked = _marked(value, _partial(whole, "on"))
    is_lost = len(whole) < len(body) or reason.startswith("EOF while parsing a value") or in_text
    rest = b"" if marked or not is_lost else _behind_last_sign(body)
    return PartialJson(value, rest, is_cut=True, fault="")


def _partial(body: bytes, mode: Any) -> Any:
    try:
        return jiter.from_json(body, partial_mode=mode, cache_mode="none")
    except ValueError:
        # Broken before its end, too: the caller keeps the text.
        return None


def _without_number(body: bytes) -> bytes:
    """`body` without the number at its end, which may have been longer."""
    stripped = body.rstrip(_NUMBER)
    number = body[len(stripped) : len(stripped) + 1]
    return stripped if number.isdigit() or number == b"-" else body


def _marked(value: Any, without: Any) -> tuple[Any, bool]:
    """`value` with an ellipsis at its last text, if that is no part of `without`: it was cut."""
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


def _behind_last_sign(body: bytes) -> bytes:
    tail = body[-_SHOWN_REST:]
    at = max(tail.rfind(sign) for sign in (b",", b"{", b"["))
    return tail[at + 1 :].strip()
