"""Grouping, first version: the client's fingerprint, else exception types and frames, else the message.

What changes between two occurrences of one bug must not count: line numbers, hosts, users, folders, how deep
a recursion went, and the numbers and names in a message.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from app.model import Event, ExceptionInfo, Frame, Grouping

ALGORITHM = "v1"
_LONGEST_MESSAGE = 1000
_LONGEST_PATH = 500
_SHOWN_FRAMES = 6

_DEFAULT = re.compile(r"\{\{\s*default\s*\}\}")

# What differs between occurrences, by a character that it contains. Order matters: a URL contains a path.
_BY_SIGN = (
    ("://", re.compile(r"\b[a-zA-Z][a-zA-Z0-9+.-]{1,15}://[^\s'\"<>]+"), "<url>"),
    ("@", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "<email>"),
    ("'", re.compile(r"(?<!\w)'[^'\n]*'(?!\w)"), "<text>"),
    ('"', re.compile(r'(?<!\w)"[^"\n]*"(?!\w)'), "<text>"),
    ("`", re.compile(r"`[^`\n]*`"), "<text>"),
    ("/", re.compile(r"(?<![\w/.~])~?(?:/[\w.+~-]+){2,}"), "<path>"),
    ("\\", re.compile(r"(?<![\w\\])(?:[A-Za-z]:)?(?:\\[\w.+~-]+){2,}"), "<path>"),
)
_WITH_DIGITS = re.compile(
    r"""
      (?P<id>\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b)
    | (?P<date>\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?\b)
    | (?P<time>\b\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\b)
    | (?P<address>\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b | (?:\b[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{0,4})
    | (?P<number>\b0[xX][0-9a-fA-F]+\b | \b(?=[a-fA-F]*\d)[0-9a-fA-F]{8,}\b | \d+(?:[.,]\d+)*)
    """,
    re.VERBOSE,
)
_DIGIT = re.compile(r"\d")
# The part of a file's name that a build makes: "app.3f2a1b9c.js", "main-BxK29dQa.js".
_BUILD_HASH = re.compile(r"[.-](?:[0-9a-f]{8,}|(?=\w*\d)(?=\w*[A-Z])\w{8,})(?=\.)")


def key(event: Event) -> tuple[str, Grouping]:
    """The grouping key (32 hex digits, stable), and the reasons as text."""
    fingerprint = event.fingerprint
    if not fingerprint or (len(fingerprint) == 1 and _DEFAULT.fullmatch(fingerprint[0])):
        parts, why = _by_default(event)
    else:
        parts, why = _by_fingerprint(event)
    digest = blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()
    return digest, Grouping(algorithm=ALGORITHM, why=why)


def _by_fingerprint(event: Event) -> tuple[list[str], tuple[str, ...]]:
    parts = ["fingerprint"]
    why = ["fingerprint from the client: " + ", ".join(event.fingerprint)]
    for part in event.fingerprint:
        if _DEFAULT.fullmatch(part):
            default_parts, default_why = _by_default(event)
            parts += default_parts
            why += default_why
        else:
            parts.append(part)
    return parts, tuple(why)


def _by_default(event: Event) -> tuple[list[str], tuple[str, ...]]:
    if event.exceptions:
        return _by_exceptions(event.exceptions)
    return _by_message(event)


def _by_exceptions(exceptions: Sequence[ExceptionInfo]) -> tuple[list[str], tuple[str, ...]]:
    parts, shown = _stack(exceptions, in_app_only=True)
    which = "in-app frames"
    if not shown:
        parts, shown = _stack(exceptions, in_app_only=False)
        which = "frames (none is in-app)"
    types = list(dict.fromkeys([raised.type or "unknown type" for raised in exceptions]))
    why = "exception type: " + " ← ".join(reversed(types))
    if shown:
        path = " → ".join(shown[-_SHOWN_FRAMES:])
        return parts, (why, f"{which}: … → {path}" if len(shown) > _SHOWN_FRAMES else f"{which}: {path}")
    # Without frames the message has to identify the bug.
    value = normalise(exceptions[-1].value or "")
    return [*parts, value], (why, f"message without what varies: {value}") if value else (why,)


def _stack(exceptions: Sequence[ExceptionInfo], *, in_app_only: bool) -> tuple[list[str], list[str]]:
    """What counts of the chain, and its frames as text.

    A frame or exception counts once however often it occurs, so neither the depth of a recursion nor the size
    of an exception group matters.
    """
    blocks: dict[str, None] = {}
    shown: dict[str, None] = {}
    for raised in exceptions:
        tokens: dict[str, None] = {}
        for frame in raised.frames:
            if frame.in_app or not in_app_only:
                tokens[_place(frame)] = None
        shown |= tokens
        blocks["\x1e".join((raised.type or "", *tokens))] = None
    return ["exception", *blocks], list(shown)


def _place(frame: Frame) -> str:
    module = frame.module
    if not module or module == "__main__":
        path = frame.filename or frame.abs_path
        module = file_name(path[-_LONGEST_PATH:]) if path else "?"
    return f"{module}:{frame.function}" if frame.function else module


@lru_cache(maxsize=8192)
def file_name(path: str) -> str:
    """The last part of a path or URL, without query and without the hash of a build."""
    name = re.split(r"[?#]", path, maxsplit=1)[0].rstrip("/\\")
    name = name.replace("\\", "/").rpartition("/")[2]
    return _BUILD_HASH.sub("", name) or path


def _by_message(event: Event) -> tuple[list[str], tuple[str, ...]]:
    entry = event.extra.get("logentry")
    template = entry.get("message") if type(entry) is dict else None
    if type(template) is str and template:
        return ["message", normalise(template)], (f"message template: {template[:200]}",)
    text = normalise(event.message or "")
    if text:
        return ["message", text], (f"message without what varies: {text[:200]}",)
    place = event.culprit or event.logger or ""
    return ["nothing", place], (f"no exception and no message; from {place or 'an unknown place'}",)


def normalise(message: str) -> str:
    """`message` without numbers, ids, dates, addresses, paths and quoted text."""
    text = message[:_LONGEST_MESSAGE]
    for sign, pattern, word in _BY_SIGN:
        if sign in text:
            text = pattern.sub(word, text)
    if _DIGIT.search(text):
        text = _WITH_DIGITS.sub(_kind, text)
    return text.strip()


def _kind(match: re.Match[str]) -> str:
    return f"<{match.lastgroup}>"
