"""A file as it was in a commit and as it is now, and where a line of one stands in the other.

The working tree is read here, not by git: git would run the clean filters that a repository names.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path
from threading import Event

from msgspec import Struct

from app.git.command import GitError, Refused
from app.git.repository import Repository

LARGEST_FILE = 4 * 1024 * 1024
# Comparing is quadratic at worst: what differs in the middle of two files is compared up to so many lines.
_MOST_COMPARED = 6_000
_NEAR = 200


class WorkingFile(Struct, frozen=True, kw_only=True):
    """A file as it is on the disk now: its lines without their ends, and when it was saved."""

    lines: tuple[str, ...]
    saved_at: datetime


def read(file: Path) -> WorkingFile:
    """The file on the disk. Raises `GitError` when it cannot be read or is very large."""
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
        saved_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError) as error:
        raise GitError(f"{file} cannot be read: {error}") from error
    if len(content) > LARGEST_FILE:
        raise GitError(
            f"{file.name} is larger than {LARGEST_FILE // 1024 // 1024} MB, so it is not compared."
        )
    return WorkingFile(lines=split(content), saved_at=saved_at)


def committed(
    repository: Repository, commit: str, name: str, stop: Event | None = None
) -> tuple[str, ...] | None:
    """The file's lines in a commit; None when it is not in it. Raises `GitError`."""
    try:
        content = repository.git("cat-file", "blob", f"{commit}:{name}", stop=stop, most_bytes=LARGEST_FILE)
    except Refused:
        return None
    return split(content)


def split(content: bytes) -> tuple[str, ...]:
    """The lines, without their ends: a checkout may have other ends than the commit."""
    lines = content.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    return tuple(lines[:-1] if lines[-1] == "" else lines)


def find(lines: Sequence[str], number: int, around: Sequence[tuple[int, str]]) -> int | None:
    """The number of the line that stood at `number` among the lines `around` it, as (number, text).

    Of equal lines the one whose neighbours fit best counts, then the nearest. None when no line is like it.
    """
    texts = {at: text.strip() for at, text in around}
    sought = texts.get(number)
    if sought is None:
        return None
    neighbours = [(at - number, text) for at, text in texts.items() if text and at != number]
    best: tuple[int, int] | None = None
    found: int | None = None
    for index, line in enumerate(lines):
        # A client may have cut a long line.
        if line.strip() != sought and not (len(sought) > 80 and line.strip().startswith(sought[:80])):
            continue
        fitting = sum(
            0 <= index + offset < len(lines) and lines[index + offset].strip() == text
            for offset, text in neighbours
        )
        rank = (fitting, -abs(index + 1 - number))
        if best is None or rank > best:
            best, found = rank, index + 1
    if best is None or (not sought and best[0] == 0):
        return None
    # A line such as `}` is everywhere: far away it says nothing without a neighbour.
    if neighbours and best[0] == 0 and (-best[1] > _NEAR or len(sought) < 4):
        return None
    return found


def counterpart(of: Sequence[str], line: int, there: Sequence[str]) -> int | None:
    """Which line of `there` the line (from 1) of `of` is; None when it was added or changed."""
    start = 0
    least = min(len(of), len(there))
    while start < least and of[start] == there[start]:
        start += 1
    end = 0
    while end < least - start and of[-1 - end] == there[-1 - end]:
        end += 1
    if line <= start:
        return line
    if line > len(of) - end:
        return line + len(there) - len(of)
    mine, theirs = of[start : len(of) - end], there[start : len(there) - end]
    if not theirs or len(mine) > _MOST_COMPARED or len(theirs) > _MOST_COMPARED:
        return None
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    block = blocks[bisect_right([each.a for each in blocks], line - start - 1) - 1]
    offset = line - start - 1 - block.a
    return start + block.b + offset + 1 if 0 <= offset < block.size else None
