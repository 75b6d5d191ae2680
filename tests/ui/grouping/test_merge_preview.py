"""The preview of a merge changes nothing."""

import pytest

from app.store.grouping.regrouping import CannotRegroup
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter, View
from tests.factories import Store, make_event
from ui.grouping.merge_preview import together


def test_the_oldest_stays_and_nothing_is_changed(store: Store) -> None:
    store.file(make_event("KeyError", "'a'", function="first"))
    store.file(make_event("ValueError", "b", function="second"))
    found = store.read(together, (2, 1))
    assert found.issues == (1, 2)
    assert found.sentences[0].startswith("Issue 2, “ValueError: b”, with 1 event: to issue 1, “KeyError")
    assert "1 issue would be merged into issue 1" in found.summary
    assert "“ValueError: b” then and counts 2 events" in found.summary
    assert len(store.read(issues.page, IssueFilter(View.EVERYTHING))) == 2


def test_issues_of_two_projects_cannot_be_one(store: Store) -> None:
    store.file(make_event(project="shop"), project="shop")
    store.file(make_event(project="blog"), project="blog")
    with pytest.raises(CannotRegroup, match="different projects"):
        store.read(together, (1, 2))
