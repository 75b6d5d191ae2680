"""What is to be known of a commit before issues are resolved at it."""

from collections.abc import Collection
from pathlib import Path
from threading import Event

from app.fix_check.answers import content_in
from app.git import repository
from app.store.inbox.issues.fixes import Fix


def look_up(folder: Path, revision: str, releases: Collection[str], stop: Event | None = None) -> Fix:
    """The commit that `revision` names in the repository of a folder, and which of these releases have it.

    Raises `GitError` when there is no such repository or commit.
    """
    where = repository.find(folder, stop)
    found = repository.commit(where, revision, stop)
    return Fix(
        hash=found.hash,
        subject=found.subject,
        repository=str(where.root),
        builds={release: content_in(where, found.hash, release, stop) for release in releases},
    )
