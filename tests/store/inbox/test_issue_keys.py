"""Grouping keys: one project and one issue each."""

from app.digest import grouping
from app.model import IssueState
from app.store.inbox import issue_keys
from tests.factories import Store, make_event, set_state

KEY = grouping.key(make_event())
CURRENT = grouping.CURRENT.ALGORITHM


def test_issues_are_found_by_key_and_project(store: Store) -> None:
    store.file(make_event(), make_event())
    store.file(make_event(), project="blog")
    store.write(set_state, [2], IssueState.MUTED)
    found = store.read(issue_keys.issues_of, [KEY, "none of these"])
    assert found.keys() == {(1, KEY), (2, KEY)}
    shop, blog = found[1, KEY], found[2, KEY]
    assert (shop.id, shop.status.count, shop.status.state) == (1, 2, IssueState.OPEN)
    assert (blog.id, blog.status.count, blog.status.state) == (2, 1, IssueState.MUTED)


def test_a_known_key_stays_with_its_issue(store: Store) -> None:
    store.file(make_event(function="a"))
    store.file(make_event(function="b"))
    store.write(issue_keys.add, [((1, "k"), 1)], "an older one")
    store.write(issue_keys.add, [((1, "k"), 2)], CURRENT)
    assert store.read(issue_keys.issues_of, ["k"])[1, "k"].id == 1


def test_projects_with_keys_of_an_algorithm(store: Store) -> None:
    store.file(make_event())
    store.file(make_event(), project="blog")
    store.write(issue_keys.add, [((2, "k"), 2)], "an older one")
    assert store.read(issue_keys.projects_with, [1, 2], ["an older one", "another"]) == {2}
    assert store.read(issue_keys.projects_with, [1, 2], [CURRENT]) == {1, 2}
