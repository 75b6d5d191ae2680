"""Which commits may have brought an error, the likeliest first."""

from app.git import repository, suspects
from app.model import from_micros
from tests.git.a_repository import CART, DAY, FIRST_COMMIT, ARepository


def test_those_that_touched_the_files_in_time(shop: ARepository) -> None:
    shop.write("cart.py", *CART)
    shop.write("other.py", "1")
    first = shop.commit("First")
    shop.write("other.py", "2")
    shop.commit("Elsewhere")
    shop.write("cart.py", "changed")
    third = shop.commit("Third")
    shop.write("cart.py", "changed again")
    shop.commit("After the event")
    where = repository.find(shop.root)
    before = from_micros((FIRST_COMMIT + 3 * DAY + 1) * 1_000_000)

    found = suspects.touching(where, ["cart.py"], before=before)
    assert [(commit.hash, files) for commit, files in found] == [(third, ("cart.py",)), (first, ("cart.py",))]
    for limits in ({"after_commit": first}, {"after": from_micros((FIRST_COMMIT + DAY + 1) * 1_000_000)}):
        found = suspects.touching(where, ["cart.py"], before=before, **limits)
        assert [commit.hash for commit, _files in found] == [third]


def test_a_name_is_only_a_name(shop: ARepository) -> None:
    shop.write("a", "1")
    shop.commit("One")
    where = repository.find(shop.root)
    for name in ("*", ":(glob)**", "-p", ":/"):
        assert suspects.touching(where, [name], before=from_micros(2_000_000_000_000_000)) == []


def test_the_one_that_wrote_the_failing_line_comes_first(shop: ARepository) -> None:
    hashes = {}
    for name in ("failing", "near", "file", "other", "new other"):
        shop.write(f"{'cart' if name in ('failing', 'near', 'file') else 'b'}.py", name)
        hashes[name] = shop.commit(name)
    where = repository.find(shop.root)
    touched = suspects.touching(where, ["cart.py", "b.py"], before=from_micros(2_000_000_000_000_000))
    found = suspects.rank(
        touched, failing=hashes["failing"], near={hashes["near"]: "cart.py:7"}, crash_file="cart.py"
    )
    assert [(each.commit.subject, each.why) for each in found] == [
        ("failing", "wrote the failing line"),
        ("near", "changed lines around cart.py:7"),
        ("file", "changed cart.py, where it failed"),
        ("new other", "changed b.py"),
        ("other", "changed b.py"),
    ]
