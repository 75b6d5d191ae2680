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


_LONG = re.compile(r"\{(\d+),(\d+)\}")
_MOST_TIMES = 9
_CHARACTER = re.compile(r"\\u([0-9A-Fa-f]{4})")


def first_sign(data: bytes, start: int = 0) -> int | None:
    """Where the first sign in `data` from `start` on begins; None where nothing tells of an error."""
    match = _SIGNS.search(data, start)
    return None if match is None else int(match.start())


def loosened(pattern: str) -> str:
    """A verbose pattern without blanks and comments, for beginnings of raw lines, and for no end of them.

    It matches more: what may be repeated often may be repeated for ever, which needs less memory.
    """
    parts: list[str] = []
    at, is_class = 0, False
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            part, at = _escape(pattern, at)
            parts.append(part)
            continue
        if is_class:
            is_class = sign != "]" or pattern[at - 1] == "["
            parts.append(sign)
        elif sign == "[":
            is_class = True
            parts.append(sign)
        elif sign == "#":
            at = (pattern + "\n").index("\n", at)
        elif sign == "{" and (times := _LONG.match(pattern, at)):
            parts.append(_repeated(int(times[1]), int(times[2])))
            at = times.end() - 1
        elif not sign.isspace():
            parts.append({"^": _BEGIN, "$": ""}.get(sign, sign))
        at += 1
    return "".join(parts)


def _escape(pattern: str, at: int) -> tuple[str, int]:
    """The escape at `at`, as RE2 writes it, and where it ends."""
    character = _CHARACTER.match(pattern, at)
    if character is not None:
        return rf"\x{{{character[1]}}}", character.end()
    escaped = pattern[at : at + 2]
    return escaped[1] if escaped[1] in " #\"'`" else escaped, at + 2


def _repeated(least: int, most: int) -> str:
    if most <= _MOST_TIMES:
        return f"{{{least},{most}}}"
    return {0: "*", 1: "+"}.get(least, f"{{{least},}}")


def for_re2(pattern: str, words: tuple[str, ...]) -> str:
    """A pattern of RE2 that matches wherever `pattern` does: it, or where RE2 does not know it, its words.

    Without words each line is looked at.
    """
    plain = loosened(pattern)
    try:
        re2.compile(f"(?m:{plain})".encode(), _options())
    except re2.error:
        return "|".join(re2.escape(word) for word in words) or "^"
    return plain


def _options() -> "re2.Options":
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 64 << 20
    return options


def _compiled() -> "re2._Regexp[bytes]":
    patterns = [
        f"(?i:{loosened(json_records.LEVEL.pattern)})",
        loosened(json_records.STACK.pattern),
        *_OTHERS,
    ]
    patterns += [for_re2(pattern, words) for pattern, words in readers.signs()]
    together = "|".join(f"(?:{pattern})" for pattern in dict.fromkeys(patterns))
    return re2.compile(f"(?m:{together})".encode(), _options())


_SIGNS = _compiled()
