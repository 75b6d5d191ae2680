"""What is wrong with a search is said below it, and mended by a click."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.issues.search import problem_line
from ui.issues.search.field import SearchField
from ui.issues.search.problem_line import ProblemLine


@pytest.fixture
def line(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[ProblemLine]:
    monkeypatch.setattr(problem_line, "PATIENCE_MS", 30)
    window = QWidget()
    layout = QVBoxLayout(window)
    field = SearchField()
    made = ProblemLine(field)
    layout.addWidget(field)
    layout.addWidget(made)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    field.setFocus()
    yield made
    made.close()


def field_of(line: ProblemLine) -> SearchField:
    (field,) = line.window().findChildren(SearchField)
    return field


def test_a_mistake_is_said_when_the_cursor_has_left_it(line: ProblemLine) -> None:
    QTest.keyClicks(field_of(line), "level:eror")
    assert line.isHidden()
    QTest.keyClicks(field_of(line), " boom")
    assert line.isVisible()
    assert line.sentence.text() == "“eror” is no level."
    QTest.keyClicks(field_of(line), " is:opne")
    QTest.keyClick(field_of(line), Qt.Key.Key_Home)
    field_of(line).clear()
    assert line.isHidden()


def test_a_mistake_at_the_cursor_is_said_after_a_pause(line: ProblemLine, qtbot: QtBot) -> None:
    QTest.keyClicks(field_of(line), "last:soon")
    assert line.isHidden()
    qtbot.waitUntil(line.isVisible)
    assert "is no time" in line.sentence.text()
    assert line.mend.isHidden()


def test_a_click_mends_it(line: ProblemLine, qtbot: QtBot) -> None:
    QTest.keyClicks(field_of(line), "level:eror boom")
    assert line.mend.label() == "Did you mean “error”?"
    with qtbot.waitSignal(line.mended) as mended:
        line.mend.click()
    assert mended.args == ["level:error boom"]


def test_what_is_wrong_comes_before_what_is_doubtful(line: ProblemLine) -> None:
    QTest.keyClicks(field_of(line), "levle:error is:opne x")
    assert line.sentence.text() == "“opne” is no state."
    field_of(line).setText("levle:error x")
    assert line.mend.label() == "Did you mean “level:”?"
