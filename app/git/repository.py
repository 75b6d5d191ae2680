"""The repository that a file is in, and the commits of it."""

import re
from datetime import datetime
from pathlib import Path
from threading import Event

from msgspec import Struct

from app.git import command
from app.git.command import GitError, Refused
from app.model import from_micros
from app.plain_text import one_line

LOG_FORMAT = "%H%x00%an%x00%at%x00%ct%x00%s"
_LONGEST_NAME = 200
_LONGEST_SUBJECT = 500
HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SHORT = 9


class Commit(Struct, frozen=True, kw_only=True):
    """A commit. `written_at` is the author's time, `committed_at` when it came into the repository."""

    hash: str
    author: str
    written_at: datetime
    committed_at: datetime
    subject: str

    @property
    def short(self) -> str:
        """The beginning of the hash, for people."""
        return self.hash[:_SHORT]


class Repository(Struct, frozen=True, kw_only=True):
    """A repository with a working tree. A shallow one does not have all of its history."""

    root: Path
    is_shallow: bool = False

    def git(self, *arguments: str, stop: Event | None = None, most_bytes: int = command.MOST_BYTES) -> bytes:
        """What git prints there. Raises `GitError`."""
        return command.run(self.root, *arguments, stop=stop, most_bytes=most_bytes)

    def name(self, file: Path) -> str:
        """The file's name in the repository. Raises `GitError` when it is not below its folder."""
        try:
            return file.relative_to(self.root).as_posix()
        except ValueError as error:
            raise GitError(f"{file} is not below {self.root}, where its repository is.") from error


def find(file: Path, stop: Event | None = None) -> Repository:
    """The repository of a file or folder; the innermost, where one is in another. Raises `GitError`."""
    folder = file if file.is_dir() else file.parent
    try:
        answer = command.run(folder, "rev-parse", "--show-toplevel", "--is-shallow-repository", stop=stop)
    except Refused as error:
        raise GitError(_why_not(folder, error)) from error
    root, _, is_shallow = answer.decode("utf-8", "surrogateescape").rstrip("\n").rpartition("\n")
    if not root:
        raise GitError(f"{folder} is in a git repository without a working tree.")
    return Repository(root=Path(root).resolve(), is_shallow=is_shallow == "true")


def commit(repository: Repository, revision: str, stop: Event | None = None) -> Commit:
    """The commit that a person names: HEAD, a hash, a branch, a tag. Raises `GitError`."""
    known = resolve(repository, revision, stop)
    if known is None:
        if revision == "HEAD":
            raise GitError(f"{repository.root} has no commit yet.")
        raise GitError(f"There is no commit {one_line(revision, 80)} in {repository.root}.")
    answer = repository.git(
        "log", "--no-show-signature", "-1", f"--format={LOG_FORMAT}", known, "--", stop=stop
    )
    return parse(answer.decode("utf-8", "replace").rstrip("\n"))


def last_commits(repository: Repository, *, limit: int = 8, stop: Event | None = None) -> tuple[Commit, ...]:
    """The last commits of HEAD, the newest first. Raises `GitError`."""
    if resolve(repository, "HEAD", stop) is None:
        raise GitError(f"{repository.root} has no commit yet.")
    answer = repository.git(
        "log",
        "--no-show-signature",
        f"--max-count={limit}",
        f"--format={LOG_FORMAT}",
        "HEAD",
        "--",
        stop=stop,
    )
    return tuple(parse(line) for line in answer.decode("utf-8", "replace").split("\n") if line)


def resolve(repository: Repository, revision: str, stop: Event | None = None) -> str | None:
    """The hash of the commit that `revision` names; None when there is none."""
    if not revision or revision.startswith("-") or "\0" in revision or len(revision) > _LONGEST_NAME:
        return None
    try:
        answer = repository.git(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", stop=stop
        )
    except Refused:
        return None
    found = answer.decode("ascii", "replace").strip()
    return found if HASH.fullmatch(found) else None


def parse(text: str) -> Commit:
    """The commit that git printed in `LOG_FORMAT`. Raises `GitError`."""
    fields = text.split("\0")
    if len(fields) != 5 or not HASH.fullmatch(fields[0]):
        raise GitError("Git's answer cannot be read.")
    return Commit(
        hash=fields[0],
        author=one_line(fields[1], _LONGEST_NAME),
        written_at=moment(fields[2]),
        committed_at=moment(fields[3]),
        subject=one_line(fields[4], _LONGEST_SUBJECT),
    )


def moment(seconds: str) -> datetime:
    """The time that git printed in seconds since 1970; 1970 where nobody can have meant it."""
    try:
        return from_micros(int(seconds) * 1_000_000)
    except (ValueError, OverflowError):
        return from_micros(0)


def _why_not(folder: Path, error: Refused) -> str:
    if "not a git repository" in error.said:
        return f"{folder} is not in a git repository."
    if "dubious ownership" in error.said:
        return (
            f"The repository of {folder} belongs to another user, so git does not read it. If you trust it: "
            f"git config --global --add safe.directory {folder}"
        )
    if "must be run in a work tree" in error.said:
        return f"{folder} is in a git repository without a working tree."
    return f"Git cannot read the repository of {folder}. {error}"
