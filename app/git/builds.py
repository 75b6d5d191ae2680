"""Which commit a build was made of, by the name of its release, and whether it has another commit in it."""

import re
from threading import Event

from app.git.command import Refused
from app.git.repository import Repository, resolve

# `4f2a9c1…`, `shop@4f2a9c1…`, `1.4.0+4f2a9c1`, and what `git describe` makes: `1.4.0-3-g4f2a9c1`.
_HASH = re.compile(r"(?:.*(?:[@+_]|-g))?([0-9a-f]{7,64})(?:-dirty)?")
_TAG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+/-]*")
_LONGEST = 200


def commit_of(repository: Repository, release: str, stop: Event | None = None) -> str | None:
    """The hash of the commit that a release was built from; None when none here has its name.

    A release is named by its commit's hash, alone or behind a name or version, or by a tag: `shop@1.4.0` is
    what `shop@1.4.0`, `1.4.0` or `v1.4.0` tags. Raises `GitError`.
    """
    if len(release) > _LONGEST:
        return None
    if (named := _HASH.fullmatch(release)) and (found := resolve(repository, named[1], stop)):
        return found
    version = release.rpartition("@")[2]
    bare = version.partition("+")[0]
    for tag in dict.fromkeys((release, version, f"v{version}", bare, f"v{bare}")):
        # `@{` and the like are no tags but questions.
        if all(_TAG.fullmatch(part) for part in tag.split("@")) and (
            found := resolve(repository, f"refs/tags/{tag}", stop)
        ):
            return found
    return None


def has_commit(repository: Repository, build: str, commit: str, stop: Event | None = None) -> bool | None:
    """Whether `commit` is `build` or one of its ancestors; None when too little history is here to say.

    A commit that was picked or rebased has another hash, and is another commit. Raises `GitError`.
    """
    if build == commit:
        return True
    try:
        repository.git("merge-base", "--is-ancestor", commit, build, stop=stop)
    except Refused as error:
        if error.code != 1:
            return None
        return None if repository.is_shallow else False
    return True
