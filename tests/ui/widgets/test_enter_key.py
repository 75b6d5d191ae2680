"""Enter on a button that has the focus."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from ui.widgets.enter_key import press_with_enter


def test_enter_presses_the_focused_button_alone(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    field, cancel, merge = QLineEdit(), QPushButton("Cancel"), QPushButton("Merge")
    column = QVBoxLayout(dialog)
    pressed: list[str] = []
    for each in (field, cancel, merge):
        column.addWidget(each)
    cancel.clicked.connect(lambda: pressed.append("Cancel"))
    merge.clicked.connect(lambda: pressed.append("Merge"))
    press_with_enter(cancel, merge)
    dialog.show()
    for each, expected in ((field, []), (cancel, ["Cancel"]), (merge, ["Cancel", "Merge"])):
        each.setFocus()
        QTest.keyClick(each, Qt.Key.Key_Return)
        assert pressed == expected
    merge.setEnabled(False)
    QTest.keyClick(merge, Qt.Key.Key_Enter)
    assert pressed == ["Cancel", "Merge"]
