"""The unread issues of a list."""

from app.store.inbox import actions
from app.store.inbox.issue_filter import IssueFilter, View
from app.store.places.unread_ids import unread_ids
from tests.factories import Store, make_event


def test_the_unread_issues_of_a_list_with_and_without_a_search(store: Store) -> None:
    for function in ("a", "b", "c"):
        store.file(
            make_event(function=function, value=function), project="api" if function == "c" else "shop"
        )
    store.write(actions.set_unread, [2], False)
    assert sorted(store.read(unread_ids, IssueFilter())) == [1, 3]
    assert store.read(unread_ids, IssueFilter(project="api")) == [3]
    assert store.read(unread_ids, IssueFilter(View.EVERYTHING, text="KeyError project:shop")) == [1]
