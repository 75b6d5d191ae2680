"""Which commit a release is, and what it has in it."""

import pytest

from app.git import repository
from app.git.builds import commit_of, has_commit
from tests.git.a_repository import ARepository


def test_releases_that_name_a_commit(shop: ARepository) -> None:
    shop.write("a", "1")
    hash_ = shop.commit("One")
    shop.git("tag", "v1.4.0")
    shop.git("tag", "-a", "shop@2.0", "-m", "Two")
    where = repository.find(shop.root)
    for release in (
        hash_,
        hash_[:12],
        f"shop@{hash_}",
        f"1.4.0+{hash_[:9]}",
        f"1.4.0-3-g{hash_[:7]}",
        f"1.4.0-3-g{hash_[:7]}-dirty",
        "v1.4.0",
        "1.4.0",
        "shop@1.4.0",
        "1.4.0+57",
        "shop@2.0",
    ):
        assert commit_of(where, release) == hash_, release


@pytest.mark.parametrize(
    "release",
    [
        "",
        "9.9",
        "HEAD",
        "main",
        "@{-1}",
        "-p",
        "--all",
        "a" * 40,
        "v1.4.0^{/x}",
        ":/One",
        "x" * 9_000,
        "a\0b",
    ],
)
def test_releases_that_name_none(shop: ARepository, release: str) -> None:
    shop.write("a", "1")
    shop.commit("One")
    shop.git("tag", "v1.4.0")
    assert commit_of(repository.find(shop.root), release) is None


def test_what_a_build_has_in_it(shop: ARepository) -> None:
    hashes = []
    for number in range(3):
        shop.write("a", str(number))
        hashes.append(shop.commit(f"{number}"))
    shop.git("checkout", "-q", "-b", "side", hashes[0])
    shop.write("b", "1")
    side = shop.commit("Side")
    where = repository.find(shop.root)
    assert [has_commit(where, build, hashes[1]) for build in (*hashes, side)] == [False, True, True, False]
    assert has_commit(where, "1" * 40, hashes[1]) is None


def test_a_shallow_clone_knows_only_what_it_has(shop: ARepository) -> None:
    hashes = []
    for number in range(3):
        shop.write("a", str(number))
        hashes.append(shop.commit(f"{number}"))
    shop.git("clone", "-q", "--depth=2", f"file://{shop.root}", str(shop.root.parent / "clone"))
    where = repository.find(shop.root.parent / "clone")
    assert has_commit(where, hashes[2], hashes[1]) is True
    assert has_commit(where, hashes[1], hashes[2]) is None
    assert has_commit(where, hashes[2], hashes[0]) is None
