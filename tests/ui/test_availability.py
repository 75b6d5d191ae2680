"""Each command that can do nothing now says why."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.settings import Settings
from tests.factories import Store, make_event
from ui import availability
from ui.commands.table import BY_NAME
from ui.link.store_access import StoreAccess
from ui.main_window import MainWindow
from ui.places import Page, Place
from ui.undo import UndoStack


@pytest.fixture
def window(store: Store, access: StoreAccess, undo: UndoStack, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    store.file(make_event("PaymentError"))
    made = MainWindow(access, undo, tmp_path)
    qtbot.addWidget(made)
    made.add_pages(access, Settings(data_dir=tmp_path))
    with qtbot.waitSignal(made.issues.feed.settled):
        made.issues.show_place(Place())
    return made


def test_reasons_go_when_the_command_can_be_run(window: MainWindow, undo: UndoStack) -> None:
    reasons = availability.reasons(window, undo, lambda: None)
    assert reasons.keys() <= BY_NAME.keys()
    for name in ("resolve", "merge", "open", "undo", "redo", "again_all", "again", "export"):
        assert reasons[name](), name
    window.issues.view.select_row(0)
    assert reasons["resolve"]() == ""
    assert reasons["merge"](), "one cannot be merged"
    window.sidebar.go_to(Page.QUEUE)
    assert reasons["again_all"]() == reasons["again"]() == ""


def test_an_act_that_is_under_way_can_be_undone(window: MainWindow, undo: UndoStack, qtbot: QtBot) -> None:
    reasons = availability.reasons(window, undo, lambda: None)
    window.issues.view.select_row(0)
    with qtbot.waitSignal(undo.acted):
        window.issues.act("resolve")
        assert reasons["undo"]() == "", "its undo waits for it"
    assert reasons["undo"]() == ""
