"""Parses one line of a JavaScript stack, as V8 (Node, Chromium), Gecko or JavaScriptCore writes it.

V8: https://v8.dev/docs/stack-trace-api; Gecko:
https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Error/stack.
"""

import re

from app.model import Frame
from app.protocols.stacktrace.frames import LONGEST_LINE, frame

_PLACE = re.compile(r"(?:address at )?(?P<path>.+?):(?P<line>\d{1,9}):(?P<column>\d{1,9})", re.DOTALL)
_BUILT_IN = re.compile(r"<anonymous>|native|index \d+|unknown location|wasm://\S+")
_ALIAS = re.compile(r" \[as [^\]]*\]$")
_SPECIAL = re.compile(r"REPL\d+|\[eval\][\w-]*|[a-z-]+:\S*")
_LETTER = re.compile(r"[^\W\d]|<")

_URL = re.compile(r"(?:[a-zA-Z][\w.+-]*://|/|[A-Za-z]:[\\/]|<anonymous>|debugger eval code|self-hosted)")
_GECKO_EVAL = re.compile(r"(?P<path>.+?) line (?P<line>\d{1,9}) > .*")
_CODE = re.compile(r"(?:global|eval|module) code|\[native code\]|[^\s@(){}\"',;]*|[\w ]{1,40}\*.*")
_NATIVE = "[native code]"


def v8_call(text: str) -> Frame | None:
    """``at fn (file:line:column)`` without what surrounds it; None for any other text."""
    if len(text) > LONGEST_LINE or not text.startswith("at "):
        return None
    rest = text[3:].removeprefix("async ").strip()
    if rest.endswith(")") and (" (" in rest or rest.startswith("(")):
        function, _space, place = rest.removesuffix(")").partition("(")
        return _located(_ALIAS.sub("", function.strip()) or None, place)
    bare = _PLACE.fullmatch(rest)
    if bare is None or not _is_path(bare["path"]):
        return None
    return _frame(bare["path"], int(bare["line"]), int(bare["column"]), None)


def _is_path(text: str) -> bool:
    """Whether `text`, without a function, is a place in the code: "at noon 12:30:15" is not."""
    if " " in text:
        return "/" in text or "\\" in text
    if any(sign in text for sign in "./\\<"):
        # Rust writes places the same way.
        return _LETTER.search(text) is not None and not text.endswith(".rs")
    return _SPECIAL.fullmatch(text) is not None


def _located(function: str | None, place: str) -> Frame | None:
    if place.startswith("eval at "):
        # Evaluated code has no file: use the innermost place that evaluated it.
        place = place.rpartition("(")[2].partition(")")[0]
    match = _PLACE.fullmatch(place)
    if match is not None:
        if " " in match["path"] and not _is_path(match["path"]):
            return None
        return _frame(match["path"], int(match["line"]), int(match["column"]), function)
    if _BUILT_IN.fullmatch(place) is None:
        return None
    return frame("javascript", "<anonymous>" if place.startswith("index ") else place, function=function)


def _frame(path: str, line: int | None, column: int | None, function: str | None) -> Frame:
    if path.startswith("file:///"):
        path = path[8:] if path[9:10] == ":" else path[7:]
    return frame("javascript", path, line, column, function=function)


def gecko_call(text: str) -> Frame | None:
    """``fn@url:line:column`` of Firefox and Safari; None for any other text."""
    function, at, place = text.partition("@")
    if not at or len(text) > LONGEST_LINE or _CODE.fullmatch(function) is None:
        return None
    # "setTimeout handler*later" is `later`, called by a timer.
    name = function.rpartition("*")[2] or None
    if place == _NATIVE:
        return frame("javascript", _NATIVE, function=name)
    match = _PLACE.fullmatch(place)
    if match is None or _URL.match(match["path"]) is None:
        return None
    evaluated = _GECKO_EVAL.fullmatch(match["path"])
    if evaluated is not None:
        return _frame(evaluated["path"], int(evaluated["line"]), None, name)
    return _frame(match["path"], int(match["line"]), int(match["column"]), name)


def nameless_call(text: str) -> Frame | None:
    """A line of Safari with a place but no function. To be trusted only next to lines that are certain."""
    if text in (_NATIVE, "eval code"):
        return frame("javascript", _NATIVE, function=None if text == _NATIVE else text)
    match = _PLACE.fullmatch(text) if len(text) <= LONGEST_LINE else None
    if match is None or _URL.match(match["path"]) is None or " " in text:
        return None
    return _frame(match["path"], int(match["line"]), int(match["column"]), None)
