"""What Dart's exceptions say of themselves: their type, which only some of them print, and their message.

`Bad state: no card` is a StateError, `FormatException: no number` names itself. Flutter writes the type into
the sentence above the message ("The following _TypeError was thrown building Cart(dirty):").
"""

import re
from collections.abc import Sequence

from app.protocols.stacktrace.frames import LONGEST_LINE

_FARTHEST = 200
# The Dart VM's words, `dart:developer`'s and those of the engine: "[ERROR:flutter/…] Unhandled Exception: …".
_UNHANDLED = re.compile(
    r"""(?:\[\w+:flutter/[^\]]{1,200}\]\ )?
        (?:Unhandled\ [Ee]xception|Uncaught\ [Ee]rror|Unhandled\ error):?\ ?(?P<value>.*)
    """,
    re.VERBOSE | re.DOTALL,
)
# Errors of `dart:core`, by how their words begin.
_BY_WORDS = (
    ("Bad state: ", "StateError"),
    ("Invalid argument", "ArgumentError"),
    ("Unsupported operation: ", "UnsupportedError"),
    ("Concurrent modification during iteration: ", "ConcurrentModificationError"),
    ("Null check operator used on a null value", "TypeError"),
    ("type '", "TypeError"),
    ("Stack Overflow", "StackOverflowError"),
    ("Out of Memory", "OutOfMemoryError"),
    ("Reading static variable '", "CyclicInitializationError"),
    ("Assertion failed", "AssertionError"),
    ("RangeError (", "RangeError"),
)
_ASSERTION = re.compile(r"'[^'\n]{1,500}': Failed assertion: ")
_INSTANCE = re.compile(r"Instance of '(?P<type>[\w$]{1,200})(?:<[^'\n]{0,200}>)?'")
_NAME = r"[A-Za-z_$][\w$]{0,200}"
# Some write more than ": " behind it: "after 0:00:01: …", "(code, …)", "[type]: …".
_NAMED = re.compile(
    rf"(?P<type>{_NAME}(?:\.{_NAME})?)(?:: (?P<value>.*)|(?=\(| \(| \[| after \d| at \w)(?P<words>.*))",
    re.DOTALL,
)
_SURE_NAME = re.compile(r"[\w$.]*(?:Error|Exception|Failure|Exit)")
HEADING = re.compile(
    r"""(?<![\w.$:/'\\-])
        (?: Bad\ state:[ ] | Invalid\ argument(?:\(s\)|\ \([^)\n]{0,200}\))?:[ ] | Unsupported\ operation:[ ]
          | Concurrent\ modification\ during\ iteration:[ ] | Null\ check\ operator\ used\ on\ a\ null\ value
          | type\ '[^'\n]{1,300}'\ is\ not\ a\ subtype\ of[ ] | Stack\ Overflow\b | Out\ of\ Memory\b
          | Reading\ static\ variable\ ' | Instance\ of\ '[\w$]{1,200}
          | '[^'\n]{1,500}':\ Failed\ assertion:[ ]
          | [A-Za-z_$]?[\w$]{0,200}?(?:Error|Exception|Failure)(?::\ |\(|\ \(|\ \[|\ after\ \d)
        ).*
    """,
    re.VERBOSE | re.DOTALL,
)
"""The first line of an exception, from where its words begin."""

_CAUGHT = re.compile(
    r"The (?:following (?P<type>.{1,200}?)|null value|number (?P<number>\S{1,40})) was thrown(?: .{0,1000})?:"
)
_OBJECT = " object"


def unhandled(lines: Sequence[str], end: int) -> tuple[int, re.Match[str]] | None:
    """The last line of ``lines[:end]`` that says an exception was handled by nobody, and the match."""
    for n in range(end - 1, max(-1, end - _FARTHEST), -1):
        match = (
            _UNHANDLED.search(lines[n]) if len(lines[n]) <= LONGEST_LINE and "handled" in lines[n] else None
        )
        if match is None and "Uncaught" in lines[n]:
            match = _UNHANDLED.search(lines[n][:LONGEST_LINE])
        if match is not None:
            return n, match
    return None


def is_unhandled(line: str) -> bool:
    """Whether `line` begins the words about an exception that was handled by nobody."""
    return _UNHANDLED.match(line[:LONGEST_LINE]) is not None


def named(message: Sequence[str]) -> tuple[str | None, list[str]]:
    """The type of an exception with this message, as far as it is said, and its message without it."""
    lines = list(message)
    while lines and not lines[0].strip():
        del lines[0]
    if not lines:
        return None, []
    first = lines[0].strip()[:LONGEST_LINE]
    for words, kind in _BY_WORDS:
        if first.startswith(words):
            return kind, lines
    if _ASSERTION.match(first):
        return "AssertionError", lines
    instance = _INSTANCE.fullmatch(first)
    if instance is not None:
        return instance["type"], lines
    if _SURE_NAME.fullmatch(first):
        return first, lines[1:]
    match = _NAMED.fullmatch(first)
    if match is None or not (_SURE_NAME.fullmatch(match["type"]) or (first[0].isupper() and match["value"])):
        return None, lines
    if match["value"] is None:
        return match["type"], lines
    return match["type"], [match["value"], *lines[1:]]


def caught(lines: Sequence[str]) -> tuple[str | None, list[str]]:
    """Type and message in one of Flutter's blocks: of the lines between its banner and the stack."""
    for n, line in enumerate(lines[:5]):
        match = _CAUGHT.fullmatch(line.strip()[:LONGEST_LINE])
        if match is None:
            continue
        message = list(lines[n + 1 :])
        kind, rest = named(message)
        told = (match["type"] or "").removesuffix(_OBJECT)
        if told == "assertion":
            return kind if kind and kind.endswith("Error") else "AssertionError", rest if kind else message
        if told in ("", "message"):
            return None, [*([match["number"]] if match["number"] else []), *message]
        return told, rest if kind is not None and kind == told.lstrip("_") else message
    return named(lines)
