"""Undo and redo by key, in the window and its dialogs; in a text field the keys edit the text."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from app.detail import read_event
from app.settings import Settings
from app.store.database import Database
from app.store.inbox.lists import events
from tests.regrouping.shop import Shop
from ui.commands import COMMANDS, Commands, make_actions
from ui.commands.keymap import keymap
from ui.connect.controller import ConnectController
from ui.grouping.controller import GroupingController
from ui.link.background import Background
from ui.link.store_access import StoreAccess
from ui.main_window import MainWindow
from ui.notifications.controller import NotificationController
from ui.undo import UndoStack

NO, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
UNDO, REDO = (NO, CTRL), (SHIFT, CTRL | SHIFT)


@pytest.fixture
def window(access: StoreAccess, undo: UndoStack, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    made = MainWindow(access, undo, tmp_path)
    qtbot.addWidget(made)
    made.add_pages(access, Settings(data_dir=tmp_path))
    made.show()
    return made


@pytest.fixture
def pressed(window: MainWindow) -> list[str]:
    """The names of the commands whose keys were pressed."""
    names: list[str] = []

    def doer(name: str) -> Callable[[], None]:
        return lambda: names.append(name)

    make_actions(window, {command.name: doer(command.name) for command in COMMANDS})
    return names


@pytest.fixture
def grouping(window: MainWindow, access: StoreAccess, undo: UndoStack) -> GroupingController:
    return GroupingController(window, access, undo, window)


@pytest.fixture
def notices(
    window: MainWindow, access: StoreAccess, undo: UndoStack, tmp_path: Path
) -> Iterator[NotificationController]:
    made = NotificationController(window, access, undo, tmp_path)
    yield made
    made.stop()


def press(widget: QWidget) -> None:
    for modifiers in (*UNDO, *REDO):
        QTest.keyClick(widget, Qt.Key.Key_Z, modifiers)


def test_undo_and_redo_work_in_every_modeless_dialog(
    window: MainWindow,
    pressed: list[str],
    grouping: GroupingController,
    notices: NotificationController,
    background: Background,
    database: Database,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    shop = Shop(database, tmp_path)
    shop.send()
    with database.reading() as connection:
        pk = events.newest(connection, 1)
        assert pk is not None
        detail = read_event(connection, pk)
    assert detail is not None
    connect = ConnectController(window, background, None, window)
    connect.open("shop")
    assert connect.dialog is not None
    connect.dialog.chooser.list.setFocus()
    grouping.show_made()
    notices.open()
    grouping.correct(detail)
    dialogs = (connect.dialog, grouping.made, notices.dialog, grouping.dialog)
    for dialog in dialogs:
        assert isinstance(dialog, QDialog)
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        press(dialog)
        assert pressed == ["undo", "undo", "redo", "redo"], dialog.windowTitle()
        pressed.clear()
        QTest.keyClick(dialog, Qt.Key.Key_E)
        assert pressed == [], "other keys are those of the window"


@pytest.mark.parametrize("make", [QLineEdit, QPlainTextEdit, QSpinBox])
def test_in_a_text_field_undo_keys_edit_the_text(
    make: type[QWidget], window: MainWindow, pressed: list[str], qtbot: QtBot
) -> None:
    dialog = QDialog(window)
    field = make(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    field.setFocus()
    press(field)
    assert pressed == []


def test_text_is_undone_in_the_search_and_in_the_project_of_connect(
    window: MainWindow, pressed: list[str], background: Background, qtbot: QtBot
) -> None:
    connect = ConnectController(window, background, None, window)
    connect.open("shop")
    assert connect.dialog is not None
    connect.dialog.activateWindow()
    qtbot.waitUntil(connect.dialog.isActiveWindow)
    field = connect.dialog.project
    field.setFocus()
    QTest.keyClicks(field, "z")
    assert field.text() == "shopz"
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert field.text() == "shop"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.issues.filter_bar.focus()
    searched = window.focusWidget()
    assert isinstance(searched, QLineEdit)
    QTest.keyClicks(searched, "zz")
    assert searched.text() == "zz"
    press(searched)
    assert pressed == []


def test_a_modal_form_blocks_the_keys_of_the_window(
    window: MainWindow, pressed: list[str], qtbot: QtBot
) -> None:
    form = QDialog(window)
    form.open()
    qtbot.waitUntil(form.isActiveWindow)
    press(form)
    assert pressed == []


def test_another_key_holds_at_once_and_the_old_one_rests(
    window: MainWindow, pressed: list[str], qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    keymap().use({"doctor": ("Ctrl+B",), "connect": ()})
    QTest.keyClicks(window, "dc")
    QTest.keyClick(window, Qt.Key.Key_B, CTRL)
    assert pressed == ["doctor"]
    keymap().use({})
    QTest.keyClicks(window, "c")
    assert pressed == ["doctor", "connect"]


def test_two_keys_one_after_the_other_are_one_command(
    window: MainWindow, pressed: list[str], qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClicks(window, "gigygq")
    assert pressed == ["go_inbox", "go_queue"], "G and then a key that means nothing does nothing"


def test_a_command_says_why_it_cannot_be_run(window: MainWindow) -> None:
    names: list[str] = []
    doers = {each.name: lambda name=each.name: names.append(name) for each in COMMANDS}
    made = Commands(window, doers, {"merge": lambda: "too few"})
    assert made.reason("merge") == "too few"
    assert made.reason("undo") == ""
    refused: list[str] = []
    made.refused.connect(refused.append)
    for name in ("undo", "merge"):
        made.actions[name].trigger()
    assert names == ["undo"]
    assert refused == ["Merge the selected issues: too few"]
