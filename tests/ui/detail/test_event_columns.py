"""The columns of the table of events are ticked in a menu."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.detail.event_columns import MOST_COLUMNS, EventColumns
from ui.detail.requests import ChooseEventColumns
from ui.link.preferences_access import PreferencesAccess


@pytest.fixture
def columns(chosen: PreferencesAccess, qtbot: QtBot) -> EventColumns:
    window = QWidget()
    qtbot.addWidget(window)
    return EventColumns(chosen, window)


def test_ticks_are_what_is_shown(columns: EventColumns, chosen: PreferencesAccess) -> None:
    chosen.change(event_columns=("message", "user"))
    actions = {each.text(): each for each in columns.menu(ChooseEventColumns(("tag.a&b", "user"))).actions()}
    assert {text: each.isChecked() for text, each in actions.items()} == {
        "message": True,
        "user": True,
        "tag.a&&b": False,
    }
    actions["tag.a&&b"].trigger()
    actions["user"].trigger()
    assert chosen.chosen.event_columns == ("message", "tag.a&b")


def test_no_more_can_be_ticked_than_fit(columns: EventColumns, chosen: PreferencesAccess) -> None:
    chosen.change(event_columns=tuple(str(number) for number in range(MOST_COLUMNS)))
    *ticked, last = columns.menu(ChooseEventColumns(("one more",))).actions()
    assert all(each.isEnabled() for each in ticked)
    assert not last.isEnabled()
