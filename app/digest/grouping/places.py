"""A stack as the places it went through, each told once however often it was there.

A place is the module, or the file where there is none, with the function; where that has no name, with the
source line. Never the line's number, nor the folder.
"""

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from msgspec import Struct

from app.digest.grouping import names, wrappers
from app.model import Frame

_BROWSERS = frozenset(("javascript", "node"))
_LONGEST_LINE = 200
_NAMELESS = ":"
_SPACE = re.compile(r"\s+")


class _Kind(Enum):
    NAMED = 1
    NAMELESS = 2
    TOP_LEVEL = 3
    WRAPPER = 4
    BEGINNING = 5


class _Place(Struct, frozen=True):
    name: str
    kind: _Kind


def of(frames: Sequence[Frame], platform: str | None, *, in_app_only: bool) -> list[str]:
    """The places, in the order in which they were first reached; empty where no frame counts."""
    found: dict[str, None] = {}
    top_level: Frame | None = None
    for frame in frames:
        if in_app_only and not frame.in_app:
            continue
        place = _place(frame.filename or frame.abs_path, frame.module, frame.function, platform)
        kind = place.kind
        if kind is _Kind.NAMED:
            found[place.name] = None
        elif kind is _Kind.NAMELESS:
            found[place.name + _source(frame)] = None
        elif kind is _Kind.TOP_LEVEL:
            found[place.name] = None
        elif kind is _Kind.BEGINNING:
            found.clear()
        if kind is not _Kind.WRAPPER:
            top_level = frame if kind is _Kind.TOP_LEVEL else None
    places = list(found)
    if top_level is not None:
        # A script's own last line tells what failed; where it only called on, what it called tells.
        line = _source(top_level)
        if line:
            places.append(line)
    return places


def is_telling(place: str) -> bool:
    """Whether `place` has a function or a source line."""
    return not place.endswith(_NAMELESS)


def counts(frame: Frame, platform: str | None) -> bool:
    """Whether `frame` is a place, or only wraps others."""
    place = _place(frame.filename or frame.abs_path, frame.module, frame.function, platform)
    return place.kind not in (_Kind.WRAPPER, _Kind.BEGINNING)


@lru_cache(maxsize=32_768)
def _place(path: str | None, module: str | None, function: str | None, platform: str | None) -> _Place:
    if platform in _BROWSERS:
        if wrappers.is_built_in(path):
            return _Place("", _Kind.WRAPPER)
        if wrappers.begins_anew(function):
            return _Place("", _Kind.BEGINNING)
    if wrappers.is_wrapper(function, module):
        return _Place("", _Kind.WRAPPER)
    if module and module != "__main__":
        where = names.module_name(module, platform)
    else:
        where = names.file_name(path) if path else "?"
    own = names.function_name(function, platform) if function else ""
    if own:
        return _Place(where + _NAMELESS + own, _Kind.NAMED)
    is_top_level = function is not None and names.is_top_level(function)
    return _Place(where + _NAMELESS, _Kind.TOP_LEVEL if is_top_level else _Kind.NAMELESS)


def _source(frame: Frame) -> str:
    """The frame's own line, without what an edit of its surroundings would change."""
    for number, text in frame.context:
        if number == frame.line:
            return _SPACE.sub(" ", text.strip())[:_LONGEST_LINE]
    return ""
