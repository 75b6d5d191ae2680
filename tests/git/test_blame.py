"""Who wrote a line."""

import pytest

from app.git import repository
from app.git.blame import blame
from app.git.command import GitError
from tests.git.a_repository import CART, ARepository


def test_each_line_has_its_commit(shop: ARepository) -> None:
    shop.write("cart.py", *CART)
    first = shop.commit("First")
    shop.write("cart.py", *CART[:4], "changed\there", *CART[5:])
    second = shop.commit("Second", author="Grace")
    shop.git("mv", "cart.py", "basket.py")
    shop.commit("Rename it")
    found = blame(repository.find(shop.root), "basket.py", 4, 6)
    assert [(each.number, each.commit.hash) for each in found] == [(4, first), (5, second), (6, first)]
    assert not any(each.is_edge for each in found)
    assert (found[1].text, found[1].commit.author, found[1].commit.subject) == (
        "changed\there",
        "Grace",
        "Second",
    )
    assert found[0].name_then == "cart.py"


def test_a_shallow_clone_says_that_the_line_may_be_older(shop: ARepository) -> None:
    shop.write("cart.py", *CART)
    shop.commit("First")
    shop.write("other.py", "one")
    last = shop.commit("Second")
    shop.git("clone", "-q", "--depth=1", f"file://{shop.root}", str(shop.root.parent / "clone"))
    where = repository.find(shop.root.parent / "clone")
    (found,) = blame(where, "cart.py", 3, 3)
    assert (where.is_shallow, found.commit.hash, found.is_edge) == (True, last, True)


def test_a_file_that_was_never_committed(shop: ARepository) -> None:
    shop.write("cart.py", *CART)
    shop.commit("First")
    with pytest.raises(GitError, match="never committed"):
        blame(repository.find(shop.root), "other.py", 1, 1)
