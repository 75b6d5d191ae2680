"""A file as it was when the error happened, where the event names the commit that ran."""

import re
import time
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from app.git import builds, repository, texts
from app.git.command import GitError
from app.git.repository import Repository
from app.model import Event

_HASH = re.compile(r"[0-9a-f]{7,64}")
# What clients and people call it, in tags, contexts and extra.
_NAMES = frozenset(
    "commit commit_sha commit_hash commit_id git_commit git_sha git_hash git.commit git.sha git_revision sha "
    "revision build_sha source_version vcs.ref.head.revision".split()
)
_MOST_NAMED = 4
_SHORT = 7
# Which repositories and commits there are is asked again after so long: a person fetches and clones.
_KNOWN_SECONDS = 30.0


class Version:
    """The lines of one file in a commit; `name` is the beginning of the commit's hash."""

    def __init__(self, lines: tuple[str, ...], commit: str) -> None:
        self.lines = lines
        self.name = commit[:_SHORT]


def commits_named(event: Event) -> tuple[str, ...]:
    """The texts of an event that may name its commit: its release, then tags, contexts and extra."""
    found: dict[str, None] = {}
    if event.release:
        found[event.release] = None
    holders = [event.tags, event.extra, event.contexts, *_dicts(event.contexts.values())]
    for holder in holders:
        for name, value in holder.items():
            if str(name).lower() in _NAMES and isinstance(value, str) and _HASH.fullmatch(value.lower()):
                found[value.lower()] = None
    return tuple(found)[:_MOST_NAMED]


def _dicts(values: Iterable[object]) -> Iterator[dict[str, object]]:
    for value in values:
        if isinstance(value, dict):
            yield value


def of_file(path: Path, named: tuple[str, ...]) -> Version | None:
    """The file in the first commit named that its repository has; None when there is none of them."""
    if not named:
        return None
    try:
        now = int(time.monotonic() / _KNOWN_SECONDS)
        found = _repository(path.parent, now)
        commit = None if found is None else _commit(found, named, now)
        if found is None or commit is None:
            return None
        lines = _lines(found, commit, found.name(path))
    except GitError:  # no git, no repository, or none that git may read: the disk's file is shown
        return None
    return None if lines is None else Version(lines, commit)


@lru_cache(maxsize=256)
def _repository(folder: Path, _now: int) -> Repository | None:
    try:
        return repository.find(folder)
    except GitError:
        return None


@lru_cache(maxsize=256)
def _commit(found: Repository, named: tuple[str, ...], _now: int) -> str | None:
    return next((commit for name in named if (commit := builds.commit_of(found, name)) is not None), None)


@lru_cache(maxsize=8)
def _lines(found: Repository, commit: str, name: str) -> tuple[str, ...] | None:
    return texts.committed(found, commit, name)
