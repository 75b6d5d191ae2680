"""Going through an issue's events."""

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.store.inbox.lists.events import EventPlace
from ui.detail.navigation import Navigation
from ui.detail.page.page_theme import PageTheme

MIDDLE = EventPlace(position=12, total=340, first=1, previous=11, next=13, last=340)
NEWEST = EventPlace(position=340, total=340, first=1, previous=339, next=None, last=340)


@pytest.fixture
def navigation(qtbot: QtBot) -> Navigation:
    made = Navigation(PageTheme())
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(("where", "pk"), [("first", 1), ("previous", 11), ("next", 13), ("last", 340)])
def test_each_button_requests_its_event(navigation: Navigation, where: str, pk: int, qtbot: QtBot) -> None:
    navigation.show_place(MIDDLE, arrived=True)
    assert navigation.position.text() == "12 of 340"
    with qtbot.waitSignal(navigation.event_requested) as asked:
        navigation.buttons[where].click()
    assert asked.args == [pk]


def test_at_the_newest_event_forward_is_disabled(navigation: Navigation, qtbot: QtBot) -> None:
    navigation.show_place(NEWEST, arrived=True)
    assert [name for name, button in navigation.buttons.items() if not button.isEnabled()] == ["next", "last"]
    with qtbot.assertNotEmitted(navigation.event_requested):
        navigation.go("next")


def test_newer_events_are_counted_only_at_the_newest(navigation: Navigation) -> None:
    navigation.show_place(NEWEST, arrived=True)
    grown = replace(NEWEST, total=342, next=341, last=342)
    navigation.show_place(grown, arrived=False)
    assert navigation.newer.text() == "2 newer"
    assert navigation.newer.isVisible()
    navigation.show_place(MIDDLE, arrived=True)
    navigation.show_place(replace(MIDDLE, total=341, last=341), arrived=False)
    assert not navigation.newer.isVisible()
