"""The repository of a file, and why there is none."""

from pathlib import Path

import pytest

from app.git import repository
from app.git.command import GitError, Refused
from tests.git.a_repository import ARepository


def test_the_repository_of_a_file(shop: ARepository) -> None:
    file = shop.write("src/cart.py", "one")
    found = repository.find(file)
    assert (found.root, found.is_shallow, found.name(file)) == (shop.root, False, "src/cart.py")
    with pytest.raises(GitError, match="is not below"):
        found.name(Path("/etc/hosts"))


def test_a_folder_without_one(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="is not in a git repository"):
        repository.find(tmp_path)


def test_a_folder_that_only_looks_like_one_is_not_read(tmp_path: Path) -> None:
    bare = ARepository(tmp_path / "bare")
    bare.write("one", "1")
    bare.commit("One")
    bare.git("clone", "-q", "--bare", str(bare.root), str(tmp_path / "fake"))
    with pytest.raises(GitError, match="fake"):
        repository.find(tmp_path / "fake")


def test_that_of_another_user_says_what_to_do() -> None:
    refused = Refused(128, "fatal: detected dubious ownership in repository at '/x'")
    assert "git config --global --add safe.directory /x" in repository._why_not(Path("/x"), refused)


def test_a_submodule_is_its_own(shop: ARepository, tmp_path: Path) -> None:
    part = ARepository(tmp_path / "part")
    part.write("part.py", "one")
    part.commit("Part")
    shop.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(part.root), "lib")
    shop.commit("Add the part")
    assert repository.find(shop.root / "lib" / "part.py").root == shop.root / "lib"


def test_a_commit_and_none(shop: ARepository) -> None:
    with pytest.raises(GitError, match="has no commit yet"):
        repository.commit(repository.find(shop.root), "HEAD")
    shop.write("a", "one")
    hash_ = shop.commit("Fix the <b>cart</b>\x1b[31m", author="Grace")
    where = repository.find(shop.root)
    found = repository.commit(where, "main")
    assert (found.hash, found.author, found.short) == (hash_, "Grace", hash_[:9])
    assert "\x1b" not in found.subject
    assert found.committed_at.timestamp() == shop.now
    for wrong in ("nothing", "-p", "--all", "HEAD:a", "a\0b", "x" * 500, ""):
        with pytest.raises(GitError, match="There is no commit"):
            repository.commit(where, wrong)
