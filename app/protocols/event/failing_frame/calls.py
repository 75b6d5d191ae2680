"""What kind of call a frame is, by its names alone: whether it is a place in the app's code at all."""

from enum import IntEnum
from functools import lru_cache

from app.protocols.event.failing_frame import machinery, system_libraries, wrappers
from app.protocols.event.failing_frame.machinery import Machinery

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
    """The kind of a call, and whether it is one of a library of the system."""
    compiled = machinery.is_compiled(path, platform)
    return of(path, module, function, platform), system_libraries.holds(path, function, compiled=compiled)
