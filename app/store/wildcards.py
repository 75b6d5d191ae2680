"""Values with wildcards: a function of SQL that says whether a line of a text has one.

The pieces between the wildcards are found one after the other: that takes no longer for many of them, as a
regular expression would.
"""

from functools import lru_cache
from typing import NamedTuple

AT_START, AT_END = "^", "$"


class _Wildcard(NamedTuple):
    """`is_at_start`: only from where a line begins; `is_at_end`: only up to where it ends."""

    is_at_start: bool
    is_at_end: bool
    pieces: tuple[str, ...]
    longest: str


def pattern(pieces: tuple[str, ...], *, is_at_start: bool = False, is_at_end: bool = False) -> str:
    """What `has` takes for a value with any text between these pieces."""
    begin = (AT_START if is_at_start else "") + (AT_END if is_at_end else "")
    return "\n".join((begin, *(piece.replace("\n", " ") for piece in pieces)))


def has(text: str | None, wanted: str) -> bool:
    """Whether a line of the text has the value.

    It begins and ends where words do, unless it begins or ends with a wildcard. Case does not matter.
    """
    wildcard = _read(wanted)
    lowered = (text or "").lower()
    # Most texts have not even that.
    return wildcard.longest in lowered and any(_has(line, wildcard) for line in lowered.split("\n"))


@lru_cache(maxsize=256)
def _read(wanted: str) -> _Wildcard:
    flags, *pieces = wanted.lower().split("\n")
    return _Wildcard(AT_START in flags, AT_END in flags, tuple(pieces), max(pieces, key=len))


def _has(line: str, wildcard: _Wildcard) -> bool:
    first, *others = wildcard.pieces
    starts = [0] if wildcard.is_at_start else _places(line, first, 0)
    for start in starts:
        if not line.startswith(first, start) or (first and not _is_edge(line, start)):
            continue
        end = start + len(first)
        if others:
            return _has_rest(line, end, others, is_at_end=wildcard.is_at_end)
        if _ends(line, end, first, is_at_end=wildcard.is_at_end):
            return True
    return False


def _has_rest(line: str, at: int, pieces: list[str], *, is_at_end: bool) -> bool:
    *between, last = pieces
    for piece in between:
        found = line.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if not last:
        return True
    return any(_ends(line, start + len(last), last, is_at_end=is_at_end) for start in _places(line, last, at))


def _places(line: str, piece: str, at: int) -> list[int]:
    """Where the piece stands; only the first place of one without letters."""
    places = []
    found = line.find(piece, at)
    while found >= 0:
        places.append(found)
        if not piece:
            break
        found = line.find(piece, found + 1)
    return places


def _ends(line: str, end: int, piece: str, *, is_at_end: bool) -> bool:
    return end == len(line) if is_at_end else not piece or _is_edge(line, end)


def _is_edge(line: str, at: int) -> bool:
    """Whether no word goes on across this place."""
    return at in (0, len(line)) or not (line[at - 1].isalnum() and line[at].isalnum())
