"""What a person does to issues by key, with undo; and what reading does by itself."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.model import IssueState
from app.store import issues
from tests.factories import Store, make_event
from ui.commands import COMMANDS, make_actions
from ui.issues import pane as pane_module
from ui.issues.pane import IssuesPane
from ui.places import Place
from ui.store_access import StoreAccess

Key = Qt.Key


reads_soon = pytest.mark.parametrize("seen_after_ms", [10])


@pytest.fixture
def seen_after_ms() -> int:
    """Never, where reading is not what a test is about."""
    return 600_000


@pytest.fixture
def pane(
    access: StoreAccess, store: Store, seen_after_ms: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[IssuesPane]:
    """Five unread issues of the projects shop and blog; keys work as in the window."""
    monkeypatch.setattr(pane_module, "SEEN_AFTER_MS", seen_after_ms)
    for number in range(5):
        project = "shop" if number < 4 else "blog"
        store.file(make_event(f"Error{number}", function=f"f{number}", project=project), project=project)
    made = IssuesPane(access)
    nothing: dict[str, Callable[[], None]] = {command.name: lambda: None for command in COMMANDS}
    doers = nothing | {
        "next": lambda: made.view.step(1),
        "previous": lambda: made.view.step(-1),
        "resolve": lambda: made.act("resolve"),
        "mute": lambda: made.act("mute"),
        "reopen": lambda: made.act("reopen"),
        "toggle_read": made.toggle_read,
        "undo": made.actions_done.undo,
        "search": made.filter_bar.focus,
    }
    make_actions(made, doers)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.view.setFocus()
    with qtbot.waitSignal(made.feed.settled):
        made.show_place(Place())
    yield made
    made.feed.stop()


def types(pane: IssuesPane) -> list[str | None]:
    return [pane.model.issue(row).type for row in range(pane.model.rowCount())]


def press(pane: IssuesPane, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(pane.actions_done.committed), qtbot.waitSignal(pane.feed.settled):
        QTest.keyClick(pane.view, key)


def in_state(store: Store, state: IssueState) -> set[str | None]:
    everything = store.read(issues.page, Place("everything").filter(""))
    return {issue.type for issue in everything if issue.state is state}


@pytest.mark.parametrize(
    ("key", "state", "words"),
    [(Key.Key_E, IssueState.RESOLVED, "resolved"), (Key.Key_M, IssueState.MUTED, "muted")],
)
def test_an_issue_leaves_by_key_and_comes_back_with_undo(
    key: Qt.Key, state: IssueState, words: str, pane: IssuesPane, store: Store, qtbot: QtBot
) -> None:
    pane.view.select_row(1)
    with qtbot.waitSignal(pane.actions_done.acted) as acted:
        press(pane, qtbot, key)
    assert acted.args == [f"1 issue {words}"]
    assert in_state(store, state) == {"Error3"}
    assert types(pane) == ["Error4", "Error2", "Error1", "Error0"]
    assert pane.view.selected()[0].type == "Error2"
    press(pane, qtbot, Key.Key_Z)
    assert types(pane) == ["Error4", "Error3", "Error2", "Error1", "Error0"]
    assert in_state(store, state) == set()
    assert not pane.actions_done.can_undo


def test_several_at_once_and_several_undone(pane: IssuesPane, store: Store, qtbot: QtBot) -> None:
    flag = QItemSelectionModel.SelectionFlag.Select
    pane.view.select_row(0)
    pane.view.selectionModel().select(pane.model.index(2, 0), flag)
    with qtbot.waitSignal(pane.actions_done.acted) as acted:
        press(pane, qtbot, Key.Key_E)
    assert acted.args == ["2 issues resolved"]
    press(pane, qtbot, Key.Key_M)
    assert types(pane) == ["Error1", "Error0"]
    press(pane, qtbot, Key.Key_Z)
    press(pane, qtbot, Key.Key_Z)
    assert types(pane) == ["Error4", "Error3", "Error2", "Error1", "Error0"]


def test_reopening(pane: IssuesPane, store: Store, qtbot: QtBot) -> None:
    pane.view.select_row(0)
    press(pane, qtbot, Key.Key_E)
    with qtbot.waitSignal(pane.feed.settled):
        pane.show_place(Place("resolved"))
    pane.view.select_row(0)
    press(pane, qtbot, Key.Key_O)
    assert types(pane) == []
    assert in_state(store, IssueState.OPEN) == {f"Error{number}" for number in range(5)}


def test_what_makes_no_sense_does_nothing(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.view.select_row(0)
    with qtbot.assertNotEmitted(pane.actions_done.acted, wait=20):
        QTest.keyClick(pane.view, Key.Key_O)
        QTest.keyClick(pane.view, Key.Key_Z)


@reads_soon
def test_looking_at_an_issue_reads_it(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.view.select_row(2)
    qtbot.waitUntil(lambda: not pane.model.issue(2).unread)
    assert pane.model.issue(1).unread
    assert not pane.actions_done.can_undo, "reading is no act to be undone"


def test_enter_reads_at_once(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.view.select_row(0)
    with qtbot.waitSignal(pane.reading_wanted), qtbot.waitSignal(pane.actions_done.committed):
        QTest.keyClick(pane.view, Key.Key_Return)


@reads_soon
def test_unread_by_key_stays_unread_while_it_is_selected(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.view.select_row(0)
    qtbot.waitUntil(lambda: not pane.model.issue(0).unread)
    press(pane, qtbot, Key.Key_U)
    assert pane.model.issue(0).unread
    with qtbot.assertNotEmitted(pane.actions_done.committed, wait=50):
        pass


@reads_soon
def test_reading_down_the_unread_list_reads_one_after_the_other(pane: IssuesPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.feed.settled):
        pane.show_place(Place("unread"))
    pane.view.select_row(0)
    qtbot.waitUntil(lambda: not pane.model.issue(0).unread)
    assert pane.model.rowCount() == 5, "what is being read stays where it is"
    QTest.keyClick(pane.view, Key.Key_J)
    qtbot.waitUntil(lambda: pane.model.rowCount() == 4)
    assert pane.view.selected()[0].type == "Error3"


def test_searching_by_typing(pane: IssuesPane, qtbot: QtBot) -> None:
    QTest.keyClick(pane.view, Key.Key_Slash)
    QTest.keyClicks(pane.filter_bar.search, "type:Error2")
    qtbot.waitUntil(lambda: types(pane) == ["Error2"])
    QTest.keyClick(pane.filter_bar.search, Key.Key_Return)
    assert pane.view.selected()[0].type == "Error2"
    QTest.keyClick(pane.filter_bar.search, Key.Key_Escape)
    qtbot.waitUntil(lambda: len(types(pane)) == 5)


def test_a_search_without_hits_says_what_to_do(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.filter_bar.search.setText("nosuchword")
    qtbot.waitUntil(lambda: types(pane) == [])
    assert not pane.view.isVisible()
    pane.filter_bar.search.clear()
    qtbot.waitUntil(pane.view.isVisible)


def test_a_project_shows_its_own(pane: IssuesPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.feed.settled):
        pane.show_place(Place("inbox", "blog"))
    assert types(pane) == ["Error4"]


def test_the_menu_offers_the_actions(pane: IssuesPane, qtbot: QtBot) -> None:
    action = QAction("Resolve", pane)
    pane.set_menu([action])
    pane.view.select_row(0)
    pane.view.menu_wanted.emit(QPoint(0, 0))
    menu = pane.findChild(QMenu)
    assert menu is not None
    assert menu.actions() == [action]
    menu.close()
