"""Commits that may have brought an error: those that touched its frames' files shortly before it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from threading import Event

from msgspec import Struct

from app.git.repository import LOG_FORMAT, Commit, Repository, parse

_MOST_READ = 200
_MOST_BYTES = 512 * 1024
MOST = 5


class Suspect(Struct, frozen=True, kw_only=True):
    """A commit, those of the frames' files that it touched, and why it stands where it does."""

    commit: Commit
    files: tuple[str, ...]
    why: str


def touching(
    repository: Repository,
    names: Sequence[str],
    *,
    before: datetime,
    after: datetime | None = None,
    after_commit: str | None = None,
    revision: str = "HEAD",
    stop: Event | None = None,
) -> list[tuple[Commit, tuple[str, ...]]]:
    """The newest commits of `revision` that touched these files, each with those it touched.

    Committed before `before`, and after `after`, or not in `after_commit`. Merges are left out: what they
    bring is a commit of its own. Raises `GitError`.
    """
    limits = [f"--before=@{int(before.timestamp())} +0000"]
    if after is not None:
        limits.append(f"--after=@{int(after.timestamp())} +0000")
    which = [revision] if after_commit is None else [revision, f"^{after_commit}"]
    answer = repository.git(
        "log", f"--max-count={_MOST_READ}", "--no-merges", "--no-ext-diff", "--no-textconv", "--no-renames",
        "--no-show-signature", *limits, f"--format=%x01{LOG_FORMAT}", "--name-only", *which, "--", *names,
        stop=stop, most_bytes=_MOST_BYTES,
    )  # fmt: skip
    found = []
    for block in answer.decode("utf-8", "replace").split("\x01")[1:]:
        head, _, files = block.partition("\n")
        found.append((parse(head), tuple(name for name in files.split("\n") if name)))
    return found


def rank(
    touched: Sequence[tuple[Commit, tuple[str, ...]]],
    *,
    failing: str | None,
    near: Mapping[str, str],
    crash_file: str | None,
    most: int = MOST,
) -> tuple[Suspect, ...]:
    """The likeliest first.

    `failing` is the commit that wrote the failing line, `near` the commits that wrote lines around one of the
    frames' lines, with that place; `crash_file` the file of the frame that failed.
    """

    def place(each: tuple[Commit, tuple[str, ...]]) -> tuple[int, float]:
        commit, files = each
        return _closeness(commit.hash, files, failing, near, crash_file), -commit.committed_at.timestamp()

    return tuple(
        Suspect(commit=commit, files=files, why=_why(commit.hash, files, failing, near, crash_file))
        for commit, files in sorted(touched, key=place)[:most]
    )


def _closeness(
    commit: str, files: Collection[str], failing: str | None, near: Mapping[str, str], crash_file: str | None
) -> int:
    if commit == failing:
        return 0
    if commit in near:
        return 1
    return 2 if crash_file in files else 3


def _why(
    commit: str, files: Sequence[str], failing: str | None, near: Mapping[str, str], crash_file: str | None
) -> str:
    closeness = _closeness(commit, files, failing, near, crash_file)
    if closeness == 0:
        return "wrote the failing line"
    if closeness == 1:
        return f"changed lines around {near[commit]}"
    if closeness == 2:
        return f"changed {crash_file}, where it failed"
    return f"changed {', '.join(files[:3])}" + (" and others" if len(files) > 3 else "")
