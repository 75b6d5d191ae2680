"""A key is only one command's: who gets it takes it from all that would clash, and can give it back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from ui.commands.keymap import Keymap, clash
from ui.commands.rebinding import assign, default, reset
from ui.commands.table import COMMANDS

NAMES = [command.name for command in COMMANDS]


@pytest.fixture
def keys(qtbot: QtBot) -> Keymap:
    return Keymap()


def test_who_had_the_key_loses_it(keys: Keymap) -> None:
    changes = assign(keys, {}, "mute", ("E",))
    assert changes == {"mute": ("E",), "resolve": ()}
    keys.use(changes)
    assert keys.owners("E") == ["mute"]


def test_all_sequences_that_begin_with_it_go(keys: Keymap) -> None:
    changes = assign(keys, {}, "merge", ("G",))
    assert changes["go_inbox"] == ()
    assert changes["doctor"] == ("D",)


def test_the_platforms_own_key_can_be_taken(keys: Keymap) -> None:
    keys.use(assign(keys, {}, "mute", ("Ctrl+Z",)))
    assert keys.owners("Ctrl+Z") == ["mute"]
    assert "Z" in keys.keys("undo")


def test_reset_takes_the_keys_back(keys: Keymap) -> None:
    changes = assign(keys, {}, "mute", ("E",))
    keys.use(changes)
    changes = reset(keys, changes, "resolve")
    keys.use(changes)
    assert keys.keys("resolve") == ("E",)
    assert keys.keys("mute") == ()
    changes = reset(keys, changes, "mute")
    assert changes == {}


KEYS = st.sampled_from(["E", "G", "G, I", "Ctrl+Z", "Ctrl+K", "F6", "G, X", "D", "Z"])


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.lists(KEYS, max_size=2)), max_size=8))
def test_no_key_is_ever_two_commands(steps: list[tuple[str, list[str]]]) -> None:
    keys = Keymap()
    changes: dict[str, tuple[str, ...]] = {}
    for name, wanted in steps:
        changes = assign(keys, changes, name, tuple(dict.fromkeys(wanted)))
        keys.use(changes)
        held = [(key.toString(), each) for each in NAMES for key in keys.sequences(each)]
        assert [
            (one, other)
            for number, (one, owner) in enumerate(held)
            for other, other_owner in held[number + 1 :]
            if owner != other_owner and clash(one, other)
        ] == []
        assert all(each_keys != default(each) for each, each_keys in changes.items()), "only changes"
