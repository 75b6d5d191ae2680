"""Reads a stack as the places that it went through, each once however often it occurs.

A place is the module, or else the file, with the function's name, or else the source line, or else the
address within a build. It never contains the line number or the folder.
"""

import re
from collections.abc import Sequence
from enum import Enum, IntEnum
from functools import lru_cache

from app.digest.grouping import names
from app.model import Frame
from app.protocols.event.failing_frame import calls, choice
from app.protocols.event.failing_frame.calls import Call

_LONGEST_LINE = 200
_NAMELESS = ":"
_SPACE = re.compile(r"\s+")


class Which(Enum):
    """Which frames count. `OWN` are in-app frames that our own rules take for in-app, too."""

    OWN = 1
    IN_APP = 2
    ALL = 3


class _Kind(IntEnum):
    NAMED = 0
    NAMELESS = 1
    TOP_LEVEL = 2
    WRAPPER = 3
    BEGINNING = 4
    RAISING = 5


_NAMED = _Kind.NAMED
_NO_PLACE = {
    Call.WRAPPER: _Kind.WRAPPER,
    Call.BEGINNING: _Kind.BEGINNING,
    Call.RAISING: _Kind.RAISING,
}


def of(frames: Sequence[Frame], platform: str | None, which: Which) -> list[str]:
    """The places, in the order in which they were first reached; empty where no frame counts."""
    found: dict[str, None] = {}
    top_level: Frame | None = None
    # How many places there were when the error was raised: what is called after that only reports it.
    raised_at = 0
    judged = which is not Which.OWN or platform in choice.JUDGED_BY_CLIENT
    may_panic = platform not in choice.RAISED_BY_STATEMENT
    for frame in frames:
        if not (judged and frame.in_app) and not is_of(frame, platform, which):
            if may_panic and found and raises(frame, platform):
                raised_at = len(found)
            continue
        place, kind = _place(frame.filename or frame.abs_path, frame.module, frame.function, platform)
        if kind is _NAMED:
            found[place] = None
            top_level = None
        elif kind is _Kind.RAISING:
            raised_at = len(found)
        elif kind is not _Kind.WRAPPER:
            top_level = frame if kind is _Kind.TOP_LEVEL else None
            if kind is _Kind.BEGINNING:
                found.clear()
                raised_at = 0
            else:
                found[
                    place + (_source(frame) or frame.address or "") if kind is _Kind.NAMELESS else place
                ] = None
    if raised_at:
        return list(found)[:raised_at]
    # If a script's top level failed, its source line identifies the bug; otherwise the called functions do.
    line = _source(top_level) if top_level is not None else ""
    return [*found, line] if line else list(found)


def has_name(place: str) -> bool:
    """Whether `place` has the name of a function, or a source line or an address instead."""
    return not place.endswith(_NAMELESS)


def is_of(frame: Frame, platform: str | None, which: Which) -> bool:
    """Whether `frame` is one of `which`."""
    if which is Which.OWN:
        return choice.is_own(frame, platform)
    return frame.in_app or which is Which.ALL


def wraps(frame: Frame, platform: str | None) -> bool:
    """Whether `frame` is only a wrapper around other calls, and no place."""
    _name, kind = _place(frame.filename or frame.abs_path, frame.module, frame.function, platform)
    return kind in (_Kind.WRAPPER, _Kind.BEGINNING)


def raises(frame: Frame, platform: str | None) -> bool:
    """Whether `frame` raised or reported the error, and is no place."""
    _name, kind = _place(frame.filename or frame.abs_path, frame.module, frame.function, platform)
    return kind is _Kind.RAISING


@lru_cache(maxsize=32_768)
def _place(
    path: str | None, module: str | None, function: str | None, platform: str | None
) -> tuple[str, _Kind]:
    call = calls.of(path, module, function, platform)
    if call is not Call.CODE:
        return "", _NO_PLACE[call]
    if module and module != "__main__":
        where = names.module_name(module, platform)
    else:
        where = names.file_name(path) if path else "?"
    own = names.function_name(function, platform) if function else ""
    if own:
        return where + _NAMELESS + own, _Kind.NAMED
    is_top_level = function is not None and names.is_top_level(function)
    return where + _NAMELESS, _Kind.TOP_LEVEL if is_top_level else _Kind.NAMELESS


def _source(frame: Frame) -> str:
    """The frame's own source line, without its indentation, so that edits around it change nothing."""
    for number, text in frame.context:
        if number == frame.line:
            return _SPACE.sub(" ", text.strip())[:_LONGEST_LINE]
    return ""
