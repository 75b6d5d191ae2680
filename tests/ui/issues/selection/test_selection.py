"""What a person means: rows, all that are loaded, or by rule everything; and acts on it by key, with undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter, View
from tests.factories import Store, make_event
from ui.issues import feed as feed_module
from ui.issues.pane import IssuesPane
from ui.places import Place
from ui.undo import UndoStack

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def act(pane: IssuesPane, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> str:
    """Press a key that acts, undoes or redoes; returns the sentence."""
    stack = pane.actions_done.stack
    signal = stack.undone if key == Key.Key_Z and modifier is None else stack.acted
    with qtbot.waitSignal(signal) as done, qtbot.waitSignal(pane.feed.settled):
        QTest.keyClick(pane.view, key, modifier or Qt.KeyboardModifier.NoModifier)
    assert isinstance(done.args, list)
    return str(done.args[1])


def states(store: Store) -> dict[int, tuple[str, bool, bool]]:
    shown = store.read(issues.page, IssueFilter(View.EVERYTHING))
    return {issue.id: (issue.state.value, issue.unread, issue.pinned) for issue in shown}


def means_all(pane: IssuesPane) -> bool:
    return pane.selection.is_all


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list holds two rows at first."""
    monkeypatch.setattr(feed_module, "PAGE", 2)


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        (Key.Key_E, "2 issues resolved"),
        (Key.Key_U, "2 issues marked as read"),
        (Key.Key_S, "2 issues pinned"),
        (Key.Key_NumberSign, "2 issues deleted"),
    ],
)
def test_marked_issues_are_acted_upon_undone_and_redone_by_key(
    pane: IssuesPane, store: Store, qtbot: QtBot, key: Qt.Key, sentence: str
) -> None:
    before = states(store)
    for pressed in (Key.Key_X, Key.Key_J, Key.Key_J, Key.Key_X):
        QTest.keyClick(pane.view, pressed)
    assert act(pane, qtbot, key) == sentence
    after = states(store)
    assert {issue for issue in before if before[issue] != after.get(issue)} == {6, 4}
    assert act(pane, qtbot, Key.Key_Z) == sentence
    assert states(store) == before
    assert act(pane, qtbot, Key.Key_Z, SHIFT) == sentence
    assert states(store) == after


def test_all_that_match_are_meant_without_being_loaded(
    short_pages: None, pane: IssuesPane, store: Store, qtbot: QtBot
) -> None:
    pane.set_number(6)
    QTest.keyClick(pane.view, Key.Key_A, CONTROL)
    qtbot.waitUntil(pane.bar.isVisible)
    if pane.selection.has_more:
        QTest.keyClick(pane.view, Key.Key_A, CONTROL)
        assert means_all(pane)
    pane.selection.select_by_rule()
    assert pane.selection.selected.count == 6
    qtbot.waitUntil(lambda: pane.bar.text.text() == "all 6 that match")
    assert act(pane, qtbot, Key.Key_E) == "6 issues resolved"
    assert {state for state, *_rest in states(store).values()} == {"resolved"}
    qtbot.waitUntil(lambda: pane.model.rowCount() == 0)
    assert not means_all(pane)
    assert act(pane, qtbot, Key.Key_Z) == "6 issues resolved"
    assert {state for state, *_rest in states(store).values()} == {"open"}


def test_rows_that_load_between_two_presses_do_not_stop_all_from_being_meant(
    short_pages: None, pane: IssuesPane, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(pane.feed.started):
        pane.show_place(Place("everything"))
    assert pane.model.rowCount() == 2
    pane.selection.select_all()
    assert not means_all(pane)
    qtbot.waitUntil(lambda: pane.model.rowCount() > 2)
    pane.selection.select_all()
    assert means_all(pane)


def test_a_rule_goes_by_the_search(pane: IssuesPane, store: Store, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.feed.settled):
        pane.feed.show(Place("everything"), "Error5")
    pane.selection.select_by_rule()
    assert act(pane, qtbot, Key.Key_NumberSign) == "1 issue deleted"
    assert 6 not in states(store)


def test_a_rule_holds_while_rows_come_and_ends_with_a_choice(
    pane: IssuesPane, store: Store, qtbot: QtBot
) -> None:
    pane.selection.select_by_rule()
    store.file(make_event("New", function="new"))
    with qtbot.waitSignal(pane.feed.settled):
        pane.feed.ring()
    pane.show_arrivals()
    qtbot.waitUntil(lambda: pane.model.rowCount() == 7)
    assert means_all(pane)
    assert len(pane.view.selected()) == 7
    QTest.keyClick(pane.view, Key.Key_X)
    qtbot.waitUntil(lambda: not means_all(pane))
    assert len(pane.view.selected()) == 6
    pane.selection.select_by_rule()
    QTest.keyClick(pane.view, Key.Key_Escape)
    assert not means_all(pane)
    assert len(pane.view.selected()) == 1


def test_another_list_ends_the_rule(pane: IssuesPane, undo: UndoStack, qtbot: QtBot) -> None:
    pane.selection.select_by_rule()
    with qtbot.waitSignal(pane.feed.settled):
        pane.show_place(Place("everything"))
    assert not means_all(pane)
    qtbot.waitUntil(lambda: not pane.bar.isVisible())


def test_escape_leaves_many_then_the_search_then_the_row(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.filter_bar.search_for("Error")
    qtbot.waitUntil(lambda: pane.feed.text == "Error" and pane.model.rowCount() == 6)
    pane.view.setFocus()
    pane.view.step(1)
    pane.selection.select_all()
    QTest.keyClick(pane.view, Key.Key_Escape)
    assert len(pane.view.selected()) == 1
    assert pane.feed.text == "Error"
    QTest.keyClick(pane.view, Key.Key_Escape)
    assert pane.filter_bar.search.text() == ""
    qtbot.waitUntil(lambda: pane.feed.text == "" and len(pane.view.selected()) == 1)
    QTest.keyClick(pane.view, Key.Key_Escape)
    assert pane.view.selected() == []


def test_nothing_is_selected_in_a_list_that_has_become_empty(pane: IssuesPane, qtbot: QtBot) -> None:
    for pressed in (Key.Key_X, Key.Key_J, Key.Key_X):
        QTest.keyClick(pane.view, pressed)
    qtbot.waitUntil(lambda: not pane.bar.isHidden())
    with qtbot.waitSignal(pane.feed.settled):
        pane.filter_bar.search_for("zzz")
    qtbot.waitUntil(pane.bar.isHidden)
    assert not pane.selection.marking.is_on
