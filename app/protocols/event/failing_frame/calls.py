"""What kind of call a frame is, by its names alone: whether it is a place in the app's code at all."""

import re
from enum import IntEnum
from functools import lru_cache

from app.protocols.event.failing_frame import machinery, system_libraries, wrappers
from app.protocols.event.failing_frame.machinery import Machinery
from app.protocols.event.library_modules import FOREIGN_MODULES

_LONGEST = 400
# "net/http" of "net/http.(*conn).serve".
_PACKAGE_OF_GO = re.compile(r"(?:[^/]{1,100}/){0,20}[^/.]{1,100}(?=\.)")
_BROWSERS = frozenset(("javascript", "node"))


class Call(IntEnum):
    """`CODE` may be the app's. A `WRAPPER` stands between calls of the app. What comes before a `BEGINNING`
    only asked for the call, and what a `RAISING` one calls has to do with the error alone.
    """

    CODE = 0
    WRAPPER = 1
    BEGINNING = 2
    RAISING = 3


def of(path: str | None, module: str | None, function: str | None, platform: str | None) -> Call:
    """The kind of a call; `platform` is Sentry's name of the language. Any may be missing."""
    if platform in _BROWSERS:
        if wrappers.is_built_in(path):
            return Call.WRAPPER
        if wrappers.was_scheduled(function):
            return Call.BEGINNING
    if wrappers.is_wrapper(function, module):
        return Call.WRAPPER
    found = machinery.of(path, module, function, platform)
    if found is Machinery.RAISES:
        return Call.RAISING
    return Call.CODE if found is Machinery.NONE else Call.WRAPPER


@lru_cache(maxsize=32_768)
def known(
    path: str | None, module: str | None, function: str | None, platform: str | None
) -> tuple[Call, bool]:
    """The kind of a call, and whether it is one of a library of the system or the language."""
    compiled = machinery.is_compiled(path, platform)
    is_of_system = system_libraries.holds(path, function, compiled=compiled)
    if not is_of_system and function and not module:
        is_of_system = _is_of_language(function[:_LONGEST], platform)
    return of(path, module, function, platform), is_of_system


def _is_of_language(function: str, platform: str | None) -> bool:
    """Whether a name that begins with its module's is one of a library that all apps of the language have."""
    foreign = FOREIGN_MODULES.get(platform or "")
    package = _PACKAGE_OF_GO.match(function) if platform == "go" else None
    return foreign is not None and foreign.match(package[0] if package is not None else function) is not None
