"""The command that starts Arecibo, wherever it is run."""

import subprocess
from pathlib import Path

from app import paths
from app.desktop import program


def test_the_command_runs_from_anywhere(tmp_path: Path) -> None:
    command = program.command(tmp_path)
    assert command[-2:] == ("--data-dir", str(tmp_path))
    said = subprocess.run(
        [*command, "status"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert "There is no error store" in said.stderr


def test_the_usual_folder_is_not_named() -> None:
    assert len(program.command(paths.data_dir())) == 2


def test_the_icon_is_there() -> None:
    assert program.ICON.read_text("utf-8").startswith("<svg")
