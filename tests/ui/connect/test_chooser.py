"""The clients to choose from, by typing and by the arrows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.clients import clients
from ui.connect.chooser import Chooser


@pytest.fixture
def chooser(qtbot: QtBot) -> Chooser:
    made = Chooser(clients("http://127.0.0.1:1974", "shop"))
    qtbot.addWidget(made)
    made.show()
    return made


def name(number: int) -> str:
    return clients("http://127.0.0.1:1974", "shop")[number].name


def test_typing_chooses_the_first_that_fits(chooser: Chooser) -> None:
    chosen: list[int] = []
    chooser.chosen.connect(chosen.append)
    QTest.keyClicks(chooser.search, "rollbar")
    assert name(chosen[-1]) == "Rollbar for Python"
    QTest.keyClick(chooser.search, Qt.Key.Key_Down)
    assert name(chosen[-1]) == "Rollbar for Node"


def test_a_search_without_hits_shows_a_hint(chooser: Chooser) -> None:
    QTest.keyClicks(chooser.search, "cobol")
    assert not chooser.list.isVisible()
    assert "No client matches “cobol”" in [label.text() for label in chooser.findChildren(QLabel)]
    QTest.keyClick(chooser.search, Qt.Key.Key_Escape)
    assert chooser.list.isVisible()
