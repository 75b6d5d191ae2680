"""The button beside the title of a run's list."""

from pytestqt.qtbot import QtBot

from ui.runs.chip import NewInRunButton


def test_it_is_there_for_a_run_and_can_be_pressed_where_there_is_one_before(qtbot: QtBot) -> None:
    button = NewInRunButton()
    qtbot.addWidget(button)
    assert not button.isVisible()
    button.show_run(2, 1, is_new=True)
    assert button.isVisible()
    assert button.isChecked()
    assert "run 1" in button.accessibleName()
    with qtbot.waitSignal(button.asked) as asked:
        button.click()
    assert asked.args == [False]
    button.show_run(1, None, is_new=False)
    assert not button.isEnabled()
    assert "no run before" in button.toolTip()
    button.show_run(None, None, is_new=False)
    assert not button.isVisible()
