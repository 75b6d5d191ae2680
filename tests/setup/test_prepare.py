"""Set-up compiles our code when it is newer than what was compiled, and not otherwise."""

import os
from pathlib import Path

import pytest

from setup import prepare


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of one module a room, never compiled."""
    for folder in ("app", "ui", ".venv"):
        (tmp_path / folder).mkdir()
    for module in ("main.py", "app/log.py", "ui/theme.py"):
        (tmp_path / module).write_text("")
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "COMPILED", tmp_path / ".venv" / ".compiled")
    return tmp_path


def test_code_that_was_never_compiled_is_newer(root: Path) -> None:
    assert prepare.is_code_newer()


@pytest.mark.parametrize("changed", ["main.py", "app/log.py", "ui/theme.py"])
def test_only_what_was_written_since_is_newer(root: Path, changed: str) -> None:
    prepare.COMPILED.touch()
    later = prepare.COMPILED.stat().st_mtime + 60
    os.utime(prepare.COMPILED, (later, later))
    assert not prepare.is_code_newer()
    os.utime(root / changed, (later + 1, later + 1))
    assert prepare.is_code_newer()
