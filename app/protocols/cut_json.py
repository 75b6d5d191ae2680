"""JSON that was cut short, made whole again: of a body beyond the limit, or of a client that died in it.

What came is kept up to the cut, and what was open there is closed. One pass over the text, whose cost grows
with the length and with nothing else: every byte belongs to a token, and none is looked at more than a few
times.
"""

import re

from msgspec import Struct

# Nothing that is deeper can be read anyway, and a second sees half a million tokens.
_DEEPEST = 500
_MOST_TOKENS = 1_000_000

_TEXT = rb'"[^"\\]*+(?:\\(?:[^u]|u[0-9a-fA-F]{4})[^"\\]*+)*+'
_SCALAR = rb'[^\s"\[\]{},:]++'
# An object or a list that holds no other.
_LEAF = rb'[{\[](?:[^"\[\]{}]++|%b")*+[}\]]' % _TEXT
_TOKEN = re.compile(
    rb"""
      (?P<members>(?:(?:%b"\s*+:\s*+)?+(?:%b"|%b|%b)\s*+,\s*+)++)
    | (?P<leaf>%b)
    | (?P<text>%b)(?P<closed>"?)
    | (?P<sign>[\[\]{},:])
    | \s++
    | (?P<scalar>%b)
    """
    % (_TEXT, _TEXT, _SCALAR, _LEAF, _LEAF, _TEXT, _SCALAR),
    re.VERBOSE | re.DOTALL,
)
_CUT_ESCAPE = re.compile(rb"(?:\\(?:u[0-9a-fA-F]{0,3})?)?")
_CUT_CHARACTER = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")
_CUT_SCALAR = re.compile(rb"-?[0-9.eE+-]*|[a-zA-Z]*")
_WHOLE_SCALARS = (b"true", b"false", b"null")
_CLOSER = {b"{": b"}", b"[": b"]"}
_ELLIPSIS = "…".encode()


class Mended(Struct, frozen=True):
    """`payload` is JSON again; `rest` came behind the last whole value in it, and has no place there."""

    payload: bytes
    rest: bytes


class _Scan(Struct):
    """How far the JSON is understood: `kept` bytes are whole, and lack only the closers of what is open."""

    opened: bytearray
    kept: int = 0
    is_value: bool = True


def mend(payload: bytes) -> Mended | None:
    """The JSON whose beginning `payload` is; None when it is no beginning of a JSON object or list.

    A text that was cut ends with an ellipsis; a name without its value, and a number that may have been
    longer, are left to the rest.
    """
    start = len(payload) - len(payload.lstrip(b"\xef\xbb\xbf \t\r\n"))
    scan = _Scan(bytearray())
    scalar = b""
    for number, token in enumerate(_TOKEN.finditer(payload, start)):
        scalar = token["scalar"] or b""
        if token["text"] is not None and not token["closed"]:
            return _end_in_text(payload, scan, token)
        if number == _MOST_TOKENS or not (scan.opened or number == 0) or not _take(scan, token):
            return None
    if not scan.opened or not _CUT_SCALAR.fullmatch(scalar):
        return None
    if scan.is_value and scalar in _WHOLE_SCALARS:
        scan.kept = len(payload)
    return _closed(payload[: scan.kept], payload[scan.kept :], scan)


def _take(scan: _Scan, token: re.Match[bytes]) -> bool:
    """Note a whole token; False when nothing that was cut can look like this."""
    sign = token["sign"]
    if sign is not None:
        return _take_sign(scan, sign, token)
    if token["members"] is not None:
        scan.kept = token.start() + token["members"].rindex(b",")
        scan.is_value = scan.opened[-1:] == b"]"
    elif (token["leaf"] is not None or token["text"] is not None) and scan.is_value:
        scan.kept = token.end()
    return bool(scan.opened)


def _take_sign(scan: _Scan, sign: bytes, token: re.Match[bytes]) -> bool:
    if sign in _CLOSER:
        scan.opened += _CLOSER[sign]
        scan.kept = token.end()
        scan.is_value = sign == b"["
    elif sign == b",":
        scan.kept = token.start()
        scan.is_value = scan.opened[-1:] == b"]"
    elif sign == b":":
        scan.is_value = True
    else:
        if scan.opened[-1:] != sign:
            return False
        del scan.opened[-1]
        scan.kept = token.end()
    return len(scan.opened) <= _DEEPEST


def _end_in_text(payload: bytes, scan: _Scan, token: re.Match[bytes]) -> Mended | None:
    if not scan.opened or not _CUT_ESCAPE.fullmatch(payload, token.end()):
        return None
    if not scan.is_value:
        return _closed(payload[: scan.kept], payload[scan.kept :], scan)
    return _closed(_CUT_CHARACTER.sub(b"", payload[: token.end()]) + _ELLIPSIS + b'"', b"", scan)


def _closed(kept: bytes, rest: bytes, scan: _Scan) -> Mended:
    return Mended(kept + bytes(reversed(scan.opened)), rest.strip(b" \t\r\n,"))
