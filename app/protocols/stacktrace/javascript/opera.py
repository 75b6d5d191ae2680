"""Parses the calls of Opera before it ran Chromium's engine: a line with the place, and below it the source.

    Error thrown at line 42, column 12 in <anonymous function: pay>(order) in http://shop.test/cart.js:
        order.total();
    called from line 27, column 8 in http://shop.test/cart.js:

Opera 9 and 10 wrote ``Line 42 of linked script http://shop.test/cart.js: In function pay``.
"""

import re

from app.model import Frame
from app.protocols.stacktrace.frames import LONGEST_LINE
from app.protocols.stacktrace.javascript import places

SIGN = r"\b(?:at|from)\ line\ \d+,\ column\ \d+\ in\ | \b[Ll]ine\ \d+\ of\ [^\n]{0,40}\bscript\b"
"""What every text with such a call matches (`re.VERBOSE`)."""

_NEWER = re.compile(
    r"""(?:\w*\ ?(?:thrown|created|initially\ occurred)\ at | called\ (?:(?:via|as)\ .{1,200}\ )?from)
        \ line\ (?P<line>\d{1,9}),\ column\ (?P<column>\d{1,9})\ in\ (?P<rest>.+):""",
    re.VERBOSE,
)
_OLDER = re.compile(
    r"""(?:[^\n]{0,200}\ )? [Ll]ine\ (?P<line>\d{1,9})\ of\ (?:\S{1,40}\ ){0,2}script
        (?:\ (?:in\ )?(?P<path>\S+?))? (?::?\ [Ii]n\ function\ (?P<function>\S+))? :?""",
    re.VERBOSE,
)
_FUNCTION = re.compile(r"(?:<anonymous function(?:: (?P<called>[^>]*))?>|(?P<name>[^\s(]+))\(.*\)", re.DOTALL)
_LINE = re.compile(r"\b[Ll]ine \d")


def call(text: str) -> Frame | None:
    """The call that a line of Opera's says; None for any other text."""
    if len(text) > LONGEST_LINE or _LINE.search(text) is None:
        return None
    match = _NEWER.fullmatch(text)
    if match is not None:
        said, _in, path = match["rest"].rpartition(" in ")
        function = _FUNCTION.fullmatch(said)
        name = (function["called"] or function["name"]) if function is not None else None
        return places.located(path, int(match["line"]), int(match["column"]), name) if path else None
    match = _OLDER.fullmatch(text)
    if match is None or (match["path"] is None and match["function"] is None and " script" not in text):
        return None
    return places.located(match["path"] or "inline", int(match["line"]), None, match["function"])
