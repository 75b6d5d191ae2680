"""The issues of a list, kept up to date by what has changed."""

from pyroaring import BitMap

from app.model import IssueState
from app.store.facets.matching import Matching
from app.store.inbox.lists.issue_filter import IssueFilter, View
from tests.factories import Store, make_event, set_state


def test_only_what_has_changed_is_looked_at(store: Store) -> None:
    for name in "abc":
        store.file(make_event(function=name))
    matching, inbox = Matching(), IssueFilter(View.INBOX)
    assert set(store.read(matching.issues, inbox, None)) == {1, 2, 3}
    store.write(set_state, [1, 2], IssueState.RESOLVED)
    assert set(store.read(matching.issues, inbox, BitMap([1]))) == {2, 3}
    assert set(store.read(matching.issues, inbox, BitMap())) == {2, 3}
    assert set(store.read(matching.issues, inbox, None)) == {3}


def test_another_list_has_other_issues(store: Store) -> None:
    store.file(make_event(), project="shop")
    store.file(make_event(), project="mailer")
    matching = Matching()
    assert len(store.read(matching.issues, IssueFilter(View.EVERYTHING), None)) == 2
    assert len(store.read(matching.issues, IssueFilter(View.EVERYTHING, "shop"), BitMap())) == 1
