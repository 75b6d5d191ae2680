"""Starting at login: what each platform has for it is written and removed."""

import plistlib
from pathlib import Path

from app.desktop import program, start_at_login
from app.platforms import command_words
from tests.platforms.memory_registry import MemoryRegistry


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


def test_on_macos_it_is_a_launch_agent(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path)}
    start_at_login.switch(True, tmp_path / "data", environ, "darwin")
    (agent,) = (tmp_path / "Library" / "LaunchAgents").iterdir()
    said = plistlib.loads(agent.read_bytes())
    assert said["ProgramArguments"] == list(program.command(tmp_path / "data"))
    assert said["RunAtLoad"] is True
    assert said["LimitLoadToSessionType"] == "Aqua", "not for a login by ssh"
    assert agent.name == f"{said['Label']}.plist"
    assert start_at_login.is_on(environ, "darwin")
    start_at_login.switch(False, tmp_path, environ, "darwin")
    assert not start_at_login.is_on(environ, "darwin")


def test_on_windows_it_is_a_value_of_the_registry(tmp_path: Path) -> None:
    entries = MemoryRegistry()
    assert not start_at_login.is_on({}, "win32", entries)
    start_at_login.switch(True, tmp_path / "my data", {}, "win32", entries)
    assert start_at_login.is_on({}, "win32", entries)
    said = entries.value(r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run", "Arecibo")
    assert said is not None
    assert command_words.split(said, "win32") == list(program.command(tmp_path / "my data"))
    for _again in range(2):
        start_at_login.switch(False, tmp_path, {}, "win32", entries)
        assert not start_at_login.is_on({}, "win32", entries)
