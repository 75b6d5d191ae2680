"""Who uses the engine of a folder."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.engine import folder_users
from app.engine.folder_users import FolderUser
from tests.end2end.engine_process import ROOT


def test_it_is_used_until_the_last_one_leaves(tmp_path: Path) -> None:
    assert not folder_users.has_any(tmp_path)
    first, second = FolderUser(tmp_path), FolderUser(tmp_path)
    first.join()
    second.join()
    first.leave()
    assert folder_users.has_any(tmp_path)
    second.leave()
    second.leave()
    assert not folder_users.has_any(tmp_path)
    assert list((tmp_path / folder_users.FOLDER).iterdir()) == []


def test_who_was_killed_uses_it_no_more(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from app.engine.folder_users import FolderUser\n"
        "user = FolderUser(pathlib.Path(sys.argv[1])); user.join(); print('joined', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"joined\n"
        assert folder_users.has_any(tmp_path)
        process.send_signal(signal.SIGKILL)
    assert not folder_users.has_any(tmp_path)


def test_a_folder_that_cannot_be_used_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(OSError, match="data"):
        FolderUser(tmp_path / "data").join()
