"""A store of nine issues, and what deletes them."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.link.store_access import StoreAccess
from ui.trash.actions import TrashActions
from ui.trash.controller import TrashController
from ui.undo import UndoStack


@pytest.fixture
def controller(access: StoreAccess, undo: UndoStack, qtbot: QtBot) -> TrashController:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return TrashController(window, access, undo, window)


@pytest.fixture
def of_trash(controller: TrashController) -> TrashActions:
    return controller.actions
