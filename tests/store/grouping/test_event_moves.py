"""Events that a correction moves, some at a time, and back."""

from app.store.database import Connection
from app.store.grouping import corrections, event_moves, issue_events
from app.store.grouping.corrections import Regrouping, State
from tests.factories import NOON
from tests.regrouping.shop import Shop


def get(connection: Connection, number: int) -> Regrouping:
    found = corrections.get(connection, number)
    assert found is not None
    return found


def test_planned_moves_are_made_in_steps_and_taken_back(shop: Shop) -> None:
    first, second = shop.send_two_bugs()
    with shop.database.writing() as connection:
        number = corrections.add(connection, "merge", "a title", NOON)
        event_moves.plan_whole_issues(connection, number, [(second, first)])
        event_moves.plan(connection, number, [(1, first, second)])
        assert event_moves.count(connection, number) == 3
        assert event_moves.carry_out(connection, get(connection, number), 2) == 2
        assert issue_events.of_issue(connection, first) == [2, 3]
        corrections.change(connection, number, done=2)
        assert event_moves.carry_out(connection, get(connection, number), 2) == 1
        assert issue_events.of_issue(connection, first) == [2, 3, 4]
        corrections.change(connection, number, state=State.UNDOING, done=0)
        assert event_moves.carry_out(connection, get(connection, number), 9) == 3
        assert issue_events.of_issue(connection, first) == [1, 2]


def test_events_on_their_way_count_for_the_issue_that_they_are_going_to(shop: Shop) -> None:
    first, second = shop.send_two_bugs()
    third = shop.send("ship")
    shop.merge(first, second)
    with shop.database.writing() as connection:
        number = corrections.add(connection, "merge", "a title", NOON)
        event_moves.plan_whole_issues(connection, number, [(second, third), (first, third)])
        assert event_moves.count(connection, number) == 4
        event_moves.move(connection, 1, third)
        assert issue_events.of_issue(connection, third) == [1, 5]
