"""The bar: what it offers, for how long, and over which window it is shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.model import IssueState
from app.store.inbox.lists import issues
from app.store.inbox.triage import actions
from tests.factories import NOON, Store, make_event
from ui.issues.actions import IssueActions
from ui.link.store_access import StoreAccess
from ui.undo import UndoStack
from ui.undo_bar import UndoBar, UndoBars


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def of_issues(window: QWidget, access: StoreAccess, undo: UndoStack, store: Store) -> IssueActions:
    """Acts on the issues 1 and 2; the bars are those of the window."""
    store.file(make_event(function="first"))
    store.file(make_event(function="second"))
    UndoBars(undo, window, window)
    return IssueActions(access, undo, access)


def bar(over: QWidget) -> UndoBar:
    found = over.findChild(UndoBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert isinstance(found, UndoBar)
    return found


def opened(dialog: QDialog, qtbot: QtBot) -> QDialog:
    """The dialog, with the focus in it."""
    dialog.resize(300, 200)
    QLineEdit(dialog).setFocus()
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def state(store: Store, issue_id: int) -> IssueState:
    issue = store.read(issues.get, issue_id)
    assert issue is not None
    return issue.state


def test_it_goes_away_by_itself_and_stays_within_the_window(
    window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.undo_bar.SHOWN_MS", 30)
    shown = UndoBar(window)
    shown.offer_undo(7, "3 issues resolved")
    assert shown.isVisible()
    with qtbot.waitSignal(shown.undo_requested) as requested:
        QTest.mouseClick(shown.undo, Qt.MouseButton.LeftButton)
    assert requested.args == [7]
    window.resize(300, 300)
    assert window.rect().contains(shown.geometry())
    qtbot.waitUntil(lambda: not shown.isVisible())
    shown.show_message("2 reports tried again")
    assert not shown.undo.isVisible()
    assert not shown.redo.isVisible()


def test_it_undoes_exactly_what_it_shows_and_offers_to_redo_it(
    window: QWidget, of_issues: IssueActions, undo: UndoStack, store: Store, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(undo.acted):
        of_issues.act("resolve", [1])
    with qtbot.waitSignal(undo.acted):
        of_issues.act("resolve", [1, 2])
    assert bar(window).text.text() == "2 issues resolved"
    with qtbot.waitSignal(undo.undone):
        QTest.mouseClick(bar(window).undo, Qt.MouseButton.LeftButton)
    assert (state(store, 1), state(store, 2)) == (IssueState.RESOLVED, IssueState.OPEN)
    assert bar(window).text.text() == "Undone: 2 issues resolved"
    assert not bar(window).undo.isVisible()
    with qtbot.waitSignal(undo.acted):
        QTest.mouseClick(bar(window).redo, Qt.MouseButton.LeftButton)
    assert state(store, 2) is IssueState.RESOLVED
    assert bar(window).undo.isVisible()


def test_it_is_shown_where_the_person_is(
    window: QWidget, of_issues: IssueActions, undo: UndoStack, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(undo.acted):
        of_issues.act("resolve", [1])
    assert bar(window).isVisible()
    dialog = opened(QDialog(window), qtbot)
    with qtbot.waitSignal(undo.undone):
        undo.undo()
    assert bar(dialog).text.text() == "Undone: 1 issue resolved"
    assert not bar(window).isVisible(), "it says nothing that is no longer so"
    form = QDialog(dialog)
    form.setModal(True)
    opened(form, qtbot)
    with qtbot.waitSignal(undo.acted):
        undo.redo()
    assert bar(dialog).text.text() == "1 issue resolved"
    assert form.findChild(UndoBar) is None
    form.close()
    dialog.close()
    with qtbot.waitSignal(undo.undone):
        undo.undo()
    assert bar(window).isVisible()


def test_an_act_of_a_form_is_shown_in_the_dialog_below_it(
    window: QWidget, of_issues: IssueActions, undo: UndoStack, qtbot: QtBot
) -> None:
    dialog = opened(QDialog(window), qtbot)
    form = QDialog(dialog)
    form.setModal(True)
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    opened(form, qtbot)
    with qtbot.waitSignal(form.destroyed):
        form.close()
    with qtbot.waitSignal(undo.acted):
        of_issues.act("resolve", [1])
    assert bar(dialog).isVisible()


def test_a_closed_dialog_closes_its_bar(
    window: QWidget, of_issues: IssueActions, undo: UndoStack, qtbot: QtBot
) -> None:
    dialog = QDialog(window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    opened(dialog, qtbot)
    with qtbot.waitSignal(undo.acted):
        of_issues.act("resolve", [1])
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    with qtbot.waitSignal(undo.undone):
        undo.undo()
    assert bar(window).text.text() == "Undone: 1 issue resolved"


def test_a_long_act_is_cancelled_in_the_bar(
    window: QWidget,
    of_issues: IssueActions,
    undo: UndoStack,
    store: Store,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ui.issues.actions.AT_ONCE", 1)
    monkeypatch.setattr("ui.steps.SHOWN_AFTER_SECONDS", 0)
    monkeypatch.setattr("ui.steps.SHOWN_EVERY_SECONDS", 0)
    shown: list[str] = []

    def cancel(_sentence: str) -> None:
        shown.append(bar(window).text.text())
        QTest.mouseClick(bar(window).cancel, Qt.MouseButton.LeftButton)

    undo.progressed.connect(cancel)
    with qtbot.waitSignal(undo.acted):
        of_issues.act("resolve", [1, 2])
    assert shown == ["1 of 2 issues resolved …"]
    assert bar(window).text.text() == "1 of 2 issues resolved"
    assert bar(window).undo.isVisible()
    assert not bar(window).cancel.isVisible()
    assert (state(store, 1), state(store, 2)) == (IssueState.RESOLVED, IssueState.OPEN)


def test_it_goes_when_what_it_offers_to_undo_has_changed(
    window: QWidget, access: StoreAccess, undo: UndoStack, store: Store, qtbot: QtBot
) -> None:
    store.file(make_event(function="first"))
    bars = UndoBars(undo, window, window)
    acts = IssueActions(access, undo, access)
    with qtbot.waitSignal(undo.acted):
        acts.act("resolve", [1])
    bars.look_again()
    assert bar(window).offered == 1
    store.write(actions.reopen, [1], NOON)
    with qtbot.waitSignal(undo.outdated):
        bars.look_again()
    assert not bar(window).isVisible()
    bar(window).offer_undo(7, "1 issue resolved")
    bar(window).withdraw(8)
    assert bar(window).isVisible()
