"""The controller of a window of its own."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.grouping.controller import GroupingController
from ui.link.store_access import StoreAccess
from ui.undo import UndoStack


@pytest.fixture
def controller(access: StoreAccess, undo: UndoStack, qtbot: QtBot) -> GroupingController:
    """Reads and writes the store of this test."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    # The window lives as long as its controller.
    return GroupingController(window, access, undo, window)
