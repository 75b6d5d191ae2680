"""Notices on a desktop without a tray: a line of the window in front, or a card in one that is not."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.model import Level
from app.settings import NotificationSettings
from app.store.notices.notice import Notice
from ui.notifications.card import NoticeCard
from ui.notifications.pill import NoticePill
from ui.notifications.tray import AT_ONCE, Tray


@pytest.fixture
def behind(window: QWidget, qtbot: QtBot) -> QWidget:
    """The window, with another one in front of it."""
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not window.isActiveWindow())
    return window


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 500)
    made.show()
    qtbot.waitExposed(made)
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


def test_the_newest_is_on_the_card_and_leads_to_its_issue(behind: QWidget, qtbot: QtBot) -> None:
    tray = Tray(behind, behind)
    tray.show_all((notice(1), notice(2)))
    card = card_of(behind)
    assert (card.title.text(), card.body.text()) == ("New in shop: 2", "<b>1 event</b>")
    with qtbot.waitSignal(tray.issue_requested) as requested:
        card.show_it.click()
    assert requested.args == [2]


def test_many_at_once_are_one(behind: QWidget) -> None:
    Tray(behind, behind).show_all(tuple(notice(number) for number in range(AT_ONCE + 4)))
    card = card_of(behind)
    assert card.title.text() == f"{AT_ONCE + 4} notices"
    assert card.body.text().endswith("and 2 more")
    assert card.show_it.isHidden()


def test_in_front_it_is_one_line_that_leads_to_its_issue(window: QWidget, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    tray = Tray(window, window)
    tray.show_all((notice(1), notice(2)))
    assert not window.findChildren(NoticeCard)
    (pill,) = window.findChildren(NoticePill)
    assert pill.title.text() == "New in shop: 2"
    with qtbot.waitSignal(tray.issue_requested) as requested:
        pill.show_it.click()
    assert requested.args == [2]


def test_who_is_not_to_be_disturbed_is_shown_nothing(window: QWidget) -> None:
    quiet = NotificationSettings(do_not_disturb=True)
    Tray(window, window, chosen=lambda: quiet).show_all((notice(1),))
    assert not window.findChildren(NoticeCard)
    assert not window.findChildren(NoticePill)


def test_in_front_many_are_said_with_the_first_of_them(window: QWidget, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    Tray(window, window).show_all(tuple(notice(number) for number in range(AT_ONCE + 4)))
    (pill,) = window.findChildren(NoticePill)
    assert pill.title.text() == f"{AT_ONCE + 4} notices · New in shop: 0 …"
