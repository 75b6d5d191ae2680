"""A notice in the window's corner."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.notifications.card import NoticeCard


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 500)
    made.show()
    return made


@pytest.fixture
def card(window: QWidget) -> NoticeCard:
    return NoticeCard(window)


def test_it_stays_in_its_corner(card: NoticeCard, window: QWidget) -> None:
    card.show_notice("New in shop", "KeyError " * 20, can_open=True)
    assert window.rect().contains(card.geometry())
    right = window.width() - card.geometry().right()
    window.resize(1000, 700)
    assert window.width() - card.geometry().right() == right


def test_showing_it_hides_the_card(card: NoticeCard, qtbot: QtBot) -> None:
    card.show_notice("New in shop", "", can_open=True)
    assert card.body.isHidden()
    with qtbot.waitSignal(card.opened):
        card.show_it.click()
    assert card.isHidden()


def test_a_notice_of_many_cannot_be_opened(card: NoticeCard) -> None:
    card.show_notice("7 notices", "one\ntwo", can_open=False)
    assert card.show_it.isHidden()
    card.close_it.click()
    assert card.isHidden()
