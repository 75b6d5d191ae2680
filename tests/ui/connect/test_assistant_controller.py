"""The dialog is made when it is opened, and tests the real command beside the UI thread."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.assistants import table
from ui.connect.assistant_controller import AssistantController
from ui.connect.assistant_dialog import AssistantDialog
from ui.link.background import Background

PATIENCE_MS = 60_000


@pytest.fixture
def controller(background: Background, tmp_path: Path, qtbot: QtBot) -> Iterator[AssistantController]:
    window = QWidget()
    qtbot.addWidget(window)
    yield AssistantController(window, background, tmp_path)
    window.close()


def opened(controller: AssistantController) -> AssistantDialog:
    controller.open()
    assert controller.dialog is not None
    return controller.dialog


def test_it_is_made_once_with_the_data_folder(controller: AssistantController, tmp_path: Path) -> None:
    assert controller.dialog is None
    first = opened(controller)
    assert str(tmp_path) in first.command.text()
    controller.close()
    assert not first.isVisible()
    assert opened(controller) is first


def test_the_real_server_is_tried(controller: AssistantController, qtbot: QtBot) -> None:
    dialog = opened(controller)
    dialog.read_only.click()
    dialog.test.click()
    assert dialog.message.text() == "Starting the server …"
    qtbot.waitUntil(dialog.test.isEnabled, timeout=PATIENCE_MS)
    assert dialog.message.text().startswith(
        f"It works: the server has {len(table.tools(read_only=True))} tools."
    )


def test_a_closed_dialog_ends_its_test(controller: AssistantController, qtbot: QtBot) -> None:
    dialog = opened(controller)
    dialog.test.click()
    dialog.reject()
    assert opened(controller).message.text() == ""
    dialog.test.click()
    qtbot.waitUntil(dialog.test.isEnabled, timeout=PATIENCE_MS)
    assert dialog.message.text().startswith("It works")
