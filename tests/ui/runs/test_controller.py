"""What came in a run, and what is new in it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.store.places import runs
from tests.factories import NOON, Store, make_event
from tests.runs_of_commands import make_run
from tests.ui.undoing import Back, Do
from ui.issues.pane import IssuesPane
from ui.places import Place
from ui.runs.controller import RunController
from ui.sidebar.entries import place_of_run


def listed(pane: IssuesPane) -> list[int]:
    return sorted(pane.model.issue(row).id for row in range(pane.model.rowCount()))


def test_one_click_goes_from_a_run_to_what_is_new_in_it_and_back(
    controller: RunController, pane: IssuesPane, qtbot: QtBot
) -> None:
    controller.show(2, "pytest -q")
    qtbot.waitUntil(lambda: listed(pane) == [1, 2])
    assert pane.feed.text == "run:2"
    qtbot.waitUntil(controller.button.isVisible)
    qtbot.waitUntil(controller.button.isEnabled)
    assert controller.button.accessibleName() == "Only what is new in this run, against run 1"
    QTest.mouseClick(controller.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: listed(pane) == [2])
    assert pane.feed.text == "newinrun:2"
    assert controller.button.isChecked()
    controller.flip_new()
    qtbot.waitUntil(lambda: listed(pane) == [1, 2])
    assert not controller.button.isChecked()
    pane.show_place(Place())
    qtbot.waitUntil(lambda: not controller.button.isVisible())


def test_what_a_person_searches_for_stays(controller: RunController, pane: IssuesPane, qtbot: QtBot) -> None:
    controller.show_newest()
    qtbot.waitUntil(lambda: listed(pane) == [1, 2])
    pane.search_for("run:2 level:error")
    qtbot.waitUntil(lambda: pane.feed.text == "run:2 level:error")
    controller.flip_new()
    assert pane.feed.text == "level:error newinrun:2"


def test_the_first_run_of_a_command_has_none_before(
    controller: RunController, pane: IssuesPane, qtbot: QtBot
) -> None:
    controller.show_number(1)
    qtbot.waitUntil(lambda: listed(pane) == [1])
    qtbot.waitUntil(controller.button.isVisible)
    assert not controller.button.isEnabled()
    assert controller.why_not_new() == "the command was not run before in this project"


def test_from_elsewhere_the_newest_run_is_meant(
    controller: RunController, pane: IssuesPane, qtbot: QtBot
) -> None:
    assert (controller.why_none(), controller.why_not_new()) == ("", "")
    controller.flip_new()
    qtbot.waitUntil(lambda: listed(pane) == [2])
    assert pane.feed.place == place_of_run(2, "pytest -q")


def test_a_run_that_is_forgotten_is_not_shown_and_forgetting_is_undone(
    controller: RunController, filled: Store, undo: object, do: Do, back: Back, qtbot: QtBot
) -> None:
    assert do(lambda: controller.actions.forget(2, "pytest -q")) == "Run 2 of pytest -q forgotten"
    assert [run.id for run in filled.read(runs.listed)] == [1]
    with qtbot.waitSignal(controller.actions.refused) as refused:
        controller.show_number(2)
    assert refused.args == ["Run 2 is not remembered any more"]
    back()
    assert [run.id for run in filled.read(runs.listed)] == [2, 1]


def test_the_words_of_the_search_mean_another_run_when_one_begins(
    controller: RunController, pane: IssuesPane, filled: Store, qtbot: QtBot
) -> None:
    pane.show_place(Place("everything"))
    pane.search_for("run:last")
    qtbot.waitUntil(lambda: listed(pane) == [1, 2])
    filled.write(runs.begin, make_run("make", host="elsewhere", at=NOON))
    filled.file(make_event(function="c"))
    controller.actions.committed.emit()
    qtbot.waitUntil(lambda: listed(pane) == [3])
    assert controller._tick.isActive(), "nobody tells of a process that is killed"


def test_all_runs_are_opened_from_the_list(controller: RunController, pane: IssuesPane, qtbot: QtBot) -> None:
    controller.open()
    dialog = controller.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.list.rows.rowCount() == 2)
    dialog.new_button.click()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: listed(pane) == [2])


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete])
def test_a_run_is_forgotten_from_the_list(
    key: Qt.Key, controller: RunController, filled: Store, qtbot: QtBot
) -> None:
    controller.open()
    dialog = controller.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.list.rows.rowCount() == 2)
    with qtbot.waitSignal(controller.actions.committed):
        QTest.keyClick(dialog, key)
    assert [run.id for run in filled.read(runs.listed)] == [1]
    dialog.close()
