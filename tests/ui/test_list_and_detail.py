"""The detail pane follows the list, and its buttons act on the issue that it shows."""

from math import inf

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from app.model import IssueState
from app.query import writing
from app.store.inbox.lists import issues
from tests.factories import Store, make_event
from ui.detail.pane import DetailPane
from ui.detail.requests import FilterBy
from ui.issues.pane import IssuesPane
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.list_and_detail import ListAndDetail
from ui.places import INBOX
from ui.undo import UndoStack

HOURS_MS = 10_000_000


@pytest.fixture
def issues_pane(store: Store, access: StoreAccess, undo: UndoStack, qtbot: QtBot) -> IssuesPane:
    """Two issues are listed."""
    store.file(make_event(function="first", release="web@1"))
    store.file(make_event(function="second", release="web@1"))
    made = IssuesPane(access, undo)
    qtbot.addWidget(made)
    made.show()
    made.show_place(INBOX)
    qtbot.waitUntil(lambda: made.model.rowCount() == 2)
    return made


@pytest.fixture
def detail(
    access: StoreAccess, background: Background, chosen: PreferencesAccess, qtbot: QtBot
) -> DetailPane:
    made = DetailPane(access, background, chosen)
    qtbot.addWidget(made)
    made.resize(760, 900)
    made.show()
    return made


def test_the_selected_issue_is_shown_and_resolved_by_its_button(
    issues_pane: IssuesPane, detail: DetailPane, store: Store, qtbot: QtBot
) -> None:
    ListAndDetail(issues_pane, detail)
    with qtbot.waitSignal(detail.shown):
        issues_pane.view.select_row(1)
    assert detail.detail is not None
    assert detail.detail.issue.id == issues_pane.view.current_id() == 1
    detail.actions_bar.resolve_button.click()
    qtbot.waitUntil(lambda: store.read(issue_state, 1) is IssueState.RESOLVED)


def test_what_is_passed_with_a_key_held_down_is_not_shown(
    issues_pane: IssuesPane, detail: DetailPane, store: Store, qtbot: QtBot
) -> None:
    store.file(make_event(function="third"))
    issues_pane.feed.ring()
    qtbot.waitUntil(lambda: issues_pane.model.rowCount() == 3)
    ListAndDetail(issues_pane, detail)
    shown: list[int] = []
    detail.shown.connect(shown.append)
    for row in range(3):
        issues_pane.view.select_row(row)
    qtbot.waitUntil(lambda: bool(shown))
    assert detail.detail is not None
    assert detail.detail.issue.id == 1
    assert len(shown) == 1


def test_the_last_is_shown_when_the_key_is_released(
    issues_pane: IssuesPane, detail: DetailPane, qtbot: QtBot
) -> None:
    connected = ListAndDetail(issues_pane, detail)
    connected._rest.setInterval(HOURS_MS)
    issues_pane.view.select_row(0)
    connected._stepped = inf  # however slow the machine is, the next step follows it at once
    issues_pane.view.select_row(1)
    QTest.keyRelease(issues_pane.view, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: detail.detail is not None)
    assert detail.detail is not None
    assert detail.detail.issue.id == 1


def test_the_shown_issue_may_be_chosen_again_after_another_was_passed(
    issues_pane: IssuesPane, detail: DetailPane, qtbot: QtBot
) -> None:
    connected = ListAndDetail(issues_pane, detail)
    with qtbot.waitSignal(detail.shown):
        issues_pane.view.select_row(0)
    connected._stepped = inf
    issues_pane.view.select_row(1)
    connected._stepped = inf
    issues_pane.view.select_row(0)
    connected._rest.timeout.emit()
    assert detail.detail is not None
    assert detail.detail.issue.id == issues_pane.view.current_id() == 2
    with qtbot.waitSignal(detail.shown):
        connected._rest.stop()
        connected._stepped = 0.0
        issues_pane.view.select_row(1)


def test_an_issue_selected_before_is_shown(issues_pane: IssuesPane, detail: DetailPane, qtbot: QtBot) -> None:
    issues_pane.view.select_row(0)
    with qtbot.waitSignal(detail.shown):
        ListAndDetail(issues_pane, detail)
    assert detail.detail is not None
    assert detail.detail.issue.id == 2


def test_the_neighbours_are_read_ahead_and_shown_at_once(
    issues_pane: IssuesPane, detail: DetailPane, store: Store, qtbot: QtBot
) -> None:
    ListAndDetail(issues_pane, detail)
    with qtbot.waitSignal(detail.shown):
        issues_pane.view.select_row(0)
    qtbot.waitUntil(lambda: bool(detail._loader._remembered))
    shown: list[int] = []
    detail.shown.connect(shown.append)
    issues_pane.view.select_row(1)
    assert len(shown) == 1


def issue_state(connection: Connection, issue_id: int) -> IssueState:
    issue = issues.get(connection, issue_id)
    assert issue is not None
    return issue.state


def test_a_tag_that_is_clicked_is_searched_for_in_the_list(
    issues_pane: IssuesPane, detail: DetailPane, store: Store, qtbot: QtBot
) -> None:
    store.file(make_event(function="third", tags={"customer": "Ada & Söhne"}))
    ListAndDetail(issues_pane, detail)
    detail.page.request(FilterBy(writing.tag("customer", "Ada & Söhne")))
    assert issues_pane.filter_bar.search.text() == 'tag.customer:"Ada & Söhne"'
    qtbot.waitUntil(lambda: issues_pane.model.rowCount() == 1)
    assert issues_pane.model.issue(0).id == 3


def test_a_tag_is_excluded_from_what_is_searched_for(
    issues_pane: IssuesPane, detail: DetailPane, store: Store, qtbot: QtBot
) -> None:
    ListAndDetail(issues_pane, detail)
    issues_pane.search_for("KeyError")
    detail.page.request(FilterBy("tag.customer:Ada", is_excluded=True))
    assert issues_pane.filter_bar.search.text() == "KeyError -tag.customer:Ada"


def test_the_pane_beside_an_empty_list_is_empty(
    issues_pane: IssuesPane, detail: DetailPane, qtbot: QtBot
) -> None:
    ListAndDetail(issues_pane, detail)
    issues_pane.search_for("nothing like this")
    qtbot.waitUntil(lambda: issues_pane.model.rowCount() == 0)
    qtbot.waitUntil(lambda: detail.placeholder.accessibleName() == "")
    issues_pane.search_for("")
    qtbot.waitUntil(lambda: "Select an issue" in detail.placeholder.accessibleName())
