"""Comparisons are read off the UI thread, and shown in one dialog."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.detail.arrivals import Arrivals
from ui.detail.comparison.comparison_controller import ComparisonController
from ui.detail.requests import CompareEvents, CompareWithUsual
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess


@pytest.fixture
def controller(
    access: StoreAccess, background: Background, chosen: PreferencesAccess, qtbot: QtBot
) -> ComparisonController:
    window = QWidget()
    qtbot.addWidget(window)
    return ComparisonController(window, access, background, chosen, window)


def text_of(controller: ComparisonController) -> str:
    assert controller.dialog is not None
    return f"{controller.dialog.sides.text()}\n{controller.dialog.page.text()}"


def test_two_events_the_earlier_at_the_left(
    controller: ComparisonController, arrivals: Arrivals, qtbot: QtBot
) -> None:
    arrivals.send(tags={"region": "eu"})
    arrivals.send(tags={"region": "us"})
    controller.compare(CompareEvents(one=2, other=1))
    qtbot.waitUntil(lambda: "region  eu  us" in text_of(controller))
    assert "left: " in text_of(controller)
    controller.close()
    assert controller.dialog is not None
    assert not controller.dialog.isVisible()


def test_one_against_the_usual(controller: ComparisonController, arrivals: Arrivals, qtbot: QtBot) -> None:
    for release in ("1", "1", "1", "2"):
        arrivals.send(release=release)
    controller.compare_with_usual(CompareWithUsual(issue_id=1, pk=4))
    qtbot.waitUntil(lambda: "Event · release  2  (0 %)  1  (100 %)" in text_of(controller))


def test_a_removed_event_is_said(controller: ComparisonController, arrivals: Arrivals, qtbot: QtBot) -> None:
    arrivals.send()
    controller.compare(CompareEvents(one=1, other=99))
    qtbot.waitUntil(lambda: "retention has removed it" in text_of(controller))
