"""Text from outside on buttons and in menus."""

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ui.widgets.mnemonic import add_action, without_mnemonic


@pytest.mark.parametrize(
    ("text", "shown"), [("rock & roll", "rock && roll"), ("a\nb\tc", "a b c"), ("x" * 100, "x" * 79 + "…")]
)
def test_no_letter_becomes_a_key(text: str, shown: str) -> None:
    assert without_mnemonic(text) == shown


def test_an_action_shows_its_text_and_runs(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    done: list[str] = []
    add_action(menu, "<b>rock & roll</b>", lambda: done.append("acted"))
    (action,) = menu.actions()
    action.trigger()
    assert done == ["acted"]
    assert action.text() == "<b>rock && roll</b>"
    assert "&lt;b&gt;rock &amp; roll" in action.toolTip()
