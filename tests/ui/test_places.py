"""The places of the window, and their filters in the store."""

import pytest

from app.store.inbox.issues import IssueFilter, View
from ui.places import INBOX, TITLES, Place, ViewName


def test_views_have_the_names_of_the_store() -> None:
    assert set(TITLES) == {view.value for view in View}


@pytest.mark.parametrize("view", TITLES)
def test_a_place_and_a_search_make_a_filter(view: ViewName) -> None:
    assert Place(view, "shop").filter("card") == IssueFilter(View(view), "shop", "card")


def test_a_project_is_its_own_title() -> None:
    assert Place("inbox", "shop").title == "shop"
    assert INBOX.title == "Inbox"
