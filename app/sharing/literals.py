r"""Outside text as string literals of the languages that tests are written in: it is only text in each.

Sources: the lexical chapters of the languages. Java reads `\uXXXX` before anything else (JLS 3.3), so that
what ends or breaks a literal is never written so there.
"""

import json
from collections.abc import Callable

LONGEST = 20_000


def python(text: str) -> str:
    """A Python literal in ASCII."""
    return ascii(text[:LONGEST])


def javascript(text: str) -> str:
    """A JavaScript literal in ASCII, as which JSON in ASCII can be read."""
    return json.dumps(text[:LONGEST]).replace("<", "\\u003c")


def java(text: str) -> str:
    """A Java literal in ASCII."""
    return _quoted(text, {**_SHORT, "\\": "\\\\", '"': '\\"'}, lambda code: f"\\{code:03o}", _utf16)


def go(text: str) -> str:
    """An interpreted Go literal in ASCII."""
    return _quoted(text, {**_SHORT, "\\": "\\\\", '"': '\\"'}, lambda code: f"\\x{code:02x}", _wide)


def ruby(text: str) -> str:
    """A Ruby literal in ASCII, without interpolation."""
    special = {**_SHORT, "\\": "\\\\", '"': '\\"', "#": "\\#"}
    return _quoted(text, special, lambda code: f"\\x{code:02x}", lambda code: f"\\u{{{code:x}}}")


def php(text: str) -> str:
    """A PHP literal in ASCII, without interpolation."""
    special = {**_SHORT, "\\": "\\\\", '"': '\\"', "$": "\\$"}
    return _quoted(text, special, lambda code: f"\\x{code:02x}", lambda code: f"\\u{{{code:x}}}")


def csharp(text: str) -> str:
    """A C# literal in ASCII."""
    return _quoted(text, {**_SHORT, "\\": "\\\\", '"': '\\"'}, lambda code: f"\\u{code:04x}", _wide)


_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _quoted(
    text: str, special: dict[str, str], control: Callable[[int], str], wide: Callable[[int], str]
) -> str:
    shown = []
    for character in text[:LONGEST]:
        number = ord(character)
        if character in special:
            shown.append(special[character])
        elif 0x20 <= number < 0x7F:
            shown.append(character)
        elif number < 0x80:
            shown.append(control(number))
        else:
            # Half a surrogate pair is no character in most of these languages.
            shown.append(wide(0xFFFD if 0xD800 <= number < 0xE000 else number))
    return f'"{"".join(shown)}"'


def _utf16(number: int) -> str:
    if number < 0x10000:
        return f"\\u{number:04x}"
    number -= 0x10000
    return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"


def _wide(number: int) -> str:
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
