"""Starting at login: the file of each platform that has one is written and removed."""

import plistlib
from pathlib import Path

import pytest

from app.desktop import program, start_at_login


def test_on_linux_it_is_an_autostart_entry(tmp_path: Path) -> None:
    environ = {"XDG_CONFIG_HOME": str(tmp_path)}
    assert not start_at_login.is_on(environ, "linux")
    start_at_login.switch(True, tmp_path / "data", environ, "linux")
    assert start_at_login.is_on(environ, "linux")
    said = (tmp_path / "autostart" / "arecibo.desktop").read_text("utf-8")
    assert "main.py" in said
    assert "%u" not in said
    start_at_login.switch(False, tmp_path, environ, "linux")
    start_at_login.switch(False, tmp_path, environ, "linux")
    assert not start_at_login.is_on(environ, "linux")


def test_on_macos_it_is_a_launch_agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    start_at_login.switch(True, tmp_path / "data", {}, "darwin")
    (agent,) = (tmp_path / "Library" / "LaunchAgents").iterdir()
    said = plistlib.loads(agent.read_bytes())
    assert said["ProgramArguments"] == list(program.command(tmp_path / "data"))
    assert said["RunAtLoad"] is True
    start_at_login.switch(False, tmp_path, {}, "darwin")
    assert not start_at_login.is_on({}, "darwin")
