"""The keys in force: the table's, what a person has changed, and what clashes."""

import pytest
from pytestqt.qtbot import QtBot

from ui.commands.keymap import Keymap, canonical, clash, key_text, keymap, with_key


@pytest.fixture
def keys(qtbot: QtBot) -> Keymap:
    return Keymap()


def test_changes_replace_keys_and_the_rest_stays(keys: Keymap, qtbot: QtBot) -> None:
    with qtbot.waitSignal(keys.changed):
        keys.use({"resolve": ("ctrl+j", "Q")})
    assert keys.keys("resolve") == ("Ctrl+J", "Q")
    assert keys.shown("resolve") == "Ctrl+J"
    assert keys.keys("mute") == ("M",)
    assert keys.is_changed("resolve")
    with qtbot.assertNotEmitted(keys.changed):
        keys.use({"resolve": ("Ctrl+J", "Q")})


def test_what_is_unknown_or_no_key_is_ignored(keys: Keymap) -> None:
    keys.use({"no such command": ("Q",), "mute": ("nonsense", "Ctrl+K, Ctrl+nonsense", "W"), "undo": ()})
    assert keys.keys("mute") == ("W",)
    assert keys.shown("undo") == ""
    assert keys.sequences("undo") == []


def test_a_sequence_is_read_as_its_keys(keys: Keymap) -> None:
    assert keys.shown("go_inbox") == "G I"
    assert ("I", "go_inbox") in set(keys.following("G"))
    assert set(keys.following("J")) == set()


def test_owners_are_those_whose_keys_begin_alike(keys: Keymap) -> None:
    assert keys.owners("E") == ["resolve"]
    assert keys.owners("E", but="resolve") == []
    assert "go_inbox" in keys.owners("G")
    assert keys.owners("Ctrl+Z") == ["undo"]
    assert keys.owners("Ctrl+F12") == []


@pytest.mark.parametrize(
    ("one", "other", "do"),
    [("G", "G, I", True), ("G, I", "G, I", True), ("G, I", "G, U", False), ("G", "Shift+G", False)],
)
def test_one_clashes_with_what_it_begins(one: str, other: str, do: bool) -> None:
    assert clash(one, other) is clash(other, one) is do


def test_canonical_is_what_qt_writes() -> None:
    assert canonical("shift+ctrl+c") == "Ctrl+Shift+C"
    assert canonical("") == canonical("blah") == ""


def test_a_text_has_its_present_key(qtbot: QtBot) -> None:
    assert with_key("Mute", "mute") == "Mute (M)"
    keymap().use({"mute": ()})
    assert with_key("Mute", "mute") == "Mute"


@pytest.mark.parametrize(
    ("key", "on_a_mac", "elsewhere"),
    [
        ("Ctrl+Shift+C", "⇧⌘C", "Ctrl+Shift+C"),
        ("G, I", "G I", "G I"),
        ("Ctrl+K, Ctrl+S", "⌘K ⌘S", "Ctrl+K Ctrl+S"),
        ("Meta+Alt+Up", "⌃⌥Up", "Meta+Alt+Up"),
        ("Ctrl+1 – 9", "⌘1 – 9", "Ctrl+1 – 9"),
        ("Ctrl++", "⌘+", "Ctrl++"),
        ("Z", "Z", "Z"),
    ],
)
def test_on_a_mac_keys_are_written_as_its_menus_have_them(key: str, on_a_mac: str, elsewhere: str) -> None:
    assert key_text(key, "darwin") == on_a_mac
    assert key_text(key, "linux") == key_text(key, "win32") == elsewhere
