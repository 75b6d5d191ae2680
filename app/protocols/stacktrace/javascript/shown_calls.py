"""Parses calls as Firefox's console and Vitest show them: in words of their own, not the engine's.

    Uncaught TypeError: cart is undefined          TypeError: cart is undefined
        pay http://shop.test/cart.js:3              (mark) pay src/cart.ts:12:8
        async* http://shop.test/cart.js:9           (mark) test/cart.test.ts:3:5
    cart.js:3:9

The console writes the link of the error below its calls, and what was copied has the same calls once more.
"""

import re
from collections.abc import Sequence

from app.model import Frame
from app.protocols.stacktrace.frames import LONGEST_LINE
from app.protocols.stacktrace.javascript import places

SIGN = r"^[^\S\n]*\u276f\ \S[^\n]{0,1000}:\d | ^[^\S\n]{2,40}\S{1,200}\ [a-z][\w.+-]{1,40}://[^\s:]\S{0,1000}:\d{1,9}$"
"""What every text with such a call matches (`re.VERBOSE`, `re.MULTILINE`)."""

MARK = "\u276f "
"""What Vitest writes before each call: a heavy angle quotation mark."""

_VITEST = re.compile(
    r"""\u276f\ (?:(?P<name>(?:(?:new|async|get|set|static)\ )?[^\s/\\:]{1,200})\ )?
        (?P<path>[^\s:].{0,1000}?):(?P<line>\d{1,9}):(?P<column>\d{1,9})""",
    re.VERBOSE,
)
_CONSOLE = re.compile(
    r"(?P<name>[^\s@()]{1,200}) (?P<path>[a-z][\w.+-]{1,40}://\S{1,1000}?):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?"
)
_LINK = re.compile(r"[^\s:]{1,200}:\d{1,9}:\d{1,9}")


def of_vitest(text: str) -> Frame | None:
    """The call in a line of Vitest's; None for any other text."""
    match = _VITEST.fullmatch(text) if text.startswith(MARK) and len(text) <= LONGEST_LINE else None
    if match is None or not ("/" in match["path"] or places.is_sure(match["path"])):
        return None
    return places.located(match["path"], int(match["line"]), int(match["column"]), match["name"])


def of_console(text: str) -> Frame | None:
    """The call in a line of Firefox's console; None for any other text."""
    match = _CONSOLE.fullmatch(text) if "://" in text and len(text) <= LONGEST_LINE else None
    if match is None:
        return None
    column = int(match["column"]) if match["column"] else None
    # "async*pay" is `pay`, called when a promise was settled.
    function = match["name"].rpartition("*")[2] or None
    return places.located(match["path"], int(match["line"]), column, function)


def without_repetition(lines: Sequence[str], first: int) -> Sequence[str]:
    """The lines without the error's link, and the repeated calls, below those that begin at line `first`."""
    end = first
    while end < len(lines) and of_console(lines[end].strip()) is not None:
        end += 1
    if end == len(lines) or _LINK.fullmatch(lines[end].strip()[:LONGEST_LINE]) is None:
        return lines
    below = end + 1
    if list(lines[below : below + end - first]) == list(lines[first:end]):
        below += end - first
    return [*lines[:end], *lines[below:]]
