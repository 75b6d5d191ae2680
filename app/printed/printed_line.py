"""One line that a program has printed, made plain."""

import re

from msgspec import Struct

LONGEST = 4_000
"""How many characters of a line count."""

# ECMA-48, sections 5.4 and 5.6: control sequences, command strings (titles, links), and two-byte escapes.
_ESCAPES = re.compile(
    r"""
        \x1b\[[0-?]{0,64}[ -/]{0,8}[@-~]
      | \x1b[\]PX^_][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)?
      | \x1b[ -/]{0,8}[0-~]
    """,
    re.VERBOSE,
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class PrintedLine(Struct, frozen=True):
    """A line without its end, when it was printed, in seconds since 1970, and its number in its file, from 1.

    None where nobody knows.
    """

    text: str
    at: float | None = None
    number: int | None = None


def plain(line: str) -> str:
    """The line as a person sees it: without colours, and as it was overwritten last (a progress bar)."""
    line = line[: 4 * LONGEST].rstrip("\r\n")
    if "\x1b" in line:
        line = _ESCAPES.sub("", line)
    if "\r" in line:
        line = next((part for part in reversed(line.split("\r")) if part.strip()), "")
    return _CONTROLS.sub("", line)[:LONGEST]
