"""Each command has a function; errors of the store become exit code 3."""

from pathlib import Path

import pytest

from app.cli import commands
from app.cli.arguments.parser import parser
from app.cli.exit_codes import ENVIRONMENT_ERROR
from tests.cli.main import run


def test_every_command_has_a_function() -> None:
    (choices,) = [action.choices for action in parser()._actions if action.dest == "command"]
    assert choices is not None
    # An address opens the window, which is no command's matter.
    functions = {name: commands.named(name) for name in choices if name != "open-url"}
    assert all(callable(function) for function in functions.values())
    assert len(set(functions.values())) == len(functions), "no function serves two commands"


def test_unknown_name_raises_key_error() -> None:
    with pytest.raises(KeyError):
        commands.named("nonsense")


@pytest.mark.parametrize("command", ["issues", "status", "queue", "history 1", "rules", "channels"])
def test_missing_store_exits_3_with_a_message(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, *command.split()) == ENVIRONMENT_ERROR
    streams = capsys.readouterr()
    assert streams.out == ""
    assert "Start Arecibo" in streams.err
    assert list(tmp_path.iterdir()) == []
