"""Sessions are begun, chosen again, and ended."""

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.store.places import sessions
from tests.factories import NOON, Store
from ui.issues.pane import IssuesPane
from ui.link.store_access import StoreAccess
from ui.places import Session
from ui.sessions.controller import SessionController
from ui.undo import UndoStack


@pytest.fixture
def controller(access: StoreAccess, undo: UndoStack, qtbot: QtBot) -> SessionController:
    pane = IssuesPane(access, undo)
    qtbot.addWidget(pane)
    pane.show()
    made = SessionController(pane, access, pane)
    made.pane_kept = pane  # type: ignore[attr-defined]
    return made


def texts(qtbot: QtBot, controller: SessionController) -> dict[str, object]:
    """The actions of the menu, by their texts."""
    pane = controller.chip.window()
    controller.open_menu()
    qtbot.waitUntil(lambda: any(menu.isVisible() for menu in pane.findChildren(QMenu)))
    menu = next(menu for menu in pane.findChildren(QMenu) if menu.isVisible())
    return {action.text().replace("&", ""): action for action in menu.actions()}


def test_a_session_begins_now_and_is_stored(
    controller: SessionController, store: Store, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(controller.chosen) as chosen:
        controller.begin()
    assert chosen.args is not None
    (session,) = chosen.args
    assert [session.since] == store.read(sessions.listed)


def test_an_earlier_session_is_chosen_from_the_menu(
    controller: SessionController, store: Store, qtbot: QtBot
) -> None:
    for at in (NOON, NOON + 60_000_000):
        store.write(sessions.begin, at)
    controller.show_session(Session(NOON + 60_000_000))
    actions = texts(qtbot, controller)
    assert "Only what is new since" in actions
    with qtbot.waitSignal(controller.chosen) as chosen:
        actions["Only what is new since"].trigger()  # type: ignore[attr-defined]
    assert chosen.args == [Session(NOON + 60_000_000, is_fresh=True)]
    earlier = [name for name in actions if name.startswith("Since")]
    assert len(earlier) == 2
    with qtbot.waitSignal(controller.chosen) as chosen:
        actions[earlier[1]].trigger()  # type: ignore[attr-defined]
    assert chosen.args == [Session(NOON)]
    with qtbot.waitSignal(controller.chosen) as chosen:
        controller.chip.ended.emit()
    assert chosen.args == [None]
