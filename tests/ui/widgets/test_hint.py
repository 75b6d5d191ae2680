"""The hint in place of an empty list."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.places import TITLES, Place, ViewName
from ui.widgets.hint import Hint, nothing_in


@pytest.mark.parametrize("view", TITLES)
def test_every_empty_view_has_a_hint_of_its_own(view: ViewName) -> None:
    message = {nothing_in(Place(each), "") for each in TITLES}
    assert len(message) == len(TITLES)
    assert all(nothing_in(Place(view), ""))


def test_a_search_is_quoted_and_a_project_named() -> None:
    assert nothing_in(Place("inbox"), "<b>")[0] == "Nothing matches “<b>”"
    assert len(nothing_in(Place("inbox"), "page \n" * 2_000)[0]) < 110
    assert nothing_in(Place("inbox", "shop"), "")[0] == "No open issues in shop"


def test_both_lines_are_shown(qtbot: QtBot) -> None:
    hint = Hint()
    qtbot.addWidget(hint)
    hint.show_message("The inbox is empty", "New errors appear here by themselves.")
    assert [label.text() for label in hint.findChildren(QLabel)] == [
        "The inbox is empty",
        "New errors appear here by themselves.",
    ]


def test_acts_are_offered_until_something_else_is_said(qtbot: QtBot) -> None:
    hint = Hint()
    qtbot.addWidget(hint)
    done: list[str] = []
    hint.show_message("Nothing matches", "")
    hint.offer([("Without a&b (3)", lambda: done.append("without"))])
    hint.buttons[0].click()
    assert (done, hint.buttons[0].accessibleName()) == (["without"], "Without a&b (3)")
    hint.show_message("Nothing matches", "")
    assert len(hint.buttons) == 1
    hint.show_message("Nothing unread", "")
    assert hint.buttons == []
