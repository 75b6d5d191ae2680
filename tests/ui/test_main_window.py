"""The window: its size from the last session, its pages, and its keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.engine.child_protocol import StoreUpgrading
from app.settings import Settings
from ui.commands import COMMANDS, make_actions
from ui.link.store_access import StoreAccess
from ui.main_window import MainWindow
from ui.theme import Theme
from ui.undo import UndoStack
from ui.upgrade_strip import UpgradeStrip

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def make(access: StoreAccess, undo: UndoStack, tmp_path: Path, qtbot: QtBot) -> Callable[[], MainWindow]:
    def made() -> MainWindow:
        window = MainWindow(access, undo, tmp_path)
        qtbot.addWidget(window)
        window.add_pages(access, Settings(data_dir=tmp_path))
        window.show()
        return window

    return made


def test_the_window_has_the_size_of_the_last_session(make: Callable[[], MainWindow], qtbot: QtBot) -> None:
    first = make()
    first.resize(780, 500)
    with qtbot.waitSignal(first.closing):
        first.leave()
    assert make().size() == QSize(780, 500)


def test_a_window_that_is_never_closed_is_remembered_when_it_is_left(
    make: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    first = make()
    with qtbot.waitSignal(first.appeared):
        first.activateWindow()
    qtbot.waitUntil(first.isActiveWindow)
    first.resize(780, 500)
    make().activateWindow()
    qtbot.waitUntil(lambda: not first.isActiveWindow())
    assert make().size() == QSize(780, 500)


def test_appeared_is_emitted_after_the_first_paint(make: Callable[[], MainWindow], qtbot: QtBot) -> None:
    window = make()
    with qtbot.waitSignal(window.appeared):
        window.repaint()


def test_adding_the_detail_pane_does_not_move_the_others(
    make: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = make()
    width = window.issues.width()
    detail = QWidget()
    window.set_detail(detail)
    qtbot.waitUntil(detail.isVisible)
    assert window.issues.width() == width
    assert detail.width() > 0


@pytest.mark.parametrize("width", [770, 900, 1000])
def test_a_narrow_window_leaves_the_detail_its_room(
    make: Callable[[], MainWindow], qtbot: QtBot, width: int
) -> None:
    window = make()
    window.set_detail(detail := QWidget())
    window.show_issues()
    qtbot.waitUntil(detail.isVisible)
    window.resize(width, 500)
    window.grab()
    assert window.width() == width
    assert detail.width() >= 364
    assert window.issues.width() >= 220, "a search can be read in it"
    assert detail.mapTo(window, detail.rect().topRight()).x() < width


def test_the_focus_goes_to_the_page_and_not_to_its_first_button(
    make: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = make()
    window.activateWindow()
    window.issues.view.setFocus()
    qtbot.waitUntil(window.issues.view.hasFocus)
    window.show_empty()
    assert window.empty.hasFocus()
    window.show_issues()
    assert window.issues.view.hasFocus()
    window.sidebar.list.setFocus()
    window.show_empty()
    assert window.sidebar.list.hasFocus(), "who is in the sidebar stays there"


@pytest.mark.parametrize("size", [(640, 400), (1_000, 600), (2_560, 1_440)])
def test_every_page_is_painted_at_any_size_in_both_themes(
    make: Callable[[], MainWindow], size: tuple[int, int], dressed: Theme
) -> None:
    window = make()
    window.resize(*size)
    for show in (window.show_issues, window.show_queue, window.show_doctor, window.show_empty):
        show()
        assert window.grab().toImage().pixelColor(2, 60) == dressed.sidebar


def test_an_upgrade_stands_above_the_pages_until_it_is_done(make: Callable[[], MainWindow]) -> None:
    window = make()
    window.show_upgrade(None)
    assert window.findChildren(UpgradeStrip) == []
    window.show_upgrade(StoreUpgrading(1, 2, 30))
    (strip,) = window.findChildren(UpgradeStrip)
    assert strip.isVisible()
    window.show_upgrade(None)
    assert not strip.isVisible()


def test_every_key_runs_its_command(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    done: list[str] = []

    def doer(name: str) -> Callable[[], None]:
        return lambda: done.append(name)

    make_actions(window, {command.name: doer(command.name) for command in COMMANDS})
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClicks(window, "jkemuz/cdr")
    for modifiers in (Qt.KeyboardModifier.ShiftModifier, CTRL | Qt.KeyboardModifier.ShiftModifier, CTRL):
        QTest.keyClick(window, Qt.Key.Key_Z, modifiers)
    for key in (Qt.Key.Key_R, Qt.Key.Key_O):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window, Qt.Key.Key_Delete)
    assert done == [
        "next", "previous", "resolve", "mute", "toggle_read", "undo", "search",
        "connect", "doctor", "again", "redo", "redo", "undo", "again_all", "reopen", "discard",
    ]  # fmt: skip
