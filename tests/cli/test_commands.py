"""Every command has its function, loads no more than it needs, and fails with a sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import command_line, commands
from tests.cli.conftest import Run


def test_every_command_has_a_function() -> None:
    (choices,) = [action.choices for action in command_line.parser()._actions if action.dest == "command"]
    assert choices is not None
    for name in set(choices) - {"serve"}:
        assert callable(commands.named(name)), name


def test_the_table_of_commands_loads_no_heavy_module() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, app.cli.commands; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "app.cli.commands" in loaded
    others = {"app.digest", "app.protocols", "ua_parser", "uvicorn", "apscheduler", "apprise", "rich"}
    assert not others & set(loaded)


def test_an_unknown_command_is_no_command() -> None:
    with pytest.raises(KeyError):
        commands.named("nonsense")


def test_a_folder_without_a_store_exits_3_with_a_message(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["issues", "--json"], ["status"], ["resolve", "1"], ["queue"], ["jobs"], ["notices"]):
        assert run(*command) == 3, command
        said = capsys.readouterr()
        assert said.out == ""
        assert "Start Arecibo" in said.err
    assert list(tmp_path.iterdir()) == []
