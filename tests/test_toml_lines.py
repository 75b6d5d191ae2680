"""The line of a settings file that a fault is about."""

from pathlib import Path

import pytest

from app import toml_lines

FILE = """# mine
port = 1974
"host" = "127.0.0.1"

[retention]  # how much
days = 7
events_per_issue = 3

[limits]
limits.x = 1
"""


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        ("Expected `int` <= 65535 - at `$.port`", 2),
        ("Expected `str`, got `int` - at `$.host`", 3),
        ("Expected `int` >= 1 - at `$.retention.days`", 6),
        ("Object contains unknown field `days` - at `$.retention`", 6),
        ("Object contains unknown field `port`", 2),
        ("Expected `object`, got `int` - at `$.limits`", 9),
        ("Expected `str` - at `$.known_keys[0]`", None),
        ("no path at all", None),
    ],
)
def test_it_is_found_by_its_table_and_name(tmp_path: Path, fault: str, line: int | None) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(FILE)
    assert toml_lines.line_of(fault, file) == line


def test_a_file_that_cannot_be_read_has_no_lines(tmp_path: Path) -> None:
    assert toml_lines.line_of("at `$.port`", tmp_path / "none.toml") is None
    (tmp_path / "b").write_bytes(b"\xff")
    assert toml_lines.line_of("at `$.port`", tmp_path / "b") is None
