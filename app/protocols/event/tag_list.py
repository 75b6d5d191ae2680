"""Tags that come as a list of words, as from Honeybadger and Raygun, and the level that they may name."""

import re
from collections.abc import Sequence

from app.model import Level
from app.protocols.event import levels

_LEVELS = frozenset((*Level, "critical"))
# What raygun4py's logging handler adds.
_OF_LOG = re.compile(r"(\w+) Log")


def tags(words: Sequence[str]) -> dict[str, str]:
    """The words as tags: each is "true"."""
    return {word.strip(): "true" for word in words if word.strip()}


def level(words: Sequence[str]) -> Level | None:
    """The level that the first of `words` names which names one; these formats have no other place for it."""
    for word in words:
        match = _OF_LOG.fullmatch(word)
        named = (match[1] if match else word).strip().lower()
        if named in _LEVELS:
            return levels.find(named)
    return None
