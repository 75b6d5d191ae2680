"""Keys that lead to another issue, and back."""

from app.store.grouping import corrections, key_moves
from app.store.inbox.issues import issue_keys
from tests.factories import NOON
from tests.regrouping.shop import Shop


def test_moved_keys_are_given_back_and_new_ones_removed(shop: Shop) -> None:
    first, second = shop.send_two_bugs()
    before = shop.keys()
    with shop.database.writing() as connection:
        number = corrections.add(connection, "merge", "a title", NOON)
        key_moves.move(connection, number, {second: first, first: first})
        issue_keys.add(connection, [((1, "fresh"), first)], "v1")
        key_moves.record_new(connection, number, [(1, "fresh", first)])
        assert issue_keys.of_issue(connection, second) == set()
        assert key_moves.recorded(connection, number, [*before, "other"]) == set(before)
    assert set(shop.keys().values()) == {first}
    with shop.database.writing() as connection:
        key_moves.give_back(connection, number)
    assert shop.keys() == before
