"""Preferences: stored by the program, shared by its processes, harmless when broken."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app import preferences
from app.preferences import PathMap, Preferences, PreferencesError


def test_nothing_chosen_gives_the_defaults(tmp_path: Path) -> None:
    assert preferences.read(tmp_path) == Preferences()


def test_a_change_is_read_again_and_leaves_the_rest(tmp_path: Path) -> None:
    preferences.change(tmp_path, editor="vim")
    changed = preferences.change(tmp_path, path_maps=(PathMap(sent="/app", local="/home/me/shop"),))
    assert preferences.read(tmp_path) == changed
    assert (changed.editor, changed.path_maps[0].local) == ("vim", "/home/me/shop")


def test_two_at_once_lose_nothing(tmp_path: Path) -> None:
    def add(name: str) -> None:
        preferences.change(tmp_path, **{name: "chosen"})

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(add, ["editor", "editor_command"]))
    read = preferences.read(tmp_path)
    assert (read.editor, read.editor_command) == ("chosen", "chosen")


@pytest.mark.parametrize("content", [b"", b"[]", b'{"newest_first": 3}', b"\xff"])
def test_a_broken_file_is_named_and_the_next_change_replaces_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / preferences.FILE).write_bytes(content)
    with pytest.raises(PreferencesError, match=preferences.FILE):
        preferences.read(tmp_path)
    preferences.change(tmp_path, editor="emacs")
    assert preferences.read(tmp_path).editor == "emacs"


def test_a_folder_that_cannot_be_written_is_an_error_for_people(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PreferencesError, match="cannot be stored"):
        preferences.change(tmp_path / "file", editor="vim")


@pytest.mark.parametrize("content", [b'{"theme": "blue"}', b'{"text_size": 20}', b'{"keys": {"mute": "M"}}'])
def test_appearance_and_keys_have_their_bounds(tmp_path: Path, content: bytes) -> None:
    (tmp_path / preferences.FILE).write_bytes(content)
    with pytest.raises(PreferencesError, match=preferences.FILE):
        preferences.read(tmp_path)
