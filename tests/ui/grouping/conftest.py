"""The desk of a window of its own."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.grouping.controller import GroupingDesk
from ui.link.store_access import StoreAccess
from ui.undo import UndoStack


@pytest.fixture
def desk(access: StoreAccess, undo: UndoStack, qtbot: QtBot) -> GroupingDesk:
    """Reads and writes the store of this test."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    # The window lives as long as its desk.
    return GroupingDesk(window, access, undo, window)
