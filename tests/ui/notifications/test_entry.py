"""One channel or rule in the dialog."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.notifications.entry import NotificationEntry


def test_it_is_switched_and_complains(qtbot: QtBot) -> None:
    entry = NotificationEntry("hook", "json://host", on=True)
    qtbot.addWidget(entry)
    entry.show()
    with qtbot.waitSignal(entry.switched) as switched:
        QTest.mouseClick(entry.switch, Qt.MouseButton.LeftButton)
    assert switched.args == [False]
    entry.report_problem("It is full.")
    assert entry.trouble.isVisible()
    entry.report_problem("")
    assert not entry.trouble.isVisible()


def test_enter_in_the_dialog_presses_none_of_its_buttons(qtbot: QtBot) -> None:
    entry = NotificationEntry("hook", "json://host", on=True)
    qtbot.addWidget(entry)
    button = entry.button("Remove")
    assert not button.autoDefault()
    assert entry.summary.text() == "json://host"
