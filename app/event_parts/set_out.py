"""JSON set out over lines as far as it is read: of ten megabytes, the first page costs what a page costs.

Not a parser: it puts line ends and blanks between the tokens of what may be JSON, may be cut, or may be no
JSON at all, which stays as it is. Every other character stays, too.
"""

import re
from collections.abc import Generator, Iterator

_TOKEN = re.compile(r'\s+|[{}\[\],:]|"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null', re.DOTALL)
_BLANK = "  "
_DEEPEST = 40


def lines(text: str) -> Iterator[str]:
    """The lines of `text`: documents of JSON indented by two blanks, all else line by line."""
    at = 0
    while at < len(text):
        if text[at] in "{[":
            at = yield from _document(text, at)
            # What follows a document on its line belongs to the next one.
            at = at + 1 if text[at : at + 1] == "\n" else at
        else:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            yield text[at:end].rstrip("\r")
            at = end + 1


def _document(text: str, at: int) -> Generator[str, None, int]:
    """The lines of the document at `at`; returns where it ends."""
    depth, line = 0, ""
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            # Not JSON from here on.
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            yield line + text[at:end]
            return end
        token, at = found[0], found.end()
        if token.isspace():
            continue
        if token in "{[":
            closing = _closing(text, at)
            if closing:
                line, at = line + token + text[closing - 1], closing
            else:
                yield line + token
                depth += 1
                line = _BLANK * min(depth, _DEEPEST)
                continue
        elif token in "}]":
            if line.strip():
                yield line
            depth -= 1
            line = _BLANK * min(max(depth, 0), _DEEPEST) + token
        elif token == ",":
            yield line + token
            line = _BLANK * min(depth, _DEEPEST)
        else:
            line += ": " if token == ":" else token
        if depth <= 0 and token in "{}[]":
            break
    if line.strip():
        yield line
    return at


def _closing(text: str, at: int) -> int:
    """Behind the bracket that closes at once; 0 where something is between."""
    while at < len(text) and text[at] in " \n\r\t":
        at += 1
    return at + 1 if text[at : at + 1] in ("}", "]") else 0
