"""Going to places by their number and name, and from pane to pane."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.settings import Settings
from ui import going
from ui.commands.table import BY_NAME
from ui.link.store_access import StoreAccess
from ui.main_window import MainWindow
from ui.places import Page, Place
from ui.undo import UndoStack


@pytest.fixture
def window(access: StoreAccess, undo: UndoStack, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    made = MainWindow(access, undo, tmp_path)
    qtbot.addWidget(made)
    made.add_pages(access, Settings(data_dir=tmp_path))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_every_place_is_reached_by_its_number(window: MainWindow) -> None:
    doers = going.doers(window)
    assert doers.keys() <= BY_NAME.keys()
    for number, place in enumerate(going.places(window)[:9], 1):
        doers[f"place_{number}"]()
        assert window.sidebar.place == place
    doers["place_9"]()
    doers["go_inbox"]()
    places = [window.sidebar.place]
    doers["go_queue"]()
    places.append(window.sidebar.place)
    assert places == [Place("inbox"), Page.QUEUE]


def test_a_number_without_a_place_says_so(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(going, "places", lambda _window: [Place("inbox")])
    reasons = going.reasons(window)
    assert reasons["place_1"]() == ""
    assert reasons["place_9"]() != ""


def test_f6_goes_from_the_sidebar_to_the_list_to_the_event(window: MainWindow, qtbot: QtBot) -> None:
    detail = QWidget()
    detail.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.set_detail(detail)
    qtbot.waitUntil(detail.isVisible)
    doers = going.doers(window)
    window.sidebar.list.setFocus()
    seen: list[QWidget | None] = []
    for _number in range(3):
        doers["next_pane"]()
        seen.append(window.focusWidget())
    assert seen == [window.issues.focus_target(), detail, window.sidebar.list]
    doers["previous_pane"]()
    assert detail.hasFocus()
