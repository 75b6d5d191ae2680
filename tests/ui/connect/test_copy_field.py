"""Code to be copied: all of it is visible, and it is copied as it was given."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.connect.copy_field import CopyField

LONG = "curl http://127.0.0.1:1974/shop " + "x" * 400


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[CopyField]:
    made = CopyField("the code")
    around = QWidget()
    qtbot.addWidget(around)
    QVBoxLayout(around).addWidget(made)
    around.resize(400, 600)
    around.show()
    yield made
    around.close()


def code(field: CopyField) -> QPlainTextEdit:
    return field.findChild(QPlainTextEdit)  # type: ignore[return-value]


def test_a_long_line_is_wrapped_whole_and_copied_as_it_was(field: CopyField, qtbot: QtBot) -> None:
    field.show_text("pip install sentry-sdk")
    one_line = code(field).height()
    field.show_text(LONG)
    qtbot.waitUntil(lambda: code(field).height() >= 5 * one_line)
    assert code(field).verticalScrollBar().maximum() == 0, "no line is hidden"
    assert code(field).horizontalScrollBar().maximum() == 0
    QTest.keyClick(button(field), Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == LONG


def test_it_is_as_high_as_its_width_needs(field: CopyField, qtbot: QtBot) -> None:
    field.show_text(LONG)
    qtbot.waitUntil(lambda: code(field).height() > 60)
    narrow = code(field).height()
    field.window().resize(1_200, 600)
    qtbot.waitUntil(lambda: code(field).height() < narrow)
    assert code(field).verticalScrollBar().maximum() == 0


def test_the_button_confirms_the_copy_until_the_text_changes(field: CopyField) -> None:
    field.show_text("one")
    button(field).click()
    field.show_text("one")
    assert button(field).text() == "Copied"
    field.show_text("two")
    assert button(field).text() == "Copy"
    assert button(field).accessibleName() == "Copy the code"
    assert button(field).accessibleDescription() == "two"


def button(field: CopyField) -> QPushButton:
    return field.findChild(QPushButton)  # type: ignore[return-value]
