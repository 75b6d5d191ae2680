"""PHP's names of anonymous classes: `Job@anonymous`, a NUL, and where on that host it was defined.

https://www.php.net/manual/en/language.oop5.anonymous.php: the name is made up by the engine. What is behind
the NUL differs between two deployments of one app, and says nothing that the frames do not.
"""

import re
from typing import Any

from msgspec.structs import replace

from app.model import Event, ExceptionInfo, Frame, Thread

SIGN = b"@anonymous"
"""What a body has in it that names such a class."""

_NAME = "@anonymous"
# The NUL, or what became of it on the way. PHP before 7.4 writes an address instead of the line.
_PLACE = re.compile(
    r"(?<=@anonymous)(?:[\x00\ufffd ]|\\u0000|\\0|\\x00|%00|(?=/|[A-Za-z]:\\))"
    r"(?:[^\x00\n]{0,500}?(?::\d{1,9}\$[0-9a-f]{1,16}|\.\w{1,9}0x[0-9a-f]{1,16})|(?<!\x20)[^\x00\s\"'():]{1,500})"
)


def without_places(event: Event) -> Event:
    """`event` with such names cut short wherever they stand in what it is listed and grouped by."""
    cleaned: dict[str, Any] = {
        name: _text(getattr(event, name)) for name in ("title", "culprit", "message", "transaction")
    }
    return replace(
        event,
        **cleaned,
        exceptions=tuple(_exception(raised) for raised in event.exceptions),
        threads=tuple(_thread(thread) for thread in event.threads),
    )


def _exception(raised: ExceptionInfo) -> ExceptionInfo:
    return replace(
        raised,
        type=_text(raised.type),
        value=_text(raised.value),
        module=_text(raised.module),
        frames=_frames(raised.frames),
    )


def _thread(thread: Thread) -> Thread:
    return replace(thread, frames=_frames(thread.frames))


def _frames(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    return tuple(
        replace(frame, function=_text(frame.function), module=_text(frame.module))
        if _NAME in f"{frame.function}{frame.module}"
        else frame
        for frame in frames
    )


def _text(value: str | None) -> str | None:
    return _PLACE.sub("", value) if value and _NAME in value else value
