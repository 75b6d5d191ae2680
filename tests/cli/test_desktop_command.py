"""`desktop install` and `remove`, in folders of the test."""

from pathlib import Path

import pytest

from app.cli.exit_codes import DONE
from tests.cli.main import run


def test_the_entry_is_installed_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("PATH", "")
    assert run(tmp_path, "desktop", "install") == DONE
    entry = tmp_path / "share" / "applications" / "arecibo.desktop"
    assert str(entry) in capsys.readouterr().out
    assert str(tmp_path) in entry.read_text("utf-8")
    assert run(tmp_path, "desktop", "remove") == DONE
    assert run(tmp_path, "desktop", "remove") == DONE
    assert "was not in the menu" in capsys.readouterr().out
    assert not entry.exists()
