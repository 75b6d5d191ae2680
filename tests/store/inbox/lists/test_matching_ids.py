"""All that a list shows, by number, whatever of it is loaded."""

import pytest

from app.model import IssueState
from app.store.inbox.lists import matching_ids
from app.store.inbox.lists.issues import IssueFilter, View
from tests.factories import Store, make_event, set_state


@pytest.fixture
def mixed(store: Store) -> Store:
    """Issues 1 to 4, the second resolved, the last of another project."""
    for n in range(3):
        store.file(make_event(f"Error{n}", function=f"f{n}"))
    store.file(make_event("Error3", project="blog"), project="blog")
    store.write(set_state, [2], IssueState.RESOLVED)
    return store


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (IssueFilter(), [1, 3, 4]),
        (IssueFilter(View.EVERYTHING), [1, 2, 3, 4]),
        (IssueFilter(View.EVERYTHING, "shop"), [1, 2, 3]),
        (IssueFilter(View.RESOLVED), [2]),
        (IssueFilter(View.EVERYTHING, None, "Error1"), [2]),
        (IssueFilter(View.EVERYTHING, None, "is:open"), [1, 3, 4]),
        (IssueFilter(View.INBOX, "shop", "card"), [1, 3]),
        (IssueFilter(View.MUTED), []),
    ],
)
def test_the_numbers_are_those_of_the_list(mixed: Store, wanted: IssueFilter, found: list[int]) -> None:
    assert mixed.read(matching_ids.read, wanted) == found
