"""The question names the file and the folder of its project, as they are."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ui.editors.file_question import FileQuestion
from ui.widgets.plain_label import PlainLabel


def make(window: QWidget, root: Path | None, answers: list[object]) -> FileQuestion:
    file = Path("/home/ada/<b>shop & co/cart.py")
    question = FileQuestion(file, root, lambda: answers.append("once"), answers.append, window)
    question.show()
    return question


def test_it_names_file_and_project(window: QWidget) -> None:
    question = make(window, Path("/home/ada/<b>shop & co"), [])
    texts = [label.text() for label in question.findChildren(PlainLabel)]
    assert "/home/ada/<b>shop & co/cart.py" in texts
    assert "Its project is /home/ada/<b>shop & co" in texts
    assert question.always_button.text() == "Open files in <b>shop && co"


def test_enter_opens_once_and_the_other_button_the_project(window: QWidget) -> None:
    answers: list[object] = []
    QTest.keyClick(make(window, Path("/p"), answers), Qt.Key.Key_Return)
    make(window, Path("/p"), answers).always_button.click()
    QTest.keyClick(make(window, Path("/p"), answers), Qt.Key.Key_Escape)
    assert answers == ["once", Path("/p")]


def test_without_a_project_it_offers_none(window: QWidget) -> None:
    assert make(window, None, []).always_button.isHidden()
