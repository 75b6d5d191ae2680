"""Where a person is in the list, without the pane around it."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.sorting import Sort
from tests.factories import NOON, SECOND, Store, make_event
from ui.issues.feed import IssueFeed
from ui.issues.list_view import IssueListView
from ui.issues.model import IssueListModel
from ui.issues.stream.spots import Spot
from ui.issues.whereabouts import Whereabouts
from ui.link.store_access import StoreAccess
from ui.places import INBOX, Place


class List:
    """A list of thirty issues, number 30 the newest; six rows are seen."""

    def __init__(self, access: StoreAccess, qtbot: QtBot) -> None:
        self.model = IssueListModel()
        self.feed = IssueFeed(access, self.model)
        self.view = IssueListView(self.model)
        self.where = Whereabouts(self.feed, self.model, self.view)
        self.feed.hold(self.view.is_held)
        qtbot.addWidget(self.view)
        self.view.resize(400, 6 * self.view.row_height)
        self.view.show()

    def ids(self) -> list[int]:
        return [self.model.issue(row).id for row in range(self.model.rowCount())]


@pytest.fixture
def shown(store: Store, access: StoreAccess, qtbot: QtBot) -> Iterator[List]:
    for number in range(1, 31):
        store.file(make_event(f"Error{number % 5}", function=f"f{number}"), at=NOON + number * SECOND)
    made = List(access, qtbot)
    with qtbot.waitSignal(made.feed.settled):
        made.where.go_to(Spot())
    yield made
    made.feed.stop()


def test_a_search_that_is_left_leads_back(shown: List, qtbot: QtBot) -> None:
    shown.view.select_row(12)
    shown.view.verticalScrollBar().setValue(10 * shown.view.row_height + 7)
    was = shown.where.here()
    with qtbot.waitSignal(shown.feed.settled):
        assert shown.where.search("Error1", 18) is None
    with qtbot.waitSignal(shown.feed.settled):
        assert shown.where.search("Error2", 18) is None
    assert shown.where.search("", None) == was, "from where the first search began"
    with qtbot.waitSignal(shown.feed.settled):
        shown.where.go_to(was)
    assert shown.where.here() == was


def test_who_clears_a_search_does_not_get_the_one_before(shown: List, qtbot: QtBot) -> None:
    # As the last session left it.
    with qtbot.waitSignal(shown.feed.settled):
        shown.where.go_to(Spot(INBOX, "Error1"))
    for text in ("Error2", "", "Error3", ""):
        with qtbot.waitSignal(shown.feed.settled):
            spot = shown.where.search(text, None)
            assert spot is None or spot.text == ""
            if spot is not None:
                shown.where.go_to(spot)
        assert shown.feed.text == text


def test_what_was_shown_is_shown_no_more_where_it_is_not_found(shown: List, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(shown.where.nothing_selected), qtbot.waitSignal(shown.feed.settled):
        shown.where.search("Error1", 21)
    assert shown.view.current_id() == 21
    with qtbot.waitSignal(shown.where.nothing_selected):
        shown.where.search("Error2", 21)


def test_an_issue_that_is_nowhere_is_missing(shown: List, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.where.missing) as missing:
        shown.where.select_issue(4_711)
    assert missing.args == [4_711]
    with qtbot.assertNotEmitted(shown.where.missing), qtbot.waitSignal(shown.feed.settled):
        shown.where.select_if_listed(4_711)


def test_in_another_order_the_cursor_stays_on_its_issue(shown: List, qtbot: QtBot) -> None:
    shown.view.select_row(4)
    current = shown.view.current_id()
    with qtbot.waitSignal(shown.feed.settled):
        shown.where.sort_by(Sort.FIRST_SEEN)
    assert shown.view.current_id() == current
    assert shown.where.spots.sort(INBOX) is Sort.FIRST_SEEN


def test_a_place_is_left_where_one_was_and_begun_anew_when_chosen_twice(shown: List, qtbot: QtBot) -> None:
    shown.view.select_row(20)
    was = shown.where.here()
    with qtbot.waitSignal(shown.feed.settled):
        shown.where.go_to(shown.where.spot_in(Place("everything")))
    assert shown.where.spot_in(INBOX) == was
    assert shown.where.spot_in(Place("everything")) == Spot(Place("everything"))


def test_what_waits_is_shown_from_the_top(shown: List, store: Store, qtbot: QtBot) -> None:
    shown.view.select_row(20)
    store.file(make_event("New", function="new"), at=NOON + 100 * SECOND)
    with qtbot.waitSignal(shown.feed.settled):
        shown.feed.ring()
    assert shown.feed.pending.new == 1
    with qtbot.waitSignal(shown.feed.arrived):
        shown.where.show_arrivals()
    assert shown.ids()[0] == 31
    assert (shown.view.current_id(), shown.view.verticalScrollBar().value()) == (10, 0)
