"""What the palette offers: every listed command, every place, every setting, the issues of the list."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.settings import Settings
from tests.ui.issues.factories import make_issue
from ui.commands import COMMANDS, Commands
from ui.commands.keymap import keymap
from ui.link.store_access import StoreAccess
from ui.main_window import MainWindow
from ui.palette import sources
from ui.palette.entry import Kind
from ui.places import Page
from ui.preferences.catalogue import SETTINGS
from ui.undo import UndoStack


@pytest.fixture
def window(access: StoreAccess, undo: UndoStack, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    made = MainWindow(access, undo, tmp_path)
    qtbot.addWidget(made)
    made.add_pages(access, Settings(data_dir=tmp_path))
    return made


def test_every_listed_command_is_offered_with_its_key(window: MainWindow) -> None:
    done: list[str] = []
    doers = {each.name: lambda name=each.name: done.append(name) for each in COMMANDS}
    keymap().use({"mute": ("Ctrl+F12",)})
    found = {each.key: each for each in sources.commands(Commands(window, doers, {"undo": lambda: "no"}))}
    left_out = {"palette", "go_project"}
    assert {key.removeprefix("command:") for key in found} == {
        each.name for each in COMMANDS if each.is_listed and each.name not in left_out
    }
    assert found["command:mute"].shortcut == "Ctrl+F12"
    assert found["command:undo"].reason == "no"
    found["command:mute"].run()
    assert done == ["mute"]


def test_every_place_of_the_sidebar_is_offered(window: MainWindow) -> None:
    found = {each.title: each for each in sources.places(window.sidebar)}
    assert {"Inbox", "Everything", "Queue", "Doctor"} <= found.keys()
    found["Queue"].run()
    assert window.sidebar.place is Page.QUEUE


def test_every_setting_is_offered() -> None:
    shown: list[tuple[str, str]] = []
    found = list(sources.settings(lambda page, control: shown.append((page, control))))
    assert len(found) == len(SETTINGS) + sum(map(len, SETTINGS.values()))
    for each in found:
        each.run()
    assert ("Privacy", "on_receipt") in shown
    assert ("Privacy", "") in shown


def test_an_issue_is_offered_as_text_and_shown_by_its_id() -> None:
    shown: list[int] = []
    made = sources.issue_entry(make_issue(7), shown.append)
    made.run()
    assert (made.kind, made.key, shown) == (Kind.ISSUE, "", [7])
