"""A name for a file to be saved, made of one that came from outside: it names a file in one folder only."""

import re

from app.plain_text import plain

_LONGEST = 120
_LONGEST_ENDING = 16
# What separates folders, and what some system does not allow in a name.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\/‹›\u200b-\u200f\u2028-\u202f\u2066-\u2069\ufeff]+')
# Names of devices on Windows, with any ending.
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


def safe(name: str, otherwise: str = "attachment") -> str:
    """The last part of `name` without what is unsafe; `otherwise` where nothing is left.

    Never hidden, never a folder's `..`, never a device, and short enough for each file system.
    """
    last = re.split(r"[\\/]", name[-4_096:])[-1]
    shown = plain(_UNSAFE.sub("_", last).encode("utf-8", "replace").decode())
    seen = "".join(character if character.isprintable() else "_" for character in _UNSAFE.sub("_", shown))
    cleaned = seen.strip(" ._-") or otherwise
    if _RESERVED.fullmatch(cleaned):
        cleaned = f"_{cleaned}"
    return _shortened(cleaned)


def _shortened(name: str) -> str:
    """At most so many bytes, the ending kept."""
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = name, "", ""
    tail = f"{dot}{ending}"
    room = max(1, _LONGEST - len(tail.encode()))
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") + tail
