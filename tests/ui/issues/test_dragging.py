"""What the pointer carries when issues are dragged."""

from PySide6.QtCore import QMimeData
from pytestqt.qtbot import QtBot

from ui.issues import dragging


def test_issues_are_carried_and_nothing_else_is_taken_for_them(qtbot: QtBot) -> None:
    assert dragging.carried(dragging.carry([3, 12])) == [3, 12]
    other = QMimeData()
    other.setText("3 12")
    assert dragging.carried(other) == []
    other.setData(dragging.ISSUES, b"3 x \xff")
    assert dragging.carried(other) == [3]
    assert not dragging.label("2 issues", 2.0).isNull()
