"""Grouping keys: one project and one issue each."""

from app.digest import grouping
from app.model import IssueState
from app.store.inbox.issues import issue_keys
from tests.factories import Store, make_event, set_state

KEY = grouping.key(make_event())
CURRENT = grouping.CURRENT.ALGORITHM


def test_issues_are_found_by_key_and_project(store: Store) -> None:
    store.file(make_event(), make_event())
    store.file(make_event(), project="blog")
    store.write(set_state, [2], IssueState.MUTED)
    found = store.read(issue_keys.issues_of, [(1, KEY), (2, KEY), (1, "none of these")])
    assert found.keys() == {(1, KEY), (2, KEY)}
    shop, blog = found[1, KEY], found[2, KEY]
    assert (shop.id, shop.status.count, shop.status.state) == (1, 2, IssueState.OPEN)
    assert (blog.id, blog.status.count, blog.status.state) == (2, 1, IssueState.MUTED)


def test_a_known_key_stays_with_its_issue(store: Store) -> None:
    store.file(make_event(function="a"))
    store.file(make_event(function="b"))
    store.write(issue_keys.add, [((1, "k"), 1)], "an older one")
    store.write(issue_keys.add, [((1, "k"), 2)], CURRENT)
    assert store.read(issue_keys.issues_of, [(1, "k")])[1, "k"].id == 1


def test_projects_with_keys_of_an_algorithm(store: Store) -> None:
    store.file(make_event())
    store.file(make_event(), project="blog")
    store.write(issue_keys.add, [((2, "k"), 2)], "an older one")
    assert store.read(issue_keys.projects_with, [1, 2], ["an older one", "another"]) == {2}
    assert store.read(issue_keys.projects_with, [1, 2], [CURRENT]) == {1, 2}


def test_keys_are_found_by_project_however_many_are_asked_for(store: Store) -> None:
    store.file(make_event())
    unknown = [(1, f"unknown {number}") for number in range(1_000)]
    assert store.read(issue_keys.find, [*unknown, (1, KEY), (2, KEY)]) == {(1, KEY): 1}
    assert store.read(issue_keys.find_in_project, 1, (KEY, "unknown")) == {KEY: 1}
    assert store.read(issue_keys.find_in_project, 2, (KEY,)) == {}


def test_keys_lead_to_another_issue_and_are_removed(store: Store) -> None:
    store.file(make_event(function="a"))
    store.file(make_event(function="b"))
    (first,), (second,) = store.read(issue_keys.of_issue, 1), store.read(issue_keys.of_issue, 2)
    store.write(issue_keys.lead, (1, first), 2)
    assert store.read(issue_keys.of_issue, 2) == {first, second}
    store.write(issue_keys.lead_all, 2, 1)
    assert set(store.read(issue_keys.with_project, 1)) == {(1, first), (1, second)}
    store.write(issue_keys.remove, (1, first))
    assert store.read(issue_keys.of_issue, 1) == {second}
    store.write(issue_keys.remove_of_issue, 1)
    assert store.read(issue_keys.of_issue, 1) == set()
