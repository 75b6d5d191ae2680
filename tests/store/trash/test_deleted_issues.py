"""Deleted issues are in no list and no number, and come back as they were, whatever came meanwhile."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.store.database import Database
from app.store.grouping import regrouping
from app.store.grouping.regrouping import CannotRegroup
from app.store.inbox.counts import event_counts
from app.store.inbox.events import removal
from app.store.inbox.lists import events, issues
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.inbox.triage import actions
from app.store.places import place_counts
from app.store.trash import deleted_issues, deletions
from app.store.trash.deleted_issues import Restored
from app.store.upkeep import repair
from tests.factories import NOON, Store, make_event
from tests.regrouping.shop import Shop

EVERYTHING = IssueFilter(View.EVERYTHING)


def trash(store: Store, *ids: int) -> int:
    number = store.write(deletions.begin, "issues", NOON)
    store.write(deleted_issues.delete_issues, ids, number)
    return number


def listed(store: Store, text: str = "") -> set[int]:
    wanted = IssueFilter(View.EVERYTHING, text=text)
    return {issue.id for issue in store.read(issues.page, wanted)}


def numbers(store: Store) -> tuple[Any, ...]:
    counts = store.read(place_counts.counts)
    projects = [(each.project, each.issues, each.unread) for each in counts.projects]
    return {view: counts.views[view] for view in View}, projects, store.read(event_counts.stored_in_all)


def test_a_deleted_issue_is_in_no_list_and_no_number(store: Store) -> None:
    store.file(make_event(), make_event())
    store.file(make_event("IOError", "disk", function="other"))
    before, revision = numbers(store), store.read(issues.revision)
    number = trash(store, 1)
    assert listed(store) == {2}
    assert listed(store, "KeyError") == set()
    assert numbers(store)[0][View.INBOX] == 1
    assert numbers(store)[2] == 1, "its two events are not among the stored ones"
    assert store.read(issues.get, 1) is None
    assert [each.issue_id for each in store.read(events.summaries)] == [2]
    assert store.read(issues.changed_since, EVERYTHING, revision).gone == (1,)
    assert store.write(actions.resolve, [1], NOON).before == ()
    assert store.write(deleted_issues.restore_issues, number, [1], NOON) == Restored((1,))
    assert numbers(store) == before
    assert listed(store, "KeyError") == {1}
    assert store.read(deletions.listed) == []


def test_what_comes_for_a_deleted_issue_is_a_new_one_that_it_takes_in(shop: Shop, store: Store) -> None:
    first = shop.send("charge", user="ada")
    number = trash(store, first)
    second = shop.send("charge", user="bob")
    assert second != first
    assert set(shop.shown()) == {second}
    assert store.write(deleted_issues.restore_issues, number, [first], NOON) == Restored((first,), 1)
    shop.settle()
    assert shop.shown() == shop.recounted()
    assert set(shop.shown()) == {first}
    assert shop.send("charge") == first


def test_two_deleted_issues_of_one_key_become_one_in_any_order(shop: Shop, store: Store) -> None:
    first = shop.send("charge")
    one = trash(store, first)
    second = shop.send("charge")
    other = trash(store, second)
    store.write(deleted_issues.restore_issues, other, [second], NOON)
    shop.settle()
    store.write(deleted_issues.restore_issues, one, [first], NOON)
    shop.settle()
    assert shop.shown() == shop.recounted()
    assert set(shop.shown()) == {first}
    assert store.read(event_counts.stored_in_all) == 2


def test_a_merge_is_not_undone_while_its_issue_is_in_the_trash(shop: Shop, store: Store) -> None:
    first, second = shop.send_two_bugs()
    merge = shop.merge(first, second)
    shop.settle()
    number = trash(store, first)
    assert shop.shown() == {}
    assert store.read(event_counts.stored_in_all) == 0
    with pytest.raises(CannotRegroup, match="restore it first"):
        shop.undo(merge)
    third = shop.send("other")
    with pytest.raises(CannotRegroup, match="was deleted"):
        store.write(regrouping.merge, [first, third], first, NOON)
    store.write(deleted_issues.restore_issues, number, [first], NOON)
    shop.undo(merge)
    shop.settle()
    assert {issue: shown[0] for issue, shown in shop.shown().items()} == {first: 2, second: 2, third: 1}
    assert shop.shown() == shop.recounted()


def test_events_that_are_still_on_their_way_are_counted_where_they_arrive(shop: Shop, store: Store) -> None:
    first, second = shop.send_two_bugs()
    shop.merge(first, second)
    trash(store, first)
    shop.settle()
    assert store.read(event_counts.stored_in_all) == 0
    store.write(repair.count_all)
    assert store.read(event_counts.stored_in_all) == 0


def test_an_issue_is_not_deleted_while_its_merge_is_being_undone(shop: Shop, store: Store) -> None:
    first, second = shop.send_two_bugs()
    merge = shop.merge(first, second)
    shop.settle()
    shop.undo(merge)
    with pytest.raises(deleted_issues.CannotDelete):
        trash(store, first)


def test_retention_counts_what_it_removes_of_deleted_issues(store: Store) -> None:
    store.file(make_event(), make_event(), make_event())
    store.file(make_event(function="other"))
    number = trash(store, 1)
    store.write(removal.remove_events, [2])
    assert store.read(event_counts.stored_in_all) == 1
    store.write(deleted_issues.restore_issues, number, [1], NOON)
    assert store.read(event_counts.stored_in_all) == 3


def test_nothing_is_restored_after_its_day_or_by_another_deletion(store: Store) -> None:
    store.file(make_event())
    number = trash(store, 1)
    assert store.write(deleted_issues.restore_issues, number + 1, [1], NOON) == Restored()
    late = NOON + deletions.LASTS
    assert store.write(deleted_issues.restore_issues, number, [1], late) == Restored()
    assert store.read(deleted_issues.without_deleted, [1]) == []


MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("file"), st.integers(0, 3)),
        st.tuples(st.just("delete"), st.sets(st.integers(1, 8), min_size=1, max_size=4)),
        st.tuples(st.just("restore"), st.integers(0, 5)),
        st.tuples(st.just("read"), st.integers(1, 8)),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_numbers_are_those_of_what_is_shown(database: Database, moves: list[tuple[str, Any]]) -> None:
    """Against a plain model: the issues that are shown, each with its events, and those in the trash."""
    store = Store(database)
    with database.writing() as connection:
        _clear(connection)
    shown: dict[int, int] = {}
    keys: dict[int, int] = {}
    made: list[tuple[int, dict[int, int], dict[int, int]]] = []
    newest = 0
    for what, of in moves:
        if what == "file":
            store.file(make_event(function=f"f{of}"))
            if of not in keys:
                newest += 1
                keys[of] = newest
            shown[keys[of]] = shown.get(keys[of], 0) + 1
        elif what == "delete":
            going = of & shown.keys()
            number = trash(store, *of)
            lost = {key: issue for key, issue in keys.items() if issue in going}
            made.append((number, {issue: shown.pop(issue) for issue in going}, lost))
            keys = {key: issue for key, issue in keys.items() if issue not in going}
        elif what == "read":
            store.write(actions.set_unread, [of], False)
        elif of < len(made):
            number, gone, lost = made[of]
            made[of] = (number, {}, {})
            # One whose key is taken is left in the trash here: its merge has tests of its own.
            back = {issue for issue in gone if not any(i == issue and k in keys for k, i in lost.items())}
            store.write(deleted_issues.restore_issues, number, back, NOON)
            shown |= {issue: gone[issue] for issue in back}
            keys |= {key: issue for key, issue in lost.items() if issue in back}
            left = {issue: count for issue, count in gone.items() if issue not in back}
            made[of] = (number, left, {k: i for k, i in lost.items() if i in left})
    assert listed(store) == set(shown)
    assert store.read(place_counts.counts).views[View.EVERYTHING] == len(shown)
    assert store.read(event_counts.stored_in_all) == sum(shown.values())
    before = numbers(store)
    store.write(repair.count_all)
    assert numbers(store) == before


def _clear(connection: Any) -> None:
    """An empty store again, for the next example."""
    for table in (
        "deleted_keys deleted_issues deletions issue_keys issue_events recent_issue_events events issue_tags "
        "issue_hours issue_users recent_counts history issue_descriptions issue_order issue_changes issues "
        "event_ids recent_event_ids event_counts key_algorithms reports"
    ).split():
        connection.exec_driver_sql(f"DELETE FROM {table}")
    connection.exec_driver_sql("DELETE FROM event_search")
    connection.exec_driver_sql("UPDATE state SET digested_through = 0, events = 0, deleted_events = 0")
