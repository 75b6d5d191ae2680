"""Everything that git says about an event: blame of its line, suspects, and what changed since."""

import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from threading import Event as Stop

from msgspec import Struct

from app.git import builds, failing_line, repository, suspects, texts
from app.git.command import GitError, NoGit, Stopped
from app.git.failing_line import LineHistory
from app.git.frames import FrameFile, FrameFiles, why_none
from app.git.repository import Repository
from app.git.suspects import Suspect
from app.plain_text import one_line, plural

_SECONDS_FOR_OTHERS = 3.0


class Window(Struct, frozen=True, kw_only=True):
    """When the commits came that may have brought an issue.

    `before` is its first event, or the one that brought it back; `after` its last event before that, or when
    the release before it, `after_release`, was first seen. None: as far back as there are commits.
    """

    before: datetime
    after: datetime | None = None
    after_release: str | None = None
    because: str = ""


class ChangedFile(Struct, frozen=True, kw_only=True):
    """A file that changed since the event came. `saved_at` is set when it has changes not yet committed."""

    name: str
    commits: int = 0
    newest: str = ""
    saved_at: datetime | None = None


class Examination(Struct, frozen=True, kw_only=True):
    """What git says. `problem` is a sentence on why it says nothing, and empty otherwise.

    `frames` are those whose lines it can be asked about, the one that failed first; `line` is the history of
    that one's. `window` says of which time the suspects are, or why there are none.
    """

    problem: str = ""
    root: Path | None = None
    frames: tuple[FrameFile, ...] = ()
    line: LineHistory | None = None
    suspects: tuple[Suspect, ...] = ()
    window: str = ""
    changed: tuple[ChangedFile, ...] = ()


def examine(
    frames: FrameFiles, release: str | None, came_at: datetime, window: Window, stop: Stop | None = None
) -> Examination:
    """Ask git about an event of `release` that came at `came_at`. Raises `Stopped` once `stop` is set."""
    if not frames.frames:
        return Examination(problem=why_none(frames))
    try:
        return _examine(frames, release, came_at, window, stop)
    except Stopped:
        raise
    except NoGit as error:
        return Examination(problem=f"{error} With it, this says who wrote the line, and when.")
    except GitError as error:
        return Examination(problem=str(error))


def line_of(file: FrameFile, release: str | None, stop: Stop | None = None) -> LineHistory:
    """The history of another frame's line; its note is a sentence when git has none."""
    try:
        where = repository.find(file.path, stop)
        return failing_line.of_frame(where, file, _build(where, release, stop), stop)
    except Stopped:
        raise
    except GitError as error:
        return LineHistory(place=file.place, note=str(error))


def _examine(
    frames: FrameFiles, release: str | None, came_at: datetime, window: Window, stop: Stop | None
) -> Examination:
    where = repository.find(frames.frames[0].path, stop)
    if repository.resolve(where, "HEAD", stop) is None:
        raise GitError(f"{where.root} has no commit yet.")
    mine = [file for file in frames.files() if file.path.is_relative_to(where.root)]
    build = _build(where, release, stop)
    line = failing_line.of_frame(where, mine[0], build, stop)
    why, found = _suspects(where, mine, build, line, window, stop)
    return Examination(
        root=where.root,
        frames=frames.frames,
        line=line,
        suspects=found,
        window=why,
        changed=_changed(where, mine, build, came_at, stop),
    )


def _suspects(
    where: Repository,
    files: Sequence[FrameFile],
    build: str | None,
    line: LineHistory,
    window: Window,
    stop: Stop | None,
) -> tuple[str, tuple[Suspect, ...]]:
    """The suspects, and of which time they are; none, and why, where that takes git too long."""
    names = [where.name(file.path) for file in files]
    after_commit = _build(where, window.after_release, stop)
    try:
        touched = suspects.touching(
            where,
            names,
            revision=build or "HEAD",
            before=window.before,
            after=None if after_commit else window.after,
            after_commit=after_commit,
            stop=stop,
        )
    except Stopped:
        raise
    except GitError as error:
        return str(error), ()
    near = {each.commit.hash: files[0].place for each in line.near}
    begun = time.monotonic()
    for file in files[1:]:
        # Only to tell which suspects are closer: in a very large repository it is left out.
        if not touched or time.monotonic() - begun > _SECONDS_FOR_OTHERS:
            break
        for each in failing_line.of_frame(where, file, build, stop).near:
            near.setdefault(each.commit.hash, file.place)
    failing = None if line.blamed is None else line.blamed.commit.hash
    found = suspects.rank(touched, failing=failing, near=near, crash_file=names[0])
    return _in_words(window, after_commit), found


def _build(where: Repository, release: str | None, stop: Stop | None) -> str | None:
    return None if release is None else builds.commit_of(where, release, stop)


def _changed(
    where: Repository, files: Sequence[FrameFile], build: str | None, came_at: datetime, stop: Stop | None
) -> tuple[ChangedFile, ...]:
    """The files with commits since the build, or since the event where that is not known, or changes."""
    names = {where.name(file.path): file.path for file in files}
    since = suspects.touching(
        where,
        list(names),
        before=datetime.max.replace(tzinfo=came_at.tzinfo, year=2100),
        after=None if build else came_at,
        after_commit=build,
        stop=stop,
    )
    found = []
    for name, path in names.items():
        commits = [commit for commit, touched in since if name in touched]
        saved_at = uncommitted_since(where, path, stop)
        if commits or saved_at:
            newest = f"{commits[0].short} {commits[0].subject}" if commits else ""
            found.append(ChangedFile(name=name, commits=len(commits), newest=newest, saved_at=saved_at))
    return tuple(found)


def uncommitted_since(where: Repository, path: Path, stop: Stop | None = None) -> datetime | None:
    """When a file with changes that are not committed was saved; None when it has none."""
    now = texts.read(path)
    return None if now.lines == texts.committed(where, "HEAD", where.name(path), stop) else now.saved_at


def _in_words(window: Window, after_commit: str | None) -> str:
    if after_commit and window.after_release:
        return f"since {one_line(window.after_release[:60])}, the release before it"
    return window.because


def summary(examination: Examination) -> str:
    """A few words for the section's heading when it is folded."""
    if examination.problem:
        return ""
    parts = []
    if examination.line is not None and (blamed := examination.line.blamed):
        parts.append(f"{blamed.commit.author}, {blamed.commit.short}")
    if examination.suspects:
        parts.append(plural(len(examination.suspects), "suspect"))
    return " · ".join(parts)
