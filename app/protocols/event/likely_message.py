"""The text that is most likely the message, where no field of a format holds one.

First a field named as messages are, at any depth, the shallower the better; then the longest text that a
person may have written; then the names of the fields. Numbers do not distinguish kinds of errors, and a
secret must not become a title.
"""

import re
from collections import deque
from collections.abc import Iterator
from typing import Any

_MOST_VALUES = 3_000
_DEEPEST = 12
_LONGEST = 4_096
_NAMES_SHOWN = 6

_MESSAGE_NAMES = (
    "message msg errormessage errormsg exceptionmessage statusmessage shortmessage fullmessage error err "
    "exception errordescription description reason detail details cause failure fault problem title summary "
    "what text body stderr subject note content log line info output statustext"
).split()
_RANKS = {name: rank for rank, name in enumerate(_MESSAGE_NAMES)}
_KIND_NAMES = frozenset(
    "code errorcode errno type kind name class event eventtype action status state key".split()
)
_SECRET = re.compile(
    r"passw|passphrase|pwd|secret|token|credential|cookie|auth|session|apikey|^key$|^pin$|cvv|ssn"
)
_LEVEL_NAMES = frozenset(
    "level severity loglevel platform environment environ logger version timestamp time".split()
)
_NO_LETTERS = re.compile(r"[^a-z0-9]+")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2,}")
# What only machines write: ids, digests, addresses, times, base64.
_MACHINE = re.compile(
    r"(?:[0-9a-fA-F-]{8,}|[A-Za-z0-9+/=_-]{40,}|(?:https?|ftp|file)://\S*|\d{4}-\d\d-\d\d\S*|[\d.:,+-]+"
    r"|[^\s@]{1,200}@[\w.-]+)\Z"
)


def of_value(value: Any, *, or_names: bool = True) -> str | None:
    """The likely message in decoded JSON, one line; None where there is none. Raises nothing.

    Without a sentence it is a single word, or the names of the fields (`or_names`).
    """
    best: tuple[tuple[int, ...], str] | None = None
    kind = ""
    for name, text, depth in _texts(value):
        plain = _NO_LETTERS.sub("", name[-200:].lower())
        line = first_words(text, _LETTER if plain in _RANKS or plain in _KIND_NAMES else _WORD)
        if line is None:
            continue
        if plain in _LEVEL_NAMES:
            continue
        if plain in _KIND_NAMES:
            kind = kind or line
        if plain in _RANKS:
            score = (0, depth, _RANKS[plain])
        elif " " in line and not _MACHINE.match(line):
            score = (1, -min(len(line), 200), depth)
        elif not _MACHINE.match(line):
            score = (2, -min(len(line), 200), depth)
            line = f"{_one_line(name)}: {line}" if name else line
        else:
            continue
        if best is None or score < best[0]:
            best = score, line
    if best is None or (not or_names and best[0][0] == 2):
        return _names(value) if or_names else None
    return f"{kind}: {best[1]}" if kind and best[0][0] == 1 and kind != best[1] else best[1]


def first_words(text: str, wanted: re.Pattern[str] = _WORD) -> str | None:
    """The first line of `text` with words in it; None where there is none, or it is no text."""
    for line in text[:_LONGEST].splitlines():
        stripped = line.strip()
        if wanted.search(stripped) and "\ufffd\ufffd" not in stripped:
            return stripped
    return None


def _texts(value: Any) -> Iterator[tuple[str, str, int]]:
    """Every text with its name and its depth, the shallow ones first."""
    waiting: deque[tuple[str, Any, int]] = deque([("", value, 0)])
    for _number in range(_MOST_VALUES):
        if not waiting:
            return
        name, part, depth = waiting.popleft()
        if isinstance(part, str):
            yield name, part, depth
        elif depth > _DEEPEST:
            continue
        elif isinstance(part, dict):
            waiting.extend((key, item, depth + 1) for key, item in part.items() if not _is_secret(key))
        elif isinstance(part, list):
            waiting.extend((name, item, depth + 1) for item in part[:100])


def _one_line(name: str) -> str:
    return " ".join(name[:40].split())


def _is_secret(name: str) -> bool:
    return _SECRET.search(_NO_LETTERS.sub("", name[:200].lower())) is not None


def _names(value: Any) -> str | None:
    """A description by the names of the fields: the same for objects of one shape with other numbers."""
    many = isinstance(value, list) and len(value) > 0
    if many:
        value = next((item for item in value if isinstance(item, dict)), value)
    if isinstance(value, dict) and value:
        names = [_one_line(str(name)) for name in value]
        more = ", …" if len(names) > _NAMES_SHOWN else ""
        listed = ", ".join(names[:_NAMES_SHOWN]) + more
        return f"A list of objects with {listed}" if many else f"An object with {listed}"
    if many:
        return "A list without words"
    return None
