"""The detail pane with what serves it: what its sections ask for is done; commands act on what is shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.settings import Settings
from ui.detail.requests import SaveFile, ShowIssue
from ui.detail_services import DetailServices
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.main_window import MainWindow
from ui.undo import UndoStack


@pytest.fixture
def services(
    access: StoreAccess,
    undo: UndoStack,
    background: Background,
    chosen: PreferencesAccess,
    tmp_path: Path,
    qtbot: QtBot,
) -> Iterator[DetailServices]:
    window = MainWindow(access, undo, tmp_path)
    qtbot.addWidget(window)
    window.add_pages(access, Settings(data_dir=tmp_path))
    window.show()
    made = DetailServices(window, access, background, chosen, lambda _sentence: None, window)
    yield made
    made.close()


def test_another_issue_is_asked_of_the_window(services: DetailServices, qtbot: QtBot) -> None:
    with qtbot.waitSignal(services.issue_requested) as asked:
        services.pane.page.request(ShowIssue(42))
    assert asked.args == [42]


def test_a_file_is_saved_after_a_dialog(services: DetailServices) -> None:
    services.pane.page.request(SaveFile("worker.log", lambda: b""))
    window = services.pane.window()
    (dialog,) = window.findChildren(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "worker.log"
    dialog.reject()


def test_a_command_without_an_event_does_nothing(services: DetailServices) -> None:
    for command in ("resolve_in", "resolve_at", "open", "replay", "track", "section_1"):
        services.run(command)
    assert services.pane.detail is None
