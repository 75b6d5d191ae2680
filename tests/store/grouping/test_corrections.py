"""Corrections, listed and found by the issues that they touch."""

from app.store.grouping import corrections
from app.store.grouping.corrections import State
from tests.regrouping.shop import Shop


def test_the_newest_correction_in_force_of_an_issue_is_found(shop: Shop) -> None:
    first, second = shop.send_two_bugs()
    third = shop.send("ship")
    one, two = shop.merge(first, second), shop.merge(first, third)
    with shop.database.reading() as connection:
        assert [found.id for found in corrections.listed(connection)] == [two, one]
        assert [found.id for found in corrections.under_way(connection)] == [one, two]
        newer = corrections.newer(connection, one, (second, first))
        assert newer is not None
        assert newer.id == two
        assert corrections.newer(connection, one, (second,)) is None
        assert set(connection.scalars(corrections.regrouped_since(one))) == {first, third}
        assert corrections.hidden(connection, (first, second, third)) == {second: first, third: first}
        assert corrections.last(connection) == two
        assert corrections.shown(connection, [third, second, first]) == [first]
        assert corrections.shown(connection, [99]) == [99]


def test_the_last_correction_is_undone_before_others_go_on(shop: Shop) -> None:
    first, second = shop.send_two_bugs()
    third = shop.send("ship")
    one, two = shop.merge(first, second), shop.merge(first, third)
    shop.undo(two)
    with shop.database.reading() as connection:
        assert [(found.id, found.state) for found in corrections.under_way(connection)] == [
            (one, State.RUNNING),
            (two, State.UNDOING),
        ]
        busy = corrections.undoing(connection, (third,))
        assert busy is not None
        assert busy.id == two
        assert corrections.undoing(connection, (second,)) is None
        assert [number for number, _text in corrections.definitions_in_force(connection)] == [one]
        assert corrections.next_due(connection) == 0
    shop.settle()
    with shop.database.reading() as connection:
        assert corrections.next_due(connection) is None
