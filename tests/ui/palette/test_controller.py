"""The palette in the window: it finds issues of the store, runs what is chosen, and remembers it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.settings import Settings
from tests.factories import Store, make_event
from ui.commands import COMMANDS, Commands
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.main_window import MainWindow
from ui.palette.controller import PaletteController
from ui.palette.entry import Kind
from ui.undo import UndoStack


class Asked:
    """What was chosen in the palette."""

    def __init__(self) -> None:
        self.commands: list[str] = []
        self.issues: list[int] = []
        self.settings: list[tuple[str, str]] = []


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def controller(
    store: Store,
    access: StoreAccess,
    undo: UndoStack,
    chosen: PreferencesAccess,
    asked: Asked,
    tmp_path: Path,
    qtbot: QtBot,
) -> PaletteController:
    store.file(make_event("PaymentError", value="invalid order 1042", project="shop"), project="shop")
    window = MainWindow(access, undo, tmp_path)
    qtbot.addWidget(window)
    window.add_pages(access, Settings(data_dir=tmp_path))
    window.show()
    doers = {each.name: lambda name=each.name: asked.commands.append(name) for each in COMMANDS}
    return PaletteController(
        window,
        access,
        chosen,
        Commands(window, doers),
        asked.issues.append,
        lambda page, control: asked.settings.append((page, control)),
        window,
    )


def test_an_issue_of_the_store_is_found_and_shown(
    controller: PaletteController, asked: Asked, qtbot: QtBot
) -> None:
    controller.open()
    QTest.keyClicks(controller.palette.field, "order 10")
    palette = controller.palette
    qtbot.waitUntil(lambda: any(each.kind is Kind.ISSUE for each in palette.model.entries))
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert asked.issues == [1]


def test_what_was_chosen_is_remembered(
    controller: PaletteController, asked: Asked, chosen: PreferencesAccess
) -> None:
    for letters in ("notifications", "scrub before"):
        controller.open()
        QTest.keyClicks(controller.palette.field, letters)
        QTest.keyClick(controller.palette.field, Qt.Key.Key_Return)
    assert asked.commands == ["notifications"]
    assert asked.settings == [("Privacy", "on_receipt")]
    recent = ("setting:Privacy:on_receipt", "command:notifications")
    assert chosen.chosen.palette_recent == recent
    controller.open()
    assert tuple(each.key for each in controller.palette.model.entries[:2]) == recent


def test_only_projects_are_offered_where_one_is_wanted(controller: PaletteController) -> None:
    controller.open_projects()
    assert all(each.kind is Kind.PROJECT for each in controller.palette.model.entries)
