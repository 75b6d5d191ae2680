"""Notices on the desktop: each shown once, many as one, without a tray on a card in the window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from app.notifications import directory
from app.notifications.rules import QuietHours
from app.store.notices import channels
from app.store.notices.notice import NoticeState
from tests.factories import NOON, Store
from tests.notifications.factories import enter, make_happening, notices_in, set_rule
from ui.link.store_access import StoreAccess
from ui.notifications.controller import NotificationController
from ui.undo import UndoStack

Look = Callable[[], None]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    # In front it would be shown one line.
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    return made


@pytest.fixture
def now() -> list[int]:
    return [NOON]


@pytest.fixture
def controller(
    window: QWidget, access: StoreAccess, tmp_path: Path, now: list[int]
) -> Iterator[NotificationController]:
    undo = UndoStack(access, access)
    made = NotificationController(window, access, undo, tmp_path, clock=lambda: now[0])
    yield made
    made.stop()


def card_says(window: QWidget) -> str | None:
    card = window.findChild(QWidget, "card")
    if card is None or not card.isVisible():
        return None
    return str(card.title.text())  # type: ignore[attr-defined]


def test_a_notice_is_shown_once_and_opens_its_issue(
    controller: NotificationController, window: QWidget, store: Store, qtbot: QtBot
) -> None:
    enter(store, make_happening(7))
    controller.ring()
    qtbot.waitUntil(lambda: card_says(window) == "New in shop: KeyError: 7")
    assert notices_in(store, NoticeState.SENT) == [("new", 7, 1)]
    card = window.findChild(QWidget, "card")
    with qtbot.waitSignal(controller.tray.issue_requested) as requested:
        QTest.mouseClick(card.show_it, Qt.MouseButton.LeftButton)  # type: ignore[union-attr]
    assert requested.args == [7]
    assert card_says(window) is None


def test_many_at_once_are_one(
    controller: NotificationController, window: QWidget, store: Store, qtbot: QtBot
) -> None:
    enter(store, *(make_happening(n) for n in range(1, 9)))
    controller.ring()
    qtbot.waitUntil(lambda: card_says(window) == "8 notices")
    card = window.findChild(QWidget, "card")
    assert card.body.text().splitlines()[-1] == "and 3 more"  # type: ignore[union-attr]
    assert not card.show_it.isVisible()  # type: ignore[union-attr]


def test_a_notice_due_later_is_shown_without_a_ring(
    controller: NotificationController, window: QWidget, store: Store, now: list[int], qtbot: QtBot
) -> None:
    quiet = QuietHours(0, 1439)
    set_rule(store, quiet=quiet)
    enter(store, make_happening(1))
    until = quiet.until(NOON)
    assert until is not None
    now[0] = until - 300_000
    controller.ring()
    qtbot.waitUntil(controller._next_due.isActive)
    now[0] = until
    qtbot.waitUntil(lambda: card_says(window) == "1 notice of the quiet hours")


def test_a_burst_of_rings_is_one_reading_and_none_is_lost(
    controller: NotificationController, window: QWidget, store: Store, qtbot: QtBot
) -> None:
    for _ring in range(50):
        controller.ring()
    enter(store, make_happening(3))
    controller.ring()
    qtbot.waitUntil(lambda: card_says(window) == "New in shop: KeyError: 3")


def test_channels_that_fail_are_named_until_they_do_not(
    controller: NotificationController, store: Store, qtbot: QtBot
) -> None:
    hook = store.write(directory.add_channel, "hook", "json://host")
    store.write(channels.record_outcome, hook.id, error="no", now=NOON)
    with qtbot.waitSignal(controller.failing) as failing:
        controller.ring()
    assert failing.args == [("hook",)]
    store.write(channels.record_outcome, hook.id, error=None, now=NOON)
    with qtbot.waitSignal(controller.failing) as failing:
        controller.ring()
    assert failing.args == [()]


def test_a_desktop_with_a_tray_shows_it_there_as_plain_text(
    controller: NotificationController,
    window: QWidget,
    store: Store,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[tuple[object, ...]] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _icon: None)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _icon, *message: shown.append(message))
    enter(store, make_happening(5, culprit="<img src=x> in y"))
    controller.ring()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown[0][:2] == ("New in shop: KeyError: 5", "‹img src=x> in y\n1 event")
    assert card_says(window) is None
    with qtbot.waitSignal(controller.tray.issue_requested) as requested:
        controller.tray._icon.message_clicked.emit()
    assert requested.args == [5]


def test_the_card_stays_in_its_corner(
    controller: NotificationController, window: QWidget, store: Store, qtbot: QtBot
) -> None:
    enter(store, make_happening(1, title="word " * 60, culprit="a.long.culprit in function " * 5))
    controller.ring()
    qtbot.waitUntil(lambda: card_says(window) is not None)
    card = window.findChild(QWidget, "card")
    for size in ((640, 400), (1200, 800)):
        window.resize(*size)
        qtbot.waitUntil(lambda: window.rect().contains(card.geometry()))  # type: ignore[union-attr]
        assert card.body.height() >= card.body.heightForWidth(card.body.width())  # type: ignore[union-attr]
