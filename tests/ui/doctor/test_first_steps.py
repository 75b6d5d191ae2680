"""The first steps, shown while there are no callers."""

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ui.doctor.first_steps import FirstSteps


def test_a_test_error_is_sent_once_and_answered(qtbot: QtBot) -> None:
    steps = FirstSteps()
    qtbot.addWidget(steps)
    with qtbot.waitSignal(steps.test_requested):
        steps.send.click()
    assert not steps.send.isEnabled()
    assert steps.message.text() == "Sending …"
    steps.answer("It arrived.")
    assert steps.send.isEnabled()
    assert steps.message.text() == "It arrived."


def test_the_second_step_leads_to_the_clients(qtbot: QtBot) -> None:
    steps = FirstSteps()
    qtbot.addWidget(steps)
    (button,) = [each for each in steps.findChildren(QPushButton) if each.text() == "Connect an app"]
    with qtbot.waitSignal(steps.connect_requested):
        button.click()
