"""What is asked about the program itself, from outside."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.arguments.program import SHELLS
from app.version import VERSION
from tests.cli.main import run

MAIN = Path(__file__).parents[2] / "main.py"
CHECKS = {"bash": ["bash", "-n"], "zsh": ["zsh", "-n"], "fish": ["fish", "-n"]}


def test_update_says_how_and_asks_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "update") == 0
    assert "pull" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_is_a_script_that_the_shell_reads(
    shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "completion", shell) == 0
    streams = capsys.readouterr()
    assert "send-test" in streams.out
    assert "main.py" not in streams.out
    assert "docs/packaging.md" in streams.err, "a checkout has no command to complete"
    if shutil.which(shell):
        script = tmp_path / "script"
        script.write_text(streams.out)
        subprocess.run([*CHECKS[shell], str(script)], check=True)


def test_the_version_needs_neither_qt_nor_what_completes() -> None:
    said = subprocess.run(
        [sys.executable, "-X", "importtime", str(MAIN), "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.startswith(f"Arecibo {VERSION}")
    loaded = {line.rpartition("|")[2].strip() for line in said.stderr.splitlines()}
    assert not {"PySide6", "shtab", "sqlalchemy"} & loaded
