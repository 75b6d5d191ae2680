"""Files of this machine as lines of source: bounded, and remembered until they change.

Only files that `app/local_files/locate.py` has found below a confirmed folder are read.
"""

import io
import tokenize
from collections import OrderedDict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from msgspec import Struct

LARGEST_SOURCE = 4 * 1024 * 1024
LINES_AROUND = 5
_HELD = 24
_MOST_HELD_BYTES = 24 * 1024 * 1024
_BINARY_LOOKED_AT = 8 * 1024


class Unreadable(Exception):
    """The file is not shown; the text is half a sentence for people: `it is larger than 4 MB`."""


class FileText(Struct, frozen=True):
    """A file's lines without their ends, when it was last changed, and its size in bytes."""

    lines: tuple[str, ...]
    changed_at: datetime
    size: int


class _Held:
    """What was read last, by path and state of the file. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._texts: OrderedDict[tuple[str, int, int], FileText] = OrderedDict()

    def get(self, key: tuple[str, int, int]) -> FileText | None:
        with self._lock:
            text = self._texts.get(key)
            if text is not None:
                self._texts.move_to_end(key)
            return text

    def put(self, key: tuple[str, int, int], text: FileText) -> None:
        with self._lock:
            self._texts[key] = text
            while len(self._texts) > _HELD or (
                len(self._texts) > 1 and sum(held.size for held in self._texts.values()) > _MOST_HELD_BYTES
            ):
                self._texts.popitem(last=False)


_held = _Held()


def read(path: Path) -> FileText:
    """The file's lines. Raises `Unreadable`."""
    try:
        state = path.stat()
        key = (str(path), state.st_mtime_ns, state.st_size)
        if (held := _held.get(key)) is not None:
            return held
        content = read_bytes(path, LARGEST_SOURCE)
    except OSError as error:
        raise Unreadable(f"it cannot be read: {error.strerror or error}") from error
    if b"\0" in content[:_BINARY_LOOKED_AT]:
        raise Unreadable("it is no text")
    try:
        changed_at = datetime.fromtimestamp(state.st_mtime, UTC)
    except (ValueError, OverflowError, OSError):
        changed_at = datetime.fromtimestamp(0, UTC)
    text = FileText(split(decoded(content, path.suffix)), changed_at, len(content))
    _held.put(key, text)
    return text


def read_bytes(path: Path, limit: int) -> bytes:
    """All of a regular file. Raises `Unreadable` beyond the limit, and `OSError`."""
    if not path.is_file():
        raise Unreadable("it is no file")
    with path.open("rb") as opened:
        content = opened.read(limit + 1)
    if len(content) > limit:
        raise Unreadable(f"it is larger than {limit // 1024 // 1024} MB")
    return content


def decoded(content: bytes, suffix: str) -> str:
    """The text: of Python in the encoding that it declares, else UTF-8, with marks for what is not."""
    if suffix in (".py", ".pyw", ".pyi"):
        try:
            encoding, _lines = tokenize.detect_encoding(io.BytesIO(content).readline)
            return content.decode(encoding, "replace")
        except (SyntaxError, LookupError):
            pass  # it declares one that there is not
    return content.decode("utf-8-sig", "replace")


def split(text: str) -> tuple[str, ...]:
    """The lines, without their ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(lines[:-1] if lines[-1] == "" else lines)


def around(lines: Sequence[str], line: int) -> tuple[tuple[int, str], ...]:
    """The line numbered so, from 1, with those around it, as a frame holds them; nothing beyond the end."""
    if not 1 <= line <= len(lines):
        return ()
    first = max(1, line - LINES_AROUND)
    return tuple(enumerate(lines[first - 1 : line + LINES_AROUND], first))
