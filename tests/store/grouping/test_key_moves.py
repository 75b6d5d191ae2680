"""Keys that lead to another issue, and back."""

from app.store.grouping import corrections, key_moves
from tests.factories import NOON
from tests.regrouping.shop import Shop


def test_moved_keys_are_given_back_and_new_ones_removed(shop: Shop) -> None:
    first, second = shop.send_two_bugs()
    before = shop.keys()
    with shop.database.writing() as connection:
        number = corrections.add(connection, "merge", "a title", NOON)
        key_moves.move(connection, number, {second: first, first: first})
        key_moves.add(connection, [(1, "fresh", first)], "v1")
        key_moves.record_new(connection, number, [(1, "fresh", first)])
        assert key_moves.of_issue(connection, second) == set()
        assert key_moves.recorded(connection, number, [*before, "other"]) == set(before)
    assert set(shop.keys().values()) == {first}
    with shop.database.writing() as connection:
        key_moves.give_back(connection, number)
    assert shop.keys() == before


def test_keys_are_found_by_project_however_many_are_asked_for(shop: Shop) -> None:
    issue = shop.send()
    (key,) = (key for key, found in shop.keys().items() if found == issue)
    unknown = [(1, f"unknown {number}") for number in range(2 * key_moves.KEYS_AT_ONCE)]
    with shop.database.writing() as connection:
        assert key_moves.find(connection, [*unknown, (1, key), (2, key)]) == {(1, key): issue}
        assert key_moves.find_in_project(connection, 1, (key, "unknown")) == {key: issue}
        assert key_moves.find_in_project(connection, 2, (key,)) == {}
        key_moves.add(connection, [(1, key, 77)], "v1")
        assert key_moves.find_in_project(connection, 1, (key,)) == {key: issue}
        key_moves.move_one(connection, 1, key, issue)
        key_moves.forget_of_issue(connection, issue)
        assert key_moves.of_issue(connection, issue) == set()
