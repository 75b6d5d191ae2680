"""Stack traces as text, of any language, read into exceptions and frames.

Clients log, paste and mail what their runtime printed. One module a language reads it, and all are called
from here. Everything is pure and raises nothing, whatever the text.
"""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from app.model import ExceptionInfo, Frame, Thread
from app.protocols.event import event_bounds
from app.protocols.stacktrace import readers
from app.protocols.stacktrace.languages import python
from app.protocols.stacktrace.languages.python import parse_python as parse_python
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.wire import json_bounds, lenient_json
from app.protocols.wire.notes import Notes

# Node, Ruby and loggers write ANSI colours for terminals, and logs often contain them.
_COLOURS = re.compile(r"\x1b\[[0-9;]{0,20}m")
# Android's log writes this before every line of a crash: "11-30 01:13:54.123  812  812 E AndroidRuntime: ".
_LOGCAT = re.compile(
    r"""^(?:\d\d-\d\d\ \d\d:\d\d:\d\d\.\d{3}\s{1,4}(?:\d{1,7}\s{1,4}){0,3}|\d\d:\d\d\s)?
        [WEF][/\ ](?:AndroidRuntime|System\.err|ReactNativeJS)\s{0,4}(?:\(\ {0,6}\d{1,7}\))?:\ ?""",
    re.VERBOSE | re.MULTILINE,
)
_LOGCAT_WORDS = ("AndroidRuntime", "System.err", "ReactNativeJS")
# Editors and copied web pages write these before a text: a byte order mark, directions of writing.
_INVISIBLE = "\ufeff\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Of a text larger than `_LARGE` characters at most so many lines are read, and so many characters of its
# beginning and of its end.
_LARGE, _MOST_LINES, _LONGEST = 1 << 18, 10_000, 1 << 20


class Parsed(Struct, frozen=True, kw_only=True):
    """What was parsed. Without a stack trace `exceptions` is empty and `before` is the whole text.

    Exceptions come causes first, frames oldest call first. `platform` is Sentry's name of the language.
    `before` is the text before the stack trace, such as the line of a log. `unread` counts the lines of the
    trace, and behind it, that no reader understands: `read` keeps the text if there are any. `threads` are
    others than the one that raised, as Go and Dart print them. The trace begins in line `line`, from 0.
    """

    exceptions: tuple[ExceptionInfo, ...] = ()
    platform: str | None = None
    before: str = ""
    unread: int = 0
    threads: tuple[Thread, ...] = ()
    line: int = 0

    @property
    def frames(self) -> tuple[Frame, ...]:
        """The frames of the raised exception, for clients that send its type and message separately."""
        return self.exceptions[-1].frames if self.exceptions else ()


def read(text: str, platform: str | None, notes: Notes, name: str) -> Parsed:
    """As `parse`. If lines of the trace stayed unread, keeps `text` under `name`, and says so in one problem.

    What has no trace at all is the caller's to keep.
    """
    parsed = parse(text, platform)
    _keep_unread(parsed, text, notes, name)
    return parsed


def read_python(text: str, notes: Notes, name: str) -> tuple[ExceptionInfo, ...]:
    """As `read`, for clients of Python alone: what other languages print is no stack trace there."""
    found = python.find(text.replace("\r\n", "\n").split("\n"))
    if found is None:
        return ()
    _keep_unread(Parsed(unread=found.unread), text, notes, name)
    return found.exceptions


def _keep_unread(parsed: Parsed, text: str, notes: Notes, name: str) -> None:
    if parsed.unread:
        kept = lenient_json.clean_text(text)
        if notes.kept.get(name) not in (kept, text):
            notes.keep(name, kept)
        lines = "1 line" if parsed.unread == 1 else f"{parsed.unread:,} lines"
        were = "was" if parsed.unread == 1 else "were"
        notes.problem(
            f"{lines} of the stack trace {were} not understood; the whole text is kept in extra as {name}."
        )


def parse(text: str, platform: str | None = None) -> Parsed:
    """Parse the stack trace in `text`, trying the language `platform` (Sentry's name) first, if it is given.

    Where traces of several languages are found, the one that begins first counts: a message may quote others.
    A given platform is returned unchanged, whichever format matched: OpenTelemetry for PHP writes Java's.
    """
    lines, found = _find(text, platform)
    if found is None:
        return Parsed(platform=platform, before=text.rstrip())
    before = "\n".join((*lines[: found.line], lines[found.line][: found.column]))
    language = platform if readers.of_platform(platform) is not None else found.platform
    return Parsed(
        exceptions=found.exceptions,
        platform=language,
        before=before.rstrip(),
        unread=found.unread,
        threads=found.threads,
        line=found.line,
    )


def _find(text: str, platform: str | None) -> tuple[Sequence[str], LocatedTrace | None]:
    if "\x1b[" in text:
        text = _COLOURS.sub("", text)
    if text[:1] in _INVISIBLE:
        text = text.lstrip(_INVISIBLE)
    text = text.replace("\r\n", "\n")
    if any(word in text for word in _LOGCAT_WORDS):
        text = _LOGCAT.sub("", text)
    if len(text) > _LARGE:
        return _find_in_large(text, platform)
    return _find_in_lines(text, platform)


def _find_in_large(text: str, platform: str | None) -> tuple[Sequence[str], LocatedTrace | None]:
    """Read the beginning and the end of a text that is larger than a person would read."""
    count = text.count("\n") + 1
    if len(text) > 2 * _LONGEST:
        text = f"{text[:_LONGEST]}\n{text[-_LONGEST:]}"
    all_lines = text.split("\n")
    lines, found = _find_in_lines("\n".join(json_bounds.halves(all_lines, _MOST_LINES)), platform)
    if found is None:
        return lines, None
    missing = max(0, count - len(lines))
    largest = max(len(raised.frames) for raised in found.exceptions)
    exceptions = tuple(
        replace(
            raised,
            frames=event_bounds.bound_text_frames(raised.frames, missing * len(raised.frames) // len(lines)),
        )
        if len(raised.frames) == largest
        else raised
        for raised in found.exceptions
    )
    return lines, replace(found, exceptions=exceptions)


def _find_in_lines(text: str, platform: str | None) -> tuple[Sequence[str], LocatedTrace | None]:
    own = readers.of_platform(platform)
    if own is not None and own.may_find(text):
        lines = text.split("\n")
        found = own.find(lines)
        if found is not None:
            return lines, found
    others = readers.interested(text, without=own)
    if not others:
        return (), None
    lines = text.split("\n")
    all_found = [found for reader in others if (found := reader.find(lines)) is not None]
    found = min(all_found, key=_precedence, default=None)
    return lines, found


def _precedence(found: LocatedTrace) -> tuple[int, int, int]:
    return found.line, found.column, -sum(len(raised.frames) for raised in found.exceptions)
