"""Debug ids: by them a script that a client names elsewhere is found among the builds on this machine.

Bundlers write `//# debugId=…` at a script's end, and Sentry's clients send the ids of an event's scripts:
https://github.com/tc39/ecma426/blob/main/proposals/debug-id.md
"""

import os
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock

from app.model import Event

_MOST_IMAGES = 500
_MOST_ENTRIES = 30_000
_MOST_READ = 4_000
_END = 4 * 1024
_FRESH_SECONDS = 30.0
_ENDINGS = (".js", ".mjs", ".cjs", ".bundle")
_PASSED_OVER = frozenset(("node_modules", "__pycache__", "venv", "site-packages"))
_COMMENT = re.compile(rb"//[#@]\s*debugId=([0-9A-Fa-f-]{32,36})")
_ID = re.compile(r"[0-9a-f]{32}")


def of_event(event: Event) -> tuple[tuple[str, str], ...]:
    """The event's scripts with their ids, as (address of the script, id in 32 small hexadecimal digits)."""
    meta = event.extra.get("debug_meta")
    images = meta.get("images") if isinstance(meta, dict) else None
    found = []
    for image in images[:_MOST_IMAGES] if isinstance(images, list) else ():
        if isinstance(image, dict) and image.get("type") == "sourcemap":
            file, known = image.get("code_file"), normal(str(image.get("debug_id", ""))[:64])
            if isinstance(file, str) and known:
                found.append((file, known))
    return tuple(found)


def normal(debug_id: str) -> str:
    """The id in 32 small hexadecimal digits; empty when it is none."""
    found = debug_id.replace("-", "").lower()
    return found if _ID.fullmatch(found) else ""


def in_script(body: bytes) -> str:
    """The id that a script names at its end; empty without one."""
    named = _COMMENT.findall(body[-_END:])
    return normal(named[-1].decode("ascii")) if named else ""


class Builds:
    """The scripts with an id below confirmed folders, remembered for a while. Safe for several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._read: tuple[float, tuple[Path, ...], dict[str, Path]] = (0.0, (), {})

    def find(self, debug_id: str, folders: Sequence[Path]) -> Path | None:
        """The script with this id; None when none of those looked at has it."""
        key = tuple(folders)
        with self._lock:
            at, known, by_id = self._read
            if known != key or not at or time.monotonic() - at > _FRESH_SECONDS:
                by_id = _scripts(key)
                self._read = (time.monotonic(), key, by_id)
        return by_id.get(debug_id)


def _scripts(folders: Sequence[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for count, path in enumerate(_files(folders)):
        if count >= _MOST_READ:
            break
        try:
            with path.open("rb") as opened:
                opened.seek(max(0, path.stat().st_size - _END))
                known = in_script(opened.read(_END))
        except OSError:  # it went meanwhile, or may not be read
            continue
        if known:
            found.setdefault(known, path)
    return found


def _files(folders: Sequence[Path]) -> Iterator[Path]:
    entries = 0
    for folder in folders:
        for parent, names, files in os.walk(folder):  # it follows no link
            names[:] = sorted(n for n in names if n not in _PASSED_OVER and (n[:1] != "." or n == ".next"))
            entries += len(files) + len(names)
            if entries > _MOST_ENTRIES:
                return
            for name in files:
                path = Path(parent, name)
                if name.endswith(_ENDINGS) and path.is_file() and not path.is_symlink():
                    yield path


shared = Builds()
"""The one of this program."""
