"""The places of the window, and their filters in the store."""

import pytest

from app.store.inbox.lists.issues import IssueFilter, View
from ui.places import INBOX, TITLES, Place, SavedSearch, Session, ViewName


def test_views_have_the_names_of_the_store() -> None:
    assert set(TITLES) == {view.value for view in View}


@pytest.mark.parametrize("view", TITLES)
def test_a_place_and_a_search_make_a_filter(view: ViewName) -> None:
    assert Place(view, "shop").filter("card") == IssueFilter(View(view), "shop", "card")


def test_a_project_is_its_own_title() -> None:
    assert Place("inbox", "shop").title == "shop"
    assert INBOX.title == "Inbox"


def test_a_saved_view_has_its_own_title_and_search() -> None:
    place = Place("muted", "shop", SavedSearch(3, "Mine", "card"))
    assert (place.title, place.text) == ("Mine", "card")
    assert (INBOX.text, place.during(None)) == ("", place)


def test_a_session_is_part_of_the_filter() -> None:
    session = Session(7, is_fresh=True)
    place = INBOX.during(session)
    assert place.filter("x") == IssueFilter(View.INBOX, None, "x", since=7, is_fresh=True)
    assert place.during(None) == INBOX
