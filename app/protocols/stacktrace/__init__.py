"""Stack traces as text, of any language, read into exceptions and frames.

Clients log, paste and mail what their runtime printed. One module a language reads it; this is their door.
Everything is pure and raises nothing, whatever the text.
"""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from app.model import ExceptionInfo, Frame
from app.protocols.stacktrace import python
from app.protocols.stacktrace.found import Found
from app.protocols.stacktrace.python import parse_python as parse_python

_READERS: Mapping[str, Callable[[Sequence[str]], Found | None]] = {
    "python": python.find,
}


class Parsed(Struct, frozen=True, kw_only=True):
    """What a text holds: `exceptions` is empty when that is no stack trace, and `before` then the whole text.

    Exceptions run cause first and the raised one last; frames run oldest call first. `platform` is Sentry's
    name of the language. `before` is what stood in front of the stack trace, such as the line of a log.
    """

    exceptions: tuple[ExceptionInfo, ...] = ()
    platform: str | None = None
    before: str = ""


def parse(text: str, platform: str | None = None) -> Parsed:
    """The stack trace in `text`; `platform` (Sentry's name) says which language to try first.

    Where traces of several languages are found, the one that begins first counts: a message may quote others.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    found = _find(lines, platform)
    if found is None:
        return Parsed(platform=platform, before=text.rstrip())
    before = "\n".join((*lines[: found.line], lines[found.line][: found.column]))
    return Parsed(exceptions=found.exceptions, platform=found.platform, before=before.rstrip())


def parse_frames(text: str, platform: str | None = None) -> tuple[Frame, ...]:
    """The frames of the raised exception, for clients that send type and message apart from a bare stack."""
    found = _find(text.replace("\r\n", "\n").split("\n"), platform)
    return found.exceptions[-1].frames if found is not None else ()


def _find(lines: Sequence[str], platform: str | None) -> Found | None:
    told = _READERS.get(platform or "")
    found = told(lines) if told is not None else None
    if found is not None:
        return found
    all_found = [found for reader in _READERS.values() if (found := reader(lines)) is not None]
    return min(all_found, key=lambda found: (found.line, found.column), default=None)
