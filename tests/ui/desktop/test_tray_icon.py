"""The tray's menu, which offers what applies; the offscreen platform has no tray to show it in."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from app.engine.child_protocol import IntakePaused
from ui.desktop.tray_icon import PAUSES, TrayIcon


@pytest.fixture
def tray(qtbot: QtBot) -> TrayIcon:
    return TrayIcon()


def action(menu: QMenu, text: str) -> QAction:
    (found,) = [each for each in menu.actions() if each.text() == text]
    return found


def test_a_pause_is_begun_for_a_time_and_ended(tray: TrayIcon, qtbot: QtBot) -> None:
    for text, seconds in PAUSES:
        with qtbot.waitSignal(tray.pause_requested) as requested:
            action(tray.pauses, text).trigger()
        assert requested.args == [seconds]
    assert not tray.resume.isVisible()
    tray.show_pause(IntakePaused(0, None, 3))
    assert tray.resume.isVisible()
    assert not tray.pauses.menuAction().isVisible()
    with qtbot.waitSignal(tray.resume_requested):
        tray.resume.trigger()
    tray.show_pause(None)
    assert not tray.resume.isVisible()


def test_muting_is_shown_without_being_asked_for(tray: TrayIcon, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(tray.mute_toggled):
        tray.show_muted(True)
    assert tray.mute.isChecked()
    with qtbot.waitSignal(tray.mute_toggled) as toggled:
        tray.mute.trigger()
    assert toggled.args == [False]


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Open Arecibo", "open_requested"),
        ("Preferences …", "preferences_requested"),
        ("Quit", "quit_requested"),
    ],
)
def test_the_menu_does_what_it_says(tray: TrayIcon, qtbot: QtBot, text: str, signal: str) -> None:
    with qtbot.waitSignal(getattr(tray, signal)):
        action(tray.menu, text).trigger()


def test_without_a_tray_nothing_is_shown(tray: TrayIcon) -> None:
    assert not tray.show()
    assert not tray.is_shown
    assert not tray.show_message("a", "b", QSystemTrayIcon.MessageIcon.Information, 1)
    tray.hide()
