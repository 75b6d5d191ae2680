"""The table: every command once, with keys that clash with no other's."""

from itertools import combinations

from ui.commands.keymap import canonical, clash
from ui.commands.table import BY_NAME, COMMANDS, FIXED, ON_THE_EVENT


def test_every_command_has_a_name_of_its_own_and_keys_that_are_keys() -> None:
    assert len(BY_NAME) == len(COMMANDS)
    for command in COMMANDS:
        assert all(canonical(key) == key for key in command.keys), command
    assert set(ON_THE_EVENT) <= BY_NAME.keys()


def test_no_key_clashes_with_another_commands() -> None:
    keys = [(key, command.name) for command in COMMANDS for key in command.keys]
    clashes = [
        (one, other)
        for (one, owner), (other, other_owner) in combinations(keys, 2)
        if owner != other_owner and clash(one, other)
    ]
    assert clashes == []


def test_what_is_not_listed_is_shown_in_one_line_with_others() -> None:
    shown = " ".join(fixed.keys for group in FIXED.values() for fixed in group)
    hidden = [command for command in COMMANDS if not command.is_listed]
    assert {command.name.rstrip("123456789") for command in hidden} == {"section_", "place_"}
    assert "1 – 9" in shown
    assert "Ctrl+1 – 9" in shown
