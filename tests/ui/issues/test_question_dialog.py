"""A question with one short answer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.issues.question_dialog import QuestionDialog


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(window: QWidget) -> QuestionDialog:
    made = QuestionDialog("Resolve", "Resolved in the release:", "Resolve", window)
    made.show()
    return made


def test_an_empty_answer_is_not_accepted(dialog: QuestionDialog) -> None:
    dialog.field.setText("  ")
    assert not dialog.done_button.isEnabled()


def test_enter_answers_without_blanks_around(dialog: QuestionDialog, qtbot: QtBot) -> None:
    dialog.field.setText(" web@2.0 ")
    with qtbot.waitSignal(dialog.answered) as answered:
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert answered.args == ["web@2.0"]


@pytest.mark.parametrize(("typed", "is_answer"), [("0", False), ("1", True), ("100", True), ("101", False)])
def test_a_number_is_within_its_bounds(dialog: QuestionDialog, typed: str, is_answer: bool) -> None:
    dialog.suggest(10, 100)
    assert dialog.field.selectedText() == "10"
    dialog.field.setText(typed)
    assert dialog.done_button.isEnabled() is is_answer
