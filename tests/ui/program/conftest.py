"""The window with its engine, on a new store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.settings import Settings
from ui.application import Application

PATIENCE_MS = 20_000


@pytest.fixture
def running(qtbot: QtBot, tmp_path: Path) -> Iterator[Application]:
    """On a new store, with its engine."""
    application = Application(Settings(data_dir=tmp_path, port=0, spotlight=False))
    window = application.window
    window.show()
    window.activateWindow()
    with qtbot.waitSignal(application.engine.listening, timeout=PATIENCE_MS):
        application.start()
    qtbot.waitUntil(window.isActiveWindow)
    yield application
    with qtbot.waitSignal(application.ended, timeout=PATIENCE_MS):
        window.close()
    dialog = application.controllers.connect_controller.dialog
    assert dialog is None or not dialog.isVisible()
    # A dialog of it lives on, and the window with it: every theme that a later test applies would style both.
    for top in QApplication.topLevelWidgets():
        top.deleteLater()
