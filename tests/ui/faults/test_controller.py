"""A fault is set and ended in the store, and the engine is asked to follow."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.clock import now_micros
from app.store.engine_state import faults
from tests.factories import Store
from ui.faults.controller import FaultController
from ui.faults.dialog import FaultDialog
from ui.link.store_access import StoreAccess


def test_it_is_set_and_ended(store: Store, access: StoreAccess, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    controller = FaultController(window, access)
    controller.open("shop")
    (dialog,) = window.findChildren(FaultDialog)
    dialog.done_button.click()
    qtbot.waitUntil(lambda: len(store.read(faults.listed, now_micros())) == 1)
    (found,) = store.read(faults.listed, now_micros())
    assert (found.project, found.answer, found.until - found.since) == ("shop", "429", 300_000_000)
    controller.end((found.project_id,))
    qtbot.waitUntil(lambda: store.read(faults.listed, now_micros()) == [])
