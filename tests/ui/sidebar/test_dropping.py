"""What dropping issues on a place means."""

import pytest

from ui.places import Page, Place, SavedSearch
from ui.sidebar import dropping


@pytest.mark.parametrize(
    ("place", "verb", "said"),
    [
        (Place("resolved"), "resolve", "Resolve 2 issues"),
        (Place("muted"), "mute", "Mute 2 issues …"),
        (Place("unread"), "unread", "Mark 2 issues as unread"),
        (Place("inbox"), "reopen", "Reopen 2 issues"),
        (Place("pinned"), "pin", "Pin 2 issues"),
    ],
)
def test_a_view_that_is_a_state_takes_issues(place: Place, verb: str, said: str) -> None:
    found = dropping.verb_for(place)
    assert found == verb
    assert dropping.describe(found, 2) == said


def test_other_places_take_none() -> None:
    others = (None, Page.QUEUE, Place("everything"), Place(project="shop"), Place(saved=SavedSearch(1, "x")))
    assert [dropping.verb_for(place) for place in others] == [None] * 5
