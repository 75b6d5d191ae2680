"""How long to mute, as the menu asks."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.model import MuteRule
from ui.issues.mute_menu import FOR_EVER, MuteChoice, MuteMenu
from ui.issues.question_dialog import QuestionDialog


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def menu(window: QWidget) -> MuteMenu:
    return MuteMenu(window)


def trigger(menu: MuteMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text().replace("&", "") == text).trigger()


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("Mute for ever", FOR_EVER),
        ("For a day", MuteChoice("for a day", seconds=86_400)),
        ("Until it escalates", MuteChoice("until it escalates", MuteRule(escalating=True))),
    ],
)
def test_each_line_is_a_choice(menu: MuteMenu, text: str, choice: MuteChoice, qtbot: QtBot) -> None:
    with qtbot.waitSignal(menu.chosen) as chosen:
        trigger(menu, text)
    assert chosen.args == [choice]


def test_muting_until_a_number_of_events_opens_a_question(
    menu: MuteMenu, window: QWidget, qtbot: QtBot
) -> None:
    trigger(menu, "Until n more events …")
    dialog = window.findChild(QuestionDialog)
    assert isinstance(dialog, QuestionDialog)
    dialog.field.setText("1500")
    with qtbot.waitSignal(menu.chosen) as chosen:
        dialog.done_button.click()
    assert chosen.args == [MuteChoice("until 1,500 more", MuteRule(more=1_500))]
