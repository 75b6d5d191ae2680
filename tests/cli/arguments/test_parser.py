"""The whole command line."""

from pathlib import Path

import pytest

from app.cli.arguments.parser import parser


@pytest.mark.parametrize(
    "arguments",
    [
        ["--data-dir", "/here", "--port", "7", "serve"],
        ["serve", "--data-dir", "/here", "--port", "7"],
        ["--port", "7", "serve", "--data-dir", "/here"],
    ],
)
def test_flags_are_accepted_before_and_behind_the_command(arguments: list[str]) -> None:
    given = parser().parse_args(arguments)
    assert (given.command, given.data_dir, given.port) == ("serve", Path("/here"), 7)
