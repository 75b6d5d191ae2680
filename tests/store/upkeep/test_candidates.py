"""Which events and issues may be removed, and in which order they are found."""

from collections.abc import Sequence

from app.model import IssueState
from app.store.grouping import regrouping
from app.store.inbox.lists import events
from app.store.inbox.triage import actions
from app.store.upkeep import candidates
from app.store.upkeep.candidates import ANY_AGE, FIRST_PLACE, Age
from tests.factories import NOON, Store, make_event, set_state

HOUR = 3_600_000_000


def file(store: Store, hours: Sequence[int], function: str = "charge") -> None:
    """Events of one issue that arrived so many hours after noon, by the clock of then."""
    for hour in hours:
        store.file(make_event(function=function), at=NOON + hour * HOUR)


def oldest(
    store: Store, age: Age | None, *, after: int = 0, limit: int = 100
) -> tuple[int, list[int]] | None:
    found = store.read(candidates.oldest, after, store.read(events.last), age, limit)
    return None if found is None else (found.through, found.going)


def test_events_are_found_as_far_as_they_are_old_without_first_and_last(store: Store) -> None:
    file(store, range(10))
    assert oldest(store, Age(NOON + 4 * HOUR, NOON + 20 * HOUR)) == (4, [2, 3, 4])
    assert oldest(store, Age(NOON + 4 * HOUR, NOON + 20 * HOUR), after=4) is None
    assert oldest(store, Age(NOON + 40 * HOUR, NOON + 50 * HOUR)) == (10, list(range(2, 10)))
    assert oldest(store, ANY_AGE, limit=3) == (4, [2, 3, 4])
    assert oldest(store, ANY_AGE, after=4, limit=2) == (6, [5, 6])


def test_a_clock_that_was_behind_makes_nothing_old_before_its_turn(store: Store) -> None:
    file(store, [10, 11, -9_000, 12, 13])
    now = NOON + 20 * HOUR
    assert oldest(store, Age(NOON + 5 * HOUR, now)) is None
    assert oldest(store, Age(NOON + 12 * HOUR, now)) == (3, [2, 3])


def test_a_clock_that_was_ahead_holds_nothing_up(store: Store) -> None:
    file(store, [1, 9_000, 2, 3, 10])
    assert oldest(store, Age(NOON + 5 * HOUR, NOON + 20 * HOUR)) == (4, [2, 3, 4])


def test_a_clock_that_is_set_back_makes_nothing_old(store: Store) -> None:
    file(store, range(1, 6))
    assert oldest(store, Age(NOON - 5 * HOUR, NOON)) is None


def test_after_a_small_jump_back_events_stay_as_much_longer(store: Store) -> None:
    file(store, [1, 6, 2, 3, 10])
    now = NOON + 20 * HOUR
    assert oldest(store, Age(NOON + 5 * HOUR, now)) == (1, [])
    assert oldest(store, Age(NOON + 7 * HOUR, now)) == (4, [2, 3, 4])


def test_what_was_the_last_of_its_issue_is_found_once_it_is_not(store: Store) -> None:
    file(store, [1, 2])
    age = Age(NOON + 5 * HOUR, NOON + 20 * HOUR)
    assert store.read(candidates.left_behind, [1], 2, age) == []
    file(store, [10])
    assert store.read(candidates.left_behind, [1], 2, age) == [2]
    assert store.read(candidates.left_behind, [1], 2, Age(NOON, NOON + 20 * HOUR)) == []
    assert store.read(candidates.left_behind, [7], 2, age) == []


def test_the_oldest_of_one_issue(store: Store) -> None:
    file(store, [1, 2], "other")
    file(store, range(6))
    assert store.read(candidates.oldest_of, 2, 3) == [4, 5, 6]
    assert store.read(candidates.oldest_of, 2, 30) == [4, 5, 6, 7]
    assert store.read(candidates.oldest_of, 1, 3) == []
    assert store.read(candidates.between, [1, 2, 3, 4, 8]) == [4]


def found_issues(store: Store, *, limit: int = 10) -> list[int]:
    going: list[int] = []
    for kind in candidates.kinds_by_worth():
        place = FIRST_PLACE
        while found := store.read(candidates.oldest_issues, kind, place, limit):
            place = found.through
            going += found.going
    return going


def test_resolved_issues_go_first_then_read_ones_and_the_newest_never(store: Store) -> None:
    for function in "abcde":
        store.file(make_event(function=function))
    store.write(set_state, [3], IssueState.RESOLVED)
    store.write(actions.set_unread, [2], False)
    assert found_issues(store) == found_issues(store, limit=1) == [3, 2, 1, 4]


def test_issues_that_were_merged_stay(store: Store) -> None:
    for function in "abcd":
        store.file(make_event(function=function))
    store.write(regrouping.merge, [1, 2], 1, NOON)
    assert found_issues(store) == [3]
