"""What is chosen holds at once, is stored, and a file that cannot be used is said."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from app import preferences
from app.preferences import PathMap
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess


def test_a_change_holds_at_once_and_is_stored(
    chosen: PreferencesAccess, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(chosen.changed):
        chosen.flip("only_in_app")
    assert not chosen.chosen.only_in_app
    qtbot.waitUntil(lambda: not preferences.read(tmp_path).only_in_app)


def test_the_last_of_many_changes_is_what_is_stored(
    chosen: PreferencesAccess, background: Background, tmp_path: Path, qtbot: QtBot
) -> None:
    for number in range(50):
        chosen.change(editor_command=f"edit {number}", newest_first=number % 2 == 0)
    qtbot.waitUntil(lambda: preferences.read(tmp_path).editor_command == "edit 49")
    background.stop()
    stored = preferences.read(tmp_path)
    assert (stored.editor_command, stored.newest_first) == ("edit 49", False)


def test_what_was_chosen_before_is_read(chosen: PreferencesAccess, tmp_path: Path, qtbot: QtBot) -> None:
    preferences.change(tmp_path, editor="vim")
    with qtbot.waitSignal(chosen.changed):
        chosen.load()
    assert chosen.chosen.editor == "vim"


def test_a_broken_file_is_said(chosen: PreferencesAccess, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / preferences.FILE).write_text("{")
    with qtbot.waitSignal(chosen.troubled) as said:
        chosen.load()
    assert said.args is not None
    assert preferences.FILE in said.args[0]


def test_a_change_is_undone_and_what_the_program_learns_is_not(
    chosen: PreferencesAccess, tmp_path: Path, qtbot: QtBot
) -> None:
    chosen.change(newest_first=False)
    chosen.change(copy_form="html")
    chosen.history.undo()
    assert chosen.chosen.newest_first
    assert chosen.chosen.copy_form == "html"
    assert chosen.history.last is None
    chosen.history.redo()
    qtbot.waitUntil(lambda: not preferences.read(tmp_path).newest_first)


def test_what_was_chosen_for_a_project_holds_under_its_new_name(chosen: PreferencesAccess) -> None:
    own = PathMap(sent="/srv", local="/home/me", project="shop")
    chosen.change(replay_bases={"shop": "http://localhost:5000"}, path_maps=(own,))
    for _twice in range(2):
        chosen.follow_project("shop", "Store")
    assert chosen.chosen.replay_bases == dict.fromkeys(("shop", "Store"), "http://localhost:5000")
    assert chosen.chosen.path_maps == (own, PathMap(sent="/srv", local="/home/me", project="Store"))
    assert chosen.chosen.trackers == {}
