"""What the search finds an event by: a text for each column of the index, and how tags are written in it.

A tag is a line of `tags`: one word made of its key, which nothing else contains, and then its value. So the
line's beginning is searched for as words that stand together, and a key in another's value is no match.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

COLUMNS = ("words", "tags", "type", "culprit", "files", "functions", "modules", "url", "more")

MARK = "\ue000"
"""Begins the word of a key. A private letter, which the index takes for one of a word like any other."""

EMPTY = MARK * 2
"""Begins the word for a field that the event does not have: most have most of them."""

LEVEL = f"{MARK}level"
"""A word that every event has."""

_NO_LETTERS = re.compile(r"[\W_]+")
# Keys of the search, by which these tags are asked for. Of other tags the line has the key as a word, too:
# it is pasted together with the value.
_FIELDS = frozenset(("level", "handled", "environment", "release", "user", "browser", "os", "device"))


class SearchTexts(NamedTuple):
    """The columns of one event. Those with several values have one a line."""

    words: str = ""
    tags: str = ""
    type: str = ""
    culprit: str = ""
    files: str = ""
    functions: str = ""
    modules: str = ""
    url: str = ""
    more: str = ""


def tag_lines(tags: Iterable[tuple[str, str]], empty: Iterable[str] = ()) -> str:
    """The column `tags` of an event with these tags, which does not have these fields."""
    lines = [_tag_line(key, value) for key, value in tags]
    lines += [EMPTY + field for field in empty]
    return "\n".join(lines)


# Most tags of an event are those of the one before.
@lru_cache(maxsize=4096)
def _tag_line(key: str, given: str) -> str:
    word, value = tag_word(key), plain(given)
    line = f"{word} {value}" if key in _FIELDS else f"{word} {key} {value}"
    if key == "release":
        # `shop@1.2.3` is also asked for as 1.2.3.
        _app, at, version = value.rpartition("@")
        if at and version:
            return f"{line}\n{word} {version}"
    return line


def tag_beginning(key: str) -> str:
    """What the line of a tag with this key begins with, before its value."""
    word = tag_word(key)
    return word if key in _FIELDS else f"{word} {plain(key)}"


@lru_cache(maxsize=1024)
def tag_word(key: str) -> str:
    """The word of the index for a key."""
    return MARK + _NO_LETTERS.sub(MARK, key)


def plain(text: str) -> str:
    """The text on one line, without what has a meaning in the index."""
    if text.isprintable():
        return text.replace(MARK, " ") if not text.isascii() else text
    return text.replace(MARK, " ").replace("\n", " ").replace("\r", " ")
