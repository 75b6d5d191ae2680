"""Looks through whole pieces of output for what may tell of an error, at hundreds of megabytes a second.

The signs of all languages' readers stand at beginnings of lines, of lines as a person sees them. Here the
raw bytes are looked at, with colours, with the names of services and with times before the line: so a sign
counts behind whatever may end such a head, too. What is found too often only costs a closer look.
"""

import re

import re2

from app.printed import json_records
from app.protocols.stacktrace import readers

_BEGIN = r"(?:^|(?:[\r|\]:]|\dZ|[+-]\d\d:?\d\d|\x1b\[[0-9;:?]{0,64}[A-Za-z])[ ]?)"
# What changes whose lines they are, and whether they are lines at all.
_OTHERS = (r"^Attaching to ", r"\x1b\[\?1049")


def first_sign(data: bytes, start: int = 0) -> int | None:
    """Where the first sign in `data` from `start` on begins; None where nothing tells of an error."""
    found = (pattern.search(data, start) for pattern in _PATTERNS)
    return min((match.start() for match in found if match is not None), default=None)


def loosened(pattern: str) -> str:
    """A verbose pattern without blanks and comments, for beginnings of raw lines, and for no end of them."""
    parts: list[str] = []
    at, is_class = 0, False
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            escaped = pattern[at : at + 2]
            if escaped == "\\u":
                # Of bytes only the character itself is a pattern.
                parts.append(chr(int(pattern[at + 2 : at + 6], 16)))
                at += 6
                continue
            parts.append(escaped[1] if escaped[1] in " #\"'`" else escaped)
            at += 2
            continue
        if is_class:
            is_class = sign != "]" or pattern[at - 1] == "["
            parts.append(sign)
        elif sign == "[":
            is_class = True
            parts.append(sign)
        elif sign == "#":
            at = (pattern + "\n").index("\n", at)
        elif not sign.isspace():
            parts.append({"^": _BEGIN, "$": ""}.get(sign, sign))
        at += 1
    return "".join(parts)


def _compiled() -> list["re2._Regexp[bytes] | re.Pattern[bytes]"]:
    """All signs as one pattern of RE2; those that it does not know (look-behind) by `re`."""
    fast = [f"(?i:{loosened(json_records.LEVEL.pattern)})", loosened(json_records.STACK.pattern), *_OTHERS]
    slow: list[str] = []
    for sign in readers.signs():
        plain = loosened(sign)
        try:
            re2.compile(f"(?m:{plain})".encode())
        except re2.error:
            slow.append(plain)
        else:
            fast.append(plain)
    compiled: list[re2._Regexp[bytes] | re.Pattern[bytes]] = [re2.compile(_together(fast))]
    if slow:
        compiled.append(re.compile(_together(slow)))
    return compiled


def _together(patterns: list[str]) -> bytes:
    return ("(?m)" + "|".join(f"(?:{pattern})" for pattern in dict.fromkeys(patterns))).encode()


_PATTERNS = _compiled()
