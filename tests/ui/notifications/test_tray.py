"""Notices on a desktop without a tray: a card in the window."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.model import Level
from app.store.notices.notice import Notice
from ui.notifications.card import NoticeCard
from ui.notifications.tray import AT_ONCE, Tray


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 500)
    made.show()
    return made


def notice(number: int) -> Notice:
    return Notice(
        channel=None,
        issue_id=number,
        kind="new",
        level=Level.ERROR,
        title=f"New in shop: {number}",
        body="<b>1 event</b>",
        count=1,
    )


def card_of(window: QWidget) -> NoticeCard:
    (card,) = window.findChildren(NoticeCard)
    return card


def test_the_newest_is_on_the_card_and_leads_to_its_issue(window: QWidget, qtbot: QtBot) -> None:
    tray = Tray(window, window)
    tray.show_all((notice(1), notice(2)))
    card = card_of(window)
    assert (card.title.text(), card.body.text()) == ("New in shop: 2", "<b>1 event</b>")
    with qtbot.waitSignal(tray.issue_requested) as requested:
        card.show_it.click()
    assert requested.args == [2]


def test_many_at_once_are_one(window: QWidget) -> None:
    Tray(window, window).show_all(tuple(notice(number) for number in range(AT_ONCE + 4)))
    card = card_of(window)
    assert card.title.text() == f"{AT_ONCE + 4} notices"
    assert card.body.text().endswith("and 2 more")
    assert card.show_it.isHidden()
