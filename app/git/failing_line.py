"""Blame of a frame's line: as of the build that failed where its commit is here, else where it stands now."""

from datetime import datetime
from threading import Event

from msgspec import Struct

from app.git import texts
from app.git.blame import BlamedLine, blame
from app.git.frames import FrameFile
from app.git.repository import Repository

_AROUND = 5


class LineHistory(Struct, frozen=True, kw_only=True):
    """Who wrote a frame's line. `blamed` is None for a line that was not committed yet, saved at `saved_at`.

    `near` are the lines around it that are committed, and `note` says of which state of the file this is.
    """

    place: str
    text: str = ""
    blamed: BlamedLine | None = None
    near: tuple[BlamedLine, ...] = ()
    saved_at: datetime | None = None
    note: str = ""


def of_frame(
    repository: Repository, file: FrameFile, build: str | None, stop: Event | None = None
) -> LineHistory:
    """The history of a frame's line; `build` is the commit that the failing build was made of, if it is here.

    Raises `GitError`.
    """
    name, frame = repository.name(file.path), file.frame
    if not frame.line:
        return LineHistory(place=file.place, note="The client sent no line.")
    note = ""
    if build is not None:
        then = texts.committed(repository, build, name, stop)
        line = _line_in(then or (), file)
        if then is not None and line is not None:
            moved = "" if line == frame.line else f", where it is line {line}"
            return _blamed(
                repository, file, build, line, then, f"as of {build[:9]}, which failed{moved}", stop
            )
        note = f"not in {build[:9]}, which the release names; "
    return _as_of_now(repository, file, name, note, stop)


def _as_of_now(
    repository: Repository, file: FrameFile, name: str, note: str, stop: Event | None
) -> LineHistory:
    now = texts.read(file.path)
    line = _line_in(now.lines, file)
    if line is None:
        return LineHistory(
            place=file.place, saved_at=now.saved_at, note=f"{note}the line is not in the file now"
        )
    moved = "" if line == file.frame.line else f", where it is line {line} now"
    text = now.lines[line - 1]
    head = texts.committed(repository, "HEAD", name, stop)
    if head is None:
        return LineHistory(
            place=file.place, text=text, saved_at=now.saved_at, note=f"{note}the file is not committed yet"
        )
    in_head = line if head == now.lines else texts.counterpart(now.lines, line, head)
    if in_head is None:
        return LineHistory(
            place=file.place, text=text, saved_at=now.saved_at, note=f"{note}not committed yet"
        )
    return _blamed(repository, file, "HEAD", in_head, head, f"{note}as of HEAD{moved}", stop)


def _line_in(lines: tuple[str, ...], file: FrameFile) -> int | None:
    """Where the frame's line is. Without its text there is only its number to go by."""
    number = file.frame.line or 0
    if any(at == number for at, _text in file.frame.context):
        return texts.find(lines, number, file.frame.context)
    return number if 0 < number <= len(lines) else None


def _blamed(
    repository: Repository,
    file: FrameFile,
    revision: str,
    line: int,
    lines: tuple[str, ...],
    note: str,
    stop: Event | None,
) -> LineHistory:
    first, last = max(1, line - _AROUND), min(len(lines), line + _AROUND)
    around = blame(repository, repository.name(file.path), first, last, revision=revision, stop=stop)
    mine = next((each for each in around if each.number == line), None)
    return LineHistory(place=file.place, text=lines[line - 1], blamed=mine, near=around, note=note)
