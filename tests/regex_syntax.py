"""Finds possessive quantifiers and atomic groups in a regular expression, by reading its syntax.

It does not use Python's own parser: that is not public, and reads some of these constructs wrongly.
"""

import re

_QUANTIFIER = re.compile(r"[*+?]|\{\d*,?\d*\}")


def unsafe_constructs(pattern: str | bytes, *, verbose: bool = False) -> list[str]:
    """Each possessive quantifier (``*+``, ``{2,3}+``) and atomic group (``(?>``) of `pattern`, as written.

    `verbose` says that ``#`` begins a comment, as under `re.VERBOSE`.
    """
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    found = []
    at = 0
    while at < len(text):
        quantifier = _QUANTIFIER.match(text, at)
        if text[at] == "\\":
            at += 2
        elif text[at] == "[":
            at = _end_of_set(text, at)
        elif text.startswith("(?#", at):
            at = _behind(text, ")", at)
        elif verbose and text[at] == "#":
            at = _behind(text, "\n", at)
        elif text.startswith("(?", at):
            if text.startswith("(?>", at):
                found.append("(?>")
            at += 2  # this question mark repeats nothing
        elif quantifier and quantifier[0] != "{}":
            at = quantifier.end()
            if text.startswith("+", at):
                found.append(f"{quantifier[0]}+")
            if text.startswith(("+", "?"), at):
                at += 1
        else:
            at += 1
    return found


def _end_of_set(text: str, start: int) -> int:
    """Where the set that begins at `start` ends; a bracket at its beginning belongs to it."""
    at = start + 1
    at += text.startswith("^", at)
    at += text.startswith("]", at)
    while at < len(text) and text[at] != "]":
        at += 2 if text[at] == "\\" else 1
    return at + 1


def _behind(text: str, end: str, start: int) -> int:
    found = text.find(end, start)
    return len(text) if found < 0 else found + 1
