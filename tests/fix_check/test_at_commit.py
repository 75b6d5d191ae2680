"""What is known of a commit when issues are resolved at it."""

from pathlib import Path

import pytest

from app.fix_check import at_commit
from app.git.command import GitError
from app.store.inbox.issues.fixes import Content
from tests.git.a_repository import ARepository


def test_the_commit_and_the_builds_that_have_it(shop: ARepository) -> None:
    fix = at_commit.look_up(shop.root, "1.1", ["1.0", "1.1", "shop@1.2", "9.9", "night build"])
    assert (fix.hash, fix.subject, fix.repository) == (
        shop.git("rev-parse", "1.1"),
        "Number 1",
        str(shop.root),
    )
    assert fix.builds == {
        "1.0": Content.LACKS,
        "1.1": Content.HAS,
        "shop@1.2": Content.HAS,
        "9.9": Content.UNKNOWN,
        "night build": Content.UNKNOWN,
    }


def test_no_repository_and_no_commit(shop: ARepository, tmp_path: Path) -> None:
    with pytest.raises(GitError, match="There is no commit fix-42"):
        at_commit.look_up(shop.root, "fix-42", [])
    with pytest.raises(GitError, match="is not in a git repository"):
        at_commit.look_up(tmp_path, "HEAD", [])
