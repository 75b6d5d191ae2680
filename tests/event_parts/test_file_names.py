"""Names for files to be saved: nothing but a name, on any system."""

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.event_parts import file_names


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.png", "report.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system32\\cmd.exe", "cmd.exe"),
        (".bashrc", "bashrc"),
        ("..", "attachment"),
        ("", "attachment"),
        ("CON.txt", "_CON.txt"),
        ("a\x00b\nc", "a_b_c"),
        ("photo\u202egnp.exe", "photo_gnp.exe"),
        ("a:stream", "a_stream"),
        ("\ud800.txt", "txt"),
        ("ünï.txt", "ünï.txt"),
    ],
)
def test_known_names(name: str, safe: str) -> None:
    assert file_names.safe(name) == safe


@given(st.text(max_size=300))
def test_any_name_becomes_one_in_the_folder_that_was_chosen(name: str) -> None:
    safe = file_names.safe(name)
    assert safe
    assert safe not in (".", "..")
    assert not safe.startswith((".", "-"))
    assert len(safe.encode()) <= 140
    assert Path("folder", safe).name == PureWindowsPath("folder", safe).name == safe
    assert safe.isprintable()
