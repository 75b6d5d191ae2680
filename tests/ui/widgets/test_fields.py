"""Fields to type in."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.fields import FIELD_HEIGHT, code_field, line_field, pad


def test_fields_have_names_and_hints_and_tab_leaves_them(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    body, name = code_field("Body", "No body"), line_field("Name", "Ada", "who")
    for each in (body, name):
        layout.addWidget(each)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    body.setFocus()
    QTest.keyClick(body, Qt.Key.Key_Tab)
    assert name.hasFocus()
    assert (body.accessibleName(), name.accessibleName(), name.text()) == ("Body", "Name", "Ada")
    assert (body.placeholderText(), name.placeholderText()) == ("No body", "who")
    assert name.height() == FIELD_HEIGHT


def test_a_number_is_named_to_who_hears_it(qtbot: QtBot) -> None:
    box = QSpinBox()
    qtbot.addWidget(box)
    box.setAccessibleName("Port")
    pad(box)
    assert box.lineEdit().accessibleName() == "Port"
