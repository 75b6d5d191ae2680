"""Which way a command is run on this platform; the other way finds errors as well."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.runs import of_platform
from tests.end2end.engine_process import ROOT

AS_ON_WINDOWS = """
import sys
from app.runs import of_platform
from app.runs.pipe_relay import PipeRelay
from app.runs.reading_thread import ReadingThread
of_platform.Relay, of_platform.ReadingProcess = PipeRelay, ReadingThread
import main
from app.cli import command_line
sys.exit(command_line.main(sys.argv[1:], main.open_window))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal")
def test_a_terminal_is_relayed_where_there_are_some() -> None:
    assert of_platform.Relay.__name__ == "Relay"
    assert of_platform.ReadingProcess.__name__ == "ReadingProcess"


def test_without_terminals_a_crash_is_an_event_as_well(tmp_path: Path) -> None:
    (tmp_path / "crash.py").write_text("print('begin', flush=True)\nraise KeyError('card')\n", "utf-8")
    environ = os.environ | {"PYTHONPATH": str(ROOT), "ARECIBO_DATA_DIR": str(tmp_path / "data")}
    command = ["run", "--project", "shop", "--", sys.executable, str(tmp_path / "crash.py")]
    ended = subprocess.run(
        [sys.executable, "-c", AS_ON_WINDOWS, *command],
        env=environ,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (1, "begin\n")
    assert "KeyError: 'card'" in ended.stderr
    listed = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "issues"],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "KeyError" in listed.stdout
