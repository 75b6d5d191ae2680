"""Acts on issues by key, with undo; and how an issue becomes read by itself."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from app.model import IssueState, MuteRule
from app.sorting import Sort
from app.store.inbox.lists import issues
from app.store.inbox.triage import history
from tests.factories import NOON, SECOND, Store, make_event
from ui.commands import COMMANDS, make_actions
from ui.issues import feed as feed_module
from ui.issues import pane as pane_module
from ui.issues.mute_menu import MuteMenu
from ui.issues.note_dialog import NoteDialog
from ui.issues.pane import IssuesPane
from ui.issues.question_dialog import QuestionDialog
from ui.issues.row.metrics import Density
from ui.link.store_access import StoreAccess
from ui.places import Place
from ui.undo import UndoStack

Key = Qt.Key


reads_soon = pytest.mark.parametrize("seen_after_ms", [10])


@pytest.fixture
def seen_after_ms() -> int:
    """Never, where reading is not what a test is about."""
    return 600_000


@pytest.fixture
def pane(
    access: StoreAccess,
    undo: UndoStack,
    store: Store,
    seen_after_ms: int,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[IssuesPane]:
    """Five unread issues of the projects shop and blog; keys work as in the window."""
    monkeypatch.setattr(pane_module, "SEEN_AFTER_MS", seen_after_ms)
    for number in range(5):
        project = "shop" if number < 4 else "blog"
        store.file(make_event(f"Error{number}", function=f"f{number}", project=project), project=project)
    made = IssuesPane(access, undo)
    nothing: dict[str, Callable[[], None]] = {command.name: lambda: None for command in COMMANDS}
    doers = nothing | {
        "next": lambda: made.view.step(1),
        "previous": lambda: made.view.step(-1),
        "resolve": lambda: made.act("resolve"),
        "mute": made.ask_mute,
        "note": made.ask_note,
        "reopen": lambda: made.act("reopen"),
        "toggle_read": made.toggle_read,
        "undo": undo.undo,
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


def press(
    pane: IssuesPane,
    qtbot: QtBot,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    with qtbot.waitSignal(pane.actions_done.committed), qtbot.waitSignal(pane.feed.settled):
        QTest.keyClick(pane.view, key, modifier)


def menu_of(pane: IssuesPane) -> MuteMenu:
    return next(menu for menu in pane.findChildren(MuteMenu) if menu.isVisible())


def activate(widget: QWidget, qtbot: QtBot) -> None:
    """Activate a window, as a window manager does after a closed menu and for a new dialog."""
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


def mute(pane: IssuesPane, qtbot: QtBot, key: Qt.Key) -> str:
    """Mute by key, and then by a key of the menu; returns its sentence."""
    QTest.keyClick(pane.view, Key.Key_M)
    with qtbot.waitSignal(pane.actions_done.stack.acted) as acted, qtbot.waitSignal(pane.feed.settled):
        QTest.keyClick(menu_of(pane), key)
    activate(pane, qtbot)
    return sentence(acted)


def sentence(acted: SignalBlocker) -> str:
    """The sentence that the signal carries."""
    assert isinstance(acted.args, list)
    return str(acted.args[1])


def in_state(store: Store, state: IssueState) -> set[str | None]:
    everything = store.read(issues.page, Place("everything").filter(""))
    return {issue.type for issue in everything if issue.state is state}


@pytest.mark.parametrize("key", [Key.Key_E, Key.Key_M])
def test_an_issue_leaves_by_key_and_comes_back_with_undo(
    key: Qt.Key, pane: IssuesPane, store: Store, qtbot: QtBot
) -> None:
    pane.view.select_row(1)
    if key == Key.Key_M:
        state = IssueState.MUTED
        assert mute(pane, qtbot, Key.Key_M) == "1 issue muted for ever"
    else:
        state = IssueState.RESOLVED
        with qtbot.waitSignal(pane.actions_done.stack.acted) as acted:
            press(pane, qtbot, key)
        assert sentence(acted) == "1 issue resolved"
    assert in_state(store, state) == {"Error3"}
    assert types(pane) == ["Error4", "Error2", "Error1", "Error0"]
    assert pane.view.selected()[0].type == "Error2"
    press(pane, qtbot, Key.Key_Z)
    assert types(pane) == ["Error4", "Error3", "Error2", "Error1", "Error0"]
    assert in_state(store, state) == set()
    assert not pane.actions_done.stack.can_undo


def test_several_at_once_and_several_undone(pane: IssuesPane, store: Store, qtbot: QtBot) -> None:
    flag = QItemSelectionModel.SelectionFlag.Select
    pane.view.select_row(0)
    pane.view.selectionModel().select(pane.model.index(2, 0), flag)
    with qtbot.waitSignal(pane.actions_done.stack.acted) as acted:
        press(pane, qtbot, Key.Key_E)
    assert sentence(acted) == "2 issues resolved"
    mute(pane, qtbot, Key.Key_M)
    assert types(pane) == ["Error1", "Error0"]
    press(pane, qtbot, Key.Key_Z)
    press(pane, qtbot, Key.Key_Z)
    assert types(pane) == ["Error4", "Error3", "Error2", "Error1", "Error0"]


@pytest.mark.parametrize(
    ("key", "expected", "rule"),
    [
        (Key.Key_H, "for an hour", None),
        (Key.Key_D, "for a day", None),
        (Key.Key_W, "for a week", None),
        (Key.Key_E, "until it escalates", MuteRule(escalating=True)),
    ],
)
def test_ways_to_mute(
    key: Qt.Key, expected: str, rule: MuteRule | None, pane: IssuesPane, store: Store, qtbot: QtBot
) -> None:
    pane.view.select_row(0)
    assert mute(pane, qtbot, key) == f"1 issue muted {expected}"
    (muted,) = store.read(issues.page, Place("muted").filter(""))
    assert ((muted.mute_rule and muted.mute_rule.escalating), muted.muted_until is None) == (
        rule and rule.escalating,
        rule is not None,
    )


@pytest.mark.parametrize(
    ("key", "expected", "rule"),
    [
        (Key.Key_N, "until 25 more", MuteRule(more=25)),
        (Key.Key_P, "until 25 an hour", MuteRule(per_hour=25)),
    ],
)
def test_muting_until_a_number(
    key: Qt.Key, expected: str, rule: MuteRule, pane: IssuesPane, store: Store, qtbot: QtBot
) -> None:
    pane.view.select_row(0)
    QTest.keyClick(pane.view, Key.Key_M)
    QTest.keyClick(menu_of(pane), key)
    (question,) = pane.findChildren(QuestionDialog)
    QTest.keyClicks(question.field, "-25x")
    with qtbot.waitSignal(pane.actions_done.stack.acted) as acted, qtbot.waitSignal(pane.feed.settled):
        QTest.keyClick(question.field, Key.Key_Return)
    assert sentence(acted) == f"1 issue muted {expected}"
    (muted,) = store.read(issues.page, Place("muted").filter(""))
    assert muted.mute_rule == rule


def test_a_number_has_to_be_one(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.view.select_row(0)
    QTest.keyClick(pane.view, Key.Key_M)
    QTest.keyClick(menu_of(pane), Key.Key_N)
    (question,) = pane.findChildren(QuestionDialog)
    question.field.setText("0")
    with qtbot.assertNotEmitted(pane.actions_done.stack.acted, wait=20):
        QTest.keyClick(question.field, Key.Key_Return)
    QTest.keyClick(question, Key.Key_Escape)


def test_without_a_selection_mute_and_note_do_nothing(pane: IssuesPane) -> None:
    QTest.keyClick(pane.view, Key.Key_M)
    QTest.keyClick(pane.view, Key.Key_N)
    assert not pane.findChildren(MuteMenu)
    assert not pane.findChildren(NoteDialog)


def test_a_note_is_written_by_key_and_undone(pane: IssuesPane, store: Store, qtbot: QtBot) -> None:
    pane.view.select_row(0)
    issue_id = pane.view.selected()[0].id
    QTest.keyClick(pane.view, Key.Key_N)
    (dialog,) = pane.findChildren(NoteDialog)
    activate(dialog, qtbot)
    assert not dialog.save.isEnabled()
    QTest.keyClicks(dialog.text, " Ask Ada. ")
    with qtbot.waitSignal(pane.actions_done.stack.acted) as acted, qtbot.waitSignal(pane.feed.settled):
        QTest.keyClick(dialog.text, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sentence(acted) == "Note added"
    assert [line.text for line in store.read(history.timeline, issue_id)] == ["Ask Ada.", ""]
    activate(pane, qtbot)
    press(pane, qtbot, Key.Key_Z)
    assert [line.kind for line in store.read(history.timeline, issue_id)] == ["new"]


def test_resolving_in_a_release(pane: IssuesPane, store: Store, qtbot: QtBot) -> None:
    pane.view.select_row(0)
    issue_id = pane.view.selected()[0].id
    pane.prompts.resolve_in([issue_id], ["2.0", "R&D"], pane.mapToGlobal(QPoint(0, 0)))
    menu = next(menu for menu in pane.findChildren(QMenu) if menu.isVisible())
    assert [action.text() for action in menu.actions()] == ["2.0", "R&&D", "", "&Another release …"]
    with qtbot.waitSignal(pane.actions_done.stack.acted) as acted:
        QTest.keyClick(menu, Key.Key_Down)
        QTest.keyClick(menu, Key.Key_Down)
        QTest.keyClick(menu, Key.Key_Return)
    assert sentence(acted) == "1 issue resolved in R&D"
    pane.prompts.resolve_in([issue_id], ["2.0"], pane.mapToGlobal(QPoint(0, 0)))
    menu = next(menu for menu in pane.findChildren(QMenu) if menu.isVisible())
    QTest.keyClick(menu, Key.Key_A)
    (question,) = pane.findChildren(QuestionDialog)
    QTest.keyClicks(question.field, " 3.1 ")
    with qtbot.waitSignal(pane.actions_done.stack.acted) as acted:
        QTest.keyClick(question.field, Key.Key_Return)
    assert sentence(acted) == "1 issue resolved in 3.1"
    issue = store.read(issues.get, issue_id)
    assert issue is not None
    assert issue.resolved_in == "3.1"


def test_reopening(pane: IssuesPane, store: Store, qtbot: QtBot) -> None:
    pane.view.select_row(0)
    press(pane, qtbot, Key.Key_E)
    with qtbot.waitSignal(pane.feed.settled):
        pane.show_place(Place("resolved"))
    pane.view.select_row(0)
    press(pane, qtbot, Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
    assert types(pane) == []
    assert in_state(store, IssueState.OPEN) == {f"Error{number}" for number in range(5)}


def test_an_act_without_effect_does_nothing(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.view.select_row(0)
    with qtbot.assertNotEmitted(pane.actions_done.stack.acted, wait=20):
        QTest.keyClick(pane.view, Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(pane.view, Key.Key_Z)


@reads_soon
def test_an_issue_that_is_shown_for_a_while_becomes_read(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.view.select_row(2)
    qtbot.waitUntil(lambda: not pane.model.issue(2).unread)
    assert pane.model.issue(1).unread
    assert not pane.actions_done.stack.can_undo, "reading is no act to be undone"


def test_enter_reads_at_once(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.view.select_row(0)
    with qtbot.waitSignal(pane.reading_requested), qtbot.waitSignal(pane.actions_done.committed):
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


def test_a_search_without_hits_shows_a_hint(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.filter_bar.search.setText("nosuchword")
    qtbot.waitUntil(lambda: types(pane) == [])
    assert not pane.view.isVisible()
    pane.filter_bar.search.clear()
    qtbot.waitUntil(pane.view.isVisible)


def test_a_project_shows_only_its_issues(pane: IssuesPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.feed.settled):
        pane.show_place(Place("inbox", "blog"))
    assert types(pane) == ["Error4"]


def test_the_menu_offers_the_actions(pane: IssuesPane, qtbot: QtBot) -> None:
    action = QAction("Note", pane)
    pane.set_commands({"note": action}, ["note", "resolve"])
    pane.view.select_row(0)
    pane.view.menu_requested.emit(QPoint(0, 0))
    menu = pane.findChild(QMenu)
    assert menu is not None
    assert menu.actions() == [action]
    menu.close()


def test_an_empty_search_offers_what_would_find_something(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.search_for("Error1 nothing")
    hint = pane._hint
    qtbot.waitUntil(lambda: [button.label() for button in hint.buttons] == ["Without “nothing” (1)"])
    hint.buttons[0].click()
    qtbot.waitUntil(lambda: types(pane) == ["Error1"])
    assert pane.filter_bar.search.text() == "Error1"


def test_another_list_is_searched_by_who_shows_lists(pane: IssuesPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.feed.settled):
        pane.show_place(Place("muted"))
    pane.search_for("Error1")
    qtbot.waitUntil(lambda: bool(pane._hint.buttons))
    with qtbot.waitSignal(pane.search_elsewhere) as asked:
        pane._hint.buttons[0].click()
    assert asked.args == [Place("everything"), "Error1"]


def test_an_empty_list_does_not_take_the_focus_later(pane: IssuesPane, qtbot: QtBot) -> None:
    field = pane.filter_bar.search
    field.setFocus()
    QTest.keyClicks(field, "nothing like this")
    qtbot.waitUntil(lambda: not pane.view.isVisible())
    QTest.keyClick(field, Key.Key_Return)
    field.setText("Error1")
    qtbot.waitUntil(lambda: types(pane) == ["Error1"])
    assert field.hasFocus()


def current(pane: IssuesPane) -> str | None:
    number = pane.view.current_id()
    row = None if number is None else pane.model.row_of(number)
    return None if row is None else pane.model.issue(row).type


def poll(pane: IssuesPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.feed.settled):
        pane.feed.ring()


def file_more(store: Store, *numbers: int) -> None:
    """New events, of issues that are there (0 to 4) or not."""
    for number in numbers:
        later = NOON + 3_600 * SECOND + number * SECOND
        store.file(make_event(f"Error{number}", function=f"f{number}"), at=later)


def test_what_comes_waits_while_a_row_is_selected(pane: IssuesPane, store: Store, qtbot: QtBot) -> None:
    pane.view.select_row(2)
    before = types(pane)
    file_more(store, 1, 7, 8)
    poll(pane, qtbot)
    assert types(pane) == before
    assert pane.pill.text() == "2 new · 1 updated"
    assert pane.model.issue(3).count == 2, "a row changes where it is"
    with qtbot.waitSignal(pane.feed.arrived):
        QTest.mouseClick(pane.pill, Qt.MouseButton.LeftButton)
    assert types(pane) == ["Error8", "Error7", "Error1", "Error4", "Error3", "Error2", "Error0"]
    assert current(pane) == before[2]
    assert pane.pill.isHidden()


def test_with_home_it_comes_in_and_the_cursor_goes_to_the_first(
    pane: IssuesPane, store: Store, qtbot: QtBot
) -> None:
    pane.view.select_row(2)
    file_more(store, 9)
    poll(pane, qtbot)
    with qtbot.waitSignal(pane.feed.arrived):
        QTest.keyClick(pane.view, Key.Key_Home)
    assert current(pane) == "Error9"


def test_when_nothing_is_selected_any_more_it_comes_in_by_itself(
    pane: IssuesPane, store: Store, qtbot: QtBot
) -> None:
    pane.view.select_row(2)
    file_more(store, 9)
    poll(pane, qtbot)
    with qtbot.waitSignal(pane.feed.arrived):
        QTest.keyClick(pane.view, Key.Key_Escape)
    assert types(pane)[0] == "Error9"
    file_more(store, 10)
    poll(pane, qtbot)
    assert types(pane)[0] == "Error10", "at once, while nobody looks"


def test_undoing_brings_a_row_back_at_once(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.view.select_row(0)
    before = types(pane)
    press(pane, qtbot, Key.Key_E)
    assert types(pane) == before[1:]
    assert current(pane) == before[1], "the next one is shown"
    press(pane, qtbot, Key.Key_Z)
    assert types(pane) == before


def test_after_a_search_one_is_where_one_was(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.resize(400, 260)
    pane.view.select_row(3)
    pane.view.verticalScrollBar().setValue(70)
    was, shown = pane.whereabouts.here(), current(pane)
    with qtbot.waitSignal(pane.feed.started):
        pane.search_for("Error1")
    pane.view.select_row(0)
    with qtbot.waitSignal(pane.feed.started):
        QTest.keyClick(pane.filter_bar.search, Key.Key_Escape)
    assert (pane.whereabouts.here(), current(pane)) == (was, shown)


def test_an_issue_far_below_is_in_sight_when_its_list_has_just_come(
    pane: IssuesPane, store: Store, qtbot: QtBot
) -> None:
    file_more(store, *range(10, 90))
    with qtbot.waitSignal(pane.feed.settled):
        pane.show_place(Place("resolved"))
    pane.show_place(Place("inbox"))
    pane.select_issue(1)
    qtbot.waitUntil(lambda: pane.view.current_id() == 1)
    rect = pane.view.visualRect(pane.view.currentIndex())
    assert pane.view.viewport().rect().contains(rect.center())


def test_a_list_without_the_shown_issue_shows_none(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.view.select_row(1)
    with qtbot.waitSignal(pane.issue_shown) as shown:
        pane.search_for("nothing of the kind")
    assert shown.args == [None]


def test_after_a_search_the_title_has_the_number_of_the_place(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.set_number(1234)
    pane.filter_bar.search_for("Error3")
    qtbot.waitUntil(lambda: pane.filter_bar._number.text() == "1")
    pane.filter_bar.search_for("")
    with qtbot.waitSignal(pane.feed.settled):
        pane.feed.ring()
    assert pane.filter_bar._number.text() == "1,234"


def test_a_search_holds_on_to_the_issue_that_it_finds(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.view.select_row(1)
    was = current(pane)
    with qtbot.assertNotEmitted(pane.issue_shown), qtbot.waitSignal(pane.feed.started):
        pane.search_for("card")
    assert current(pane) == was


def test_when_the_last_row_leaves_nothing_is_shown(pane: IssuesPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.feed.settled):
        pane.show_place(Place("inbox", "blog"))
    pane.view.select_row(0)
    with qtbot.waitSignal(pane.issue_shown, check_params_cb=lambda shown: shown is None):
        press(pane, qtbot, Key.Key_E)


def test_each_place_has_its_own_spot_and_order(pane: IssuesPane, store: Store, qtbot: QtBot) -> None:
    file_more(store, 3)
    poll(pane, qtbot)
    pane.view.select_row(1)
    was = pane.whereabouts.here()
    with qtbot.waitSignal(pane.feed.settled):
        pane.show_place(Place("everything"))
    with qtbot.waitSignal(pane.feed.settled):
        pane.sort_by(Sort.COUNT)
    assert types(pane)[0] == "Error3"
    with qtbot.waitSignal(pane.feed.settled):
        pane.show_place(Place())
    assert (pane.whereabouts.here(), pane.feed.sort) == (was, Sort.LAST_SEEN)
    with qtbot.waitSignal(pane.feed.settled):
        pane.show_place(Place("everything"))
    assert pane.feed.sort is Sort.COUNT


def test_it_begins_where_it_ended(
    pane: IssuesPane, access: StoreAccess, undo: UndoStack, qtbot: QtBot
) -> None:
    pane.view.select_row(3)
    pane.set_density(Density.COMPACT)
    with qtbot.waitSignal(pane.feed.settled):
        pane.sort_by(Sort.FIRST_SEEN)
    again = IssuesPane(access, undo)
    qtbot.addWidget(again)
    spot = again.restore(pane.state())
    with qtbot.waitSignal(again.feed.settled):
        again.go_to(spot)
    assert (again.whereabouts.here(), again.feed.sort, again.view.density) == (
        pane.whereabouts.here(),
        Sort.FIRST_SEEN,
        Density.COMPACT,
    )
    again.feed.stop()


def is_current(pane: IssuesPane, number: int) -> bool:
    return pane.view.current_id() == number


def test_an_issue_is_selected_wherever_it_is(
    pane: IssuesPane, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "PAGE", 3)
    monkeypatch.setattr(feed_module, "MOST_ROWS", 3)
    for number in range(20, 40):
        store.file(make_event(f"Error{number}", function=f"f{number}"), at=NOON + number * SECOND)
    with qtbot.waitSignal(pane.feed.settled):
        pane.show_place(Place())
    for number in (2, 24, 12):
        pane.select_issue(number)
        qtbot.waitUntil(partial(is_current, pane, number))
    with qtbot.waitSignal(pane.missing):
        pane.select_issue(4_711)
