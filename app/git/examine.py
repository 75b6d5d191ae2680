"""Everything that git says about an event: blame of its line, suspects, and what changed since."""

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

    `files` are those of the frames, `lines` the histories of their lines that were asked for, that of the
    failing line first.
    """

    problem: str = ""
    root: Path | None = None
    files: tuple[FrameFile, ...] = ()
    lines: tuple[LineHistory, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    window: str = ""
    changed: tuple[ChangedFile, ...] = ()


def examine(
    frames: FrameFiles, release: str | None, came_at: datetime, window: Window, stop: Stop | None = None
) -> Examination:
    """Ask git about an event of `release` that came at `came_at`. Raises `Stopped` once `stop` is set."""
    if not frames.files:
        return Examination(problem=why_none(frames))
    try:
        return _examine(frames.files, release, came_at, window, stop)
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
    files: Sequence[FrameFile], release: str | None, came_at: datetime, window: Window, stop: Stop | None
) -> Examination:
    where = repository.find(files[0].path, stop)
    if repository.resolve(where, "HEAD", stop) is None:
        raise GitError(f"{where.root} has no commit yet.")
    mine = [file for file in files if file.path.is_relative_to(where.root)]
    build = _build(where, release, stop)
    lines: list[LineHistory] = []
    near: dict[str, str] = {}
    for file in mine:
        found = failing_line.of_frame(where, file, build, stop)
        lines.append(found)
        for each in found.near:
            near.setdefault(each.commit.hash, file.place)
    names = [where.name(file.path) for file in mine]
    after_commit = _build(where, window.after_release, stop)
    touched = suspects.touching(
        where,
        names,
        revision=build or "HEAD",
        before=window.before,
        after=None if after_commit else window.after,
        after_commit=after_commit,
        stop=stop,
    )
    failing = lines[0].blamed
    return Examination(
        root=where.root,
        files=tuple(mine),
        lines=tuple(lines),
        suspects=suspects.rank(
            touched, failing=None if failing is None else failing.commit.hash, near=near, crash_file=names[0]
        ),
        window=_in_words(window, after_commit),
        changed=_changed(where, mine, build, came_at, stop),
    )


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
        saved_at = _uncommitted_since(where, name, path, stop)
        if commits or saved_at:
            newest = f"{commits[0].short} {commits[0].subject}" if commits else ""
            found.append(ChangedFile(name=name, commits=len(commits), newest=newest, saved_at=saved_at))
    return tuple(found)


def _uncommitted_since(where: Repository, name: str, path: Path, stop: Stop | None) -> datetime | None:
    now = texts.read(path)
    return None if now.lines == texts.committed(where, "HEAD", name, stop) else now.saved_at


def _in_words(window: Window, after_commit: str | None) -> str:
    if after_commit and window.after_release:
        return f"since {one_line(window.after_release[:60])}, the release before it"
    return window.because


def summary(examination: Examination) -> str:
    """A few words for the section's heading when it is folded."""
    if examination.problem:
        return ""
    parts = []
    if examination.lines and (blamed := examination.lines[0].blamed):
        parts.append(f"{blamed.commit.author}, {blamed.commit.short}")
    if examination.suspects:
        parts.append(plural(len(examination.suspects), "suspect"))
    return " · ".join(parts)
