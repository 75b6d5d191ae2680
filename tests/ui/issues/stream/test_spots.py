"""Where one was in each list, and what is stored of it."""

import pytest

from app.sorting import Sort
from ui.issues.row.metrics import Density
from ui.issues.stream.spots import ListState, Spot, Spots
from ui.places import Place


def test_one_comes_back_to_the_spot_that_was_left_and_to_no_search() -> None:
    spots = Spots()
    unread = Place("unread")
    assert spots.of(unread) == Spot(unread)
    spots.leave(Spot(unread, "zebra", 7, 5, 12))
    assert spots.of(unread) == Spot(unread, "", 7, 5, 12)
    assert spots.of(unread).around == 7
    assert Spot(unread, top=5).around == 5


def test_the_order_is_that_of_each_place() -> None:
    spots = Spots()
    spots.set_sort(Place("unread"), Sort.COUNT)
    assert [spots.sort(Place(view)) for view in ("unread", "inbox")] == [Sort.COUNT, Sort.LAST_SEEN]


def test_what_is_stored_is_read_again() -> None:
    spots = Spots()
    spots.set_sort(Place("inbox", "shop"), Sort.USERS)
    spot = Spot(Place("inbox", "shop"), "is:unread", 7, 5, 12)
    text = spots.encode(spot, Density.COMPACT)
    again = Spots()
    state = again.decode(text)
    assert (state.spot, state.density) == (spot, Density.COMPACT)
    assert again.sort(Place("inbox", "shop")) is Sort.USERS


@pytest.mark.parametrize("text", ["", "{", '{"density": "huge"}', '{"spot": {"place": {"view": 3}}}'])
def test_what_cannot_be_read_is_the_beginning(text: str) -> None:
    assert Spots().decode(text) == ListState()
