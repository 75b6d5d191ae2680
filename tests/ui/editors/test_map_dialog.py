"""A search, what it found, and what can be done then."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.local_files.learn_map import Proposal
from app.preferences import PathMap
from ui.editors.map_dialog import MapDialog

MAP = PathMap(sent="/app", local="/home/ada/shop", project="shop")


@pytest.fixture
def dialog(window: QWidget) -> MapDialog:
    made = MapDialog("/app/cart.py", window)
    made.show()
    return made


def test_a_search_can_be_cancelled(dialog: MapDialog, qtbot: QtBot) -> None:
    assert dialog.progress.isVisible()
    assert not dialog.choose_button.isVisible()
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Return)  # Cancel has the focus


def test_enter_uses_what_was_found(dialog: MapDialog, qtbot: QtBot) -> None:
    dialog.show_found(Proposal(path_map=MAP, there=12, of=14))
    assert dialog.sentence.text().startswith("12 of 14 files of this event are there")
    assert dialog.proposed.text() == "/app\n→ /home/ada/shop"
    assert not dialog.progress.isVisible()
    with qtbot.waitSignal(dialog.used) as used:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert used.args == [MAP]


def test_it_can_be_declined(dialog: MapDialog, qtbot: QtBot) -> None:
    dialog.show_found(Proposal(path_map=MAP, there=1, of=1))
    assert dialog.sentence.text().startswith("The file is there")
    with qtbot.waitSignal(dialog.declined) as declined:
        dialog.decline_button.click()
    assert declined.args == [MAP]


def test_relative_names_are_said_in_words(dialog: MapDialog) -> None:
    dialog.show_found(Proposal(path_map=PathMap(sent="./", local="/src"), there=2, of=2))
    assert dialog.proposed.text() == "names without a folder\n→ /src"


def test_when_nothing_was_found_a_folder_can_be_chosen(dialog: MapDialog) -> None:
    dialog.show_found(None)
    assert dialog.choose_button.isVisible()
    assert not dialog.use_button.isVisible()
    dialog.show_searching(Path("/src"))
    assert dialog.sentence.text() == "Looking through /src …"
    dialog.show_found(None)
    assert dialog.sentence.text().startswith("No file in /src fits")
