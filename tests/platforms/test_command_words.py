"""A command line as words: as a shell has it, and as programs of Windows do."""

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platforms import command_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            r'"C:\Program Files\Code\Code.exe" --goto {file}',
            [r"C:\Program Files\Code\Code.exe", "--goto", "{file}"],
        ),
        (r"C:\vim\gvim.exe +{line} {file}", [r"C:\vim\gvim.exe", "+{line}", "{file}"]),
        (r'a "b c" d', ["a", "b c", "d"]),
        (r'"a \"quoted\" word" \\server\share\\', ['a "quoted" word', r"\\server\share" + "\\\\"]),
        ('"ends with a backslash\\\\" next', ["ends with a backslash\\", "next"]),
        ('""  x', ["", "x"]),
        ('"two""quotes"', ['two"quotes']),
        ("", []),
        ("  \t ", []),
    ],
)
def test_windows_reads_backslashes_as_a_part_of_a_path(text: str, words: list[str]) -> None:
    assert command_words.split(text, "win32") == words


def test_elsewhere_a_shells_rules_hold() -> None:
    assert command_words.split(r"a\ b 'c d'", "linux") == ["a b", "c d"]
    assert command_words.split(r"a\ b 'c d'", "darwin") == ["a b", "c d"]


@pytest.mark.parametrize("platform", ["win32", "linux"])
def test_a_quote_that_is_not_closed_is_refused(platform: str) -> None:
    with pytest.raises(ValueError, match="closing"):
        command_words.split('code "x', platform)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12), max_size=5))
def test_what_python_joins_for_windows_is_read_back(words: list[str]) -> None:
    # What is no blank to Windows needs no quotes; Python knows blanks and tabs.
    told = [word.replace("\r", "").replace("\n", "") for word in words]
    assert command_words.split(subprocess.list2cmdline(told), "win32") == told


@given(st.lists(st.text(max_size=12), max_size=5), st.sampled_from(["linux", "darwin"]))
def test_what_is_joined_is_read_back(words: list[str], platform: str) -> None:
    assert command_words.split(command_words.join(words, platform), platform) == words
