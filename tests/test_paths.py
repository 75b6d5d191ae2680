"""The folders for data and settings: the platform's own for one user, and never created by asking."""

import sys
from pathlib import Path

import pytest

from app import paths


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux reads the XDG variables")
def test_folders_follow_the_environment_and_are_not_created(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert paths.data_dir() == tmp_path / "data" / "arecibo"
    assert paths.config_dir() == tmp_path / "config" / "arecibo"
    assert list(tmp_path.iterdir()) == []


def test_file_names_are_distinct() -> None:
    names = (paths.DATABASE, paths.ENGINE_LOCK, paths.SETTINGS, paths.LISTENERS)
    assert len(set(names)) == len(names)
    assert all(Path(name).name == name for name in names)
