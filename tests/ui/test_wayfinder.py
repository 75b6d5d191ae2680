"""From page to page: the issue of a notice is shown from any page; and the page without any issue."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.inbox.triage import actions
from app.store.places import runs
from tests.factories import NOON, SECOND, Store, make_event
from tests.runs_of_commands import make_run
from ui.issues.stream.spots import Spot
from ui.link.counters import Counters, Numbers
from ui.link.store_access import StoreAccess
from ui.main_window import MainWindow
from ui.places import INBOX, Page, Place, Session
from ui.sidebar.entries import place_of_run
from ui.undo import UndoStack
from ui.wayfinder import Wayfinder


@pytest.fixture
def window(store: Store, access: StoreAccess, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """A window with two issues, of which none is selected."""
    store.file(make_event(function="first"))
    store.file(make_event(function="second"))
    made = MainWindow(access, UndoStack(access, access), tmp_path)
    qtbot.addWidget(made)
    made.add_pages(access, Settings(data_dir=tmp_path))
    made.show()
    made.issues.show_place(INBOX)
    qtbot.waitUntil(lambda: made.issues.model.rowCount() == 2)
    return made


@pytest.fixture
def wayfinder(window: MainWindow) -> Wayfinder:
    made = Wayfinder(window)
    window.sidebar.place_chosen.connect(made.go_to)
    return made


@pytest.fixture
def read(window: MainWindow, access: StoreAccess, qtbot: QtBot) -> Numbers:
    """What the store holds."""
    counters = Counters(access, window)
    with qtbot.waitSignal(counters.changed) as changed:
        counters.ring()
    (found,) = changed.args
    assert isinstance(found, Numbers)
    return found


def numbers(store: Store) -> list[int]:
    return [issue.id for issue in store.read(issues.page, IssueFilter(View.EVERYTHING))]


def test_a_listed_issue_is_selected(wayfinder: Wayfinder, window: MainWindow, store: Store) -> None:
    second, first = numbers(store)
    for issue_id in (first, second):
        wayfinder.show_issue(issue_id)
        assert window.issues.view.current_id() == issue_id


@pytest.mark.parametrize("place", [Page.QUEUE, Page.DOCTOR, Place("resolved")])
def test_from_another_place_it_is_found_in_the_inbox(
    wayfinder: Wayfinder, window: MainWindow, store: Store, place: Place | Page, qtbot: QtBot
) -> None:
    window.sidebar.go_to(place)
    qtbot.waitUntil(lambda: window.issues.model.rowCount() == (0 if isinstance(place, Place) else 2))
    _second, first = numbers(store)
    wayfinder.show_issue(first)
    qtbot.waitUntil(lambda: window.issues.view.current_id() == first)
    assert window.sidebar.place == INBOX
    assert window.issues.isVisible()


def test_a_search_is_cleared_for_it(
    wayfinder: Wayfinder, window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    window.issues.feed.show(INBOX, "nothing")
    qtbot.waitUntil(lambda: window.issues.model.rowCount() == 0)
    _second, first = numbers(store)
    wayfinder.show_issue(first)
    qtbot.waitUntil(lambda: window.issues.view.current_id() == first)


def test_an_issue_that_left_the_inbox_is_found_in_everything(
    wayfinder: Wayfinder, window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    _second, first = numbers(store)
    store.write(actions.resolve, [first], NOON)
    window.issues.feed.ring()
    qtbot.waitUntil(lambda: window.issues.model.rowCount() == 1)
    wayfinder.show_issue(first)
    qtbot.waitUntil(lambda: window.issues.view.current_id() == first)
    assert window.sidebar.place == Place("everything")


def test_from_a_page_one_comes_back_to_what_one_was_reading(
    wayfinder: Wayfinder, window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    second, _first = numbers(store)
    window.issues.filter_bar.search_for("second")
    qtbot.waitUntil(lambda: window.issues.model.rowCount() == 1)
    wayfinder.show_issue(second)
    wayfinder.go_to(Page.DOCTOR)
    assert window.doctor.isVisible()
    wayfinder.go_to(INBOX)
    assert window.issues.isVisible()
    assert (window.issues.feed.text, window.issues.view.current_id()) == ("second", second)


def test_the_program_begins_where_it_was_left(
    wayfinder: Wayfinder, window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    _second, first = numbers(store)
    wayfinder.begin(Spot(Place("everything"), "first", current=first))
    qtbot.waitUntil(lambda: window.issues.view.current_id() == first)
    assert window.issues.filter_bar.search.text() == "first"
    assert window.sidebar.place == Place("everything")


def test_without_an_issue_only_the_window_is_raised(wayfinder: Wayfinder, window: MainWindow) -> None:
    window.hide()
    wayfinder.show_issue(None)
    assert window.isVisible()
    assert window.issues.view.current_id() is None


def test_without_any_issue_the_first_steps_are_shown(
    wayfinder: Wayfinder, window: MainWindow, read: Numbers
) -> None:
    wayfinder.show_numbers(read)
    assert window.issues.isVisible()
    wayfinder.show_numbers(replace(read, counts=replace(read.counts, views=dict.fromkeys(View, 0))))
    assert window.empty.isVisible()
    wayfinder.go_to(Page.QUEUE)
    assert window.queue.isVisible()


def test_the_number_above_the_list_is_that_of_the_place(
    wayfinder: Wayfinder, window: MainWindow, read: Numbers
) -> None:
    wayfinder.show_numbers(read)
    message = [label.text() for label in window.issues.filter_bar.findChildren(QLabel)]
    assert "2" in message


def test_a_session_holds_in_all_lists_and_after_a_restart(
    wayfinder: Wayfinder, window: MainWindow, store: Store, read: Numbers, qtbot: QtBot
) -> None:
    wayfinder.show_numbers(read)
    session = Session(NOON + 60 * SECOND)
    with qtbot.waitSignal(wayfinder.session_shown):
        wayfinder.show_session(session)
    qtbot.waitUntil(lambda: window.issues.model.rowCount() == 0)
    store.file(make_event(function="first"), at=NOON + 90 * SECOND)
    store.file(make_event(function="third"), at=NOON + 91 * SECOND)
    window.issues.feed.ring()
    qtbot.waitUntil(lambda: window.issues.model.rowCount() == 2)
    wayfinder.go_to(Place("everything"))
    qtbot.waitUntil(lambda: window.issues.model.rowCount() == 2)
    wayfinder.show_session(Session(session.since, is_fresh=True))
    qtbot.waitUntil(lambda: window.issues.model.rowCount() == 1)
    restored = window.issues.restore(window.issues.state())
    later = Wayfinder(window)
    later.begin(restored)
    assert later.session == Session(session.since, is_fresh=True)
    wayfinder.show_session(None)
    qtbot.waitUntil(lambda: window.issues.model.rowCount() == 3)


def test_an_issue_that_is_older_than_the_session_ends_it(
    wayfinder: Wayfinder, window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    _second, first = numbers(store)
    wayfinder.show_session(Session(NOON + 60 * SECOND))
    qtbot.waitUntil(lambda: window.issues.model.rowCount() == 0)
    wayfinder.show_issue(first)
    qtbot.waitUntil(lambda: window.issues.view.current_id() == first)
    assert wayfinder.session is None


def test_a_run_is_shown_though_it_is_too_old_for_the_sidebar(
    wayfinder: Wayfinder, window: MainWindow, store: Store, read: Numbers, qtbot: QtBot
) -> None:
    store.write(runs.begin, make_run(host="elsewhere"))
    wayfinder.show_numbers(read)
    place = place_of_run(1, "pytest -q")
    assert window.sidebar.model.row_of(place) is None, "what was read knows no runs"
    wayfinder.show_run(place)
    assert window.sidebar.list.currentIndex().row() == window.sidebar.model.row_of(place)
    assert (window.issues.feed.place, window.issues.feed.text) == (place, "run:1")
    window.sidebar.go_to(INBOX)
    wayfinder.show_numbers(read)
    assert window.sidebar.model.row_of(place) is None
