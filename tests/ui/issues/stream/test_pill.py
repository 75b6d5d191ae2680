"""The pill stands on the list's upper edge while something waits."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.issues.stream.arrivals import Pending
from ui.issues.stream.pill import ArrivalsPill


def test_it_says_how_much_waits_and_stays_in_the_middle(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    below = QWidget(window)
    below.setGeometry(0, 100, 400, 300)
    window.resize(400, 400)
    pill = ArrivalsPill(below, window)
    window.show()
    assert pill.isHidden()
    pill.show_pending(Pending(12, 3))
    assert pill.text() == "12 new · 3 updated"
    assert pill.accessibleName() == "Show 12 new issues, 3 updated issues"
    assert pill.isVisible()
    assert abs(pill.geometry().center().x() - 200) <= 1
    assert pill.geometry().bottom() < 112, "the first row's text begins below it"
    below.setGeometry(0, 100, 300, 300)
    assert abs(pill.geometry().center().x() - 150) <= 1
    pill.show_pending(Pending(0, 3))
    assert pill.text() == "3 updated"
    pill.show_pending(Pending())
    assert pill.isHidden()
