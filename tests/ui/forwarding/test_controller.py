"""What is asked in the dialog is done in the store; what is removed comes back by undo."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.engine import address
from app.engine.address import EngineAddresses
from app.store.forwarding import forwards
from app.store.forwarding.forwards import Forward
from tests.factories import Store
from tests.ui.undoing import Do
from ui.forwarding.controller import ForwardingController
from ui.forwarding.dialog import ForwardingDialog
from ui.link.store_access import StoreAccess
from ui.undo import UndoStack

DSN = "https://k3y@errors.example.org/1"


@pytest.fixture
def controller(access: StoreAccess, undo: UndoStack, qtbot: QtBot) -> ForwardingController:
    window = QWidget()
    qtbot.addWidget(window)
    made = ForwardingController(window, access, undo, window)
    made.open("shop")
    return made


def dialog_of(controller: ForwardingController) -> ForwardingDialog:
    assert controller.dialog is not None
    return controller.dialog


def targets(store: Store) -> list[Forward]:
    return store.read(forwards.listed)


def test_added_paused_removed_and_back(
    controller: ForwardingController, store: Store, do: Do, back: Callable[[], str], qtbot: QtBot
) -> None:
    dialog = dialog_of(controller)
    controller.add("shop", DSN)
    qtbot.waitUntil(lambda: dialog.selected is not None)
    dialog.switch.click()
    qtbot.waitUntil(lambda: not targets(store)[0].enabled)
    controller.ring()
    qtbot.waitUntil(lambda: dialog.switch.text() == "Resume")
    do(dialog.remove.click)
    assert targets(store) == []
    back()
    (again,) = targets(store)
    assert (again.dsn, again.enabled) == (DSN, False)


def test_why_not_is_said_in_the_dialog(
    controller: ForwardingController, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = dialog_of(controller)
    address.write(tmp_path, EngineAddresses(url="http://127.0.0.1:4711"))
    for dsn, why in (
        ("nonsense", "KEY@HOST"),
        ("http://k@localhost:4711/1", "round in a circle"),
    ):
        controller.add("shop", dsn)
        qtbot.waitUntil(lambda why=why: why in dialog.message.text())  # type: ignore[misc]
    controller.add("shop", DSN)
    qtbot.waitUntil(lambda: len(targets(store)) == 1)
    controller.add("shop", DSN)
    qtbot.waitUntil(lambda: "Remove that first" in dialog.message.text())
