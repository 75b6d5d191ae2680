"""The button beside the title of a run's list."""

from pytestqt.qtbot import QtBot

from ui.runs.chip import LABEL_FROM, NewInRunButton


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


def test_in_a_narrow_list_it_leaves_room_for_the_title(qtbot: QtBot) -> None:
    button = NewInRunButton()
    qtbot.addWidget(button)
    wide = button.width()
    button.fit(LABEL_FROM - 1)
    assert button.width() < wide
    button.show_run(2, 1, is_new=False)
    assert button.accessibleName() == "Only what is new in this run, against run 1"
