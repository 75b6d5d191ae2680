"""Patterns are added when they can be used, and removed in a way that can be taken back."""

import pytest
from pytestqt.qtbot import QtBot

from ui.preferences.pattern_list import PatternList


@pytest.fixture
def patterns(qtbot: QtBot) -> PatternList:
    made = PatternList()
    qtbot.addWidget(made)
    made.changed.connect(made.show_patterns)
    made.show()
    return made


def test_patterns_are_added_and_removed(patterns: PatternList) -> None:
    told: list[list[str]] = []
    patterns.changed.connect(lambda changed: told.append([each.pattern for each in changed]))
    patterns.text.setText("K-[0-9]+")
    patterns.add.click()
    patterns.kind.setCurrentText("Field name")
    patterns.text.setText("customer_no")
    patterns.add.click()
    patterns.patterns.setCurrentRow(0)
    patterns.remove.click()
    assert patterns.text.text() == "K-[0-9]+"
    patterns.add.click()
    assert told == [
        ["K-[0-9]+"],
        ["K-[0-9]+", "customer_no"],
        ["customer_no"],
        ["customer_no", "K-[0-9]+"],
    ]


@pytest.mark.parametrize(("text", "said"), [("(", "cannot be read"), ("", "empty"), ("a*", "empty text")])
def test_one_that_cannot_be_used_is_not_added(patterns: PatternList, text: str, said: str) -> None:
    patterns.changed.connect(lambda _patterns: pytest.fail("added"))
    patterns.text.setText(text)
    patterns.add.click()
    assert patterns.problem.isVisible()
    assert said in patterns.problem.text()


def test_the_same_one_is_not_added_twice(patterns: PatternList) -> None:
    for _time in range(2):
        patterns.text.setText("x+y")
        patterns.add.click()
    assert patterns.patterns.count() == 1
    assert "already" in patterns.problem.text()
