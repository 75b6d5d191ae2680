"""Whether Arecibo starts when the person logs in, by what each platform has for that."""

import os
import plistlib
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from app.desktop import menu_entry, program

if sys.platform == "win32":
    import winreg

_AGENT = "app.arecibo"
_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
_VALUE = "Arecibo"


class _Platform(Struct, frozen=True):
    """How it is asked, switched on and switched off; each raises `OSError`."""

    is_on: Callable[[], bool]
    switch_on: Callable[[Sequence[str]], None]
    switch_off: Callable[[], None]


def is_on(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether it starts at login. Raises `OSError`."""
    return _of(platform, environ).is_on()


def switch(
    on: bool, data_dir: Path, environ: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> None:
    """Have it start at login on this folder, or not. Raises `OSError`."""
    chosen = _of(platform, environ)
    if on:
        chosen.switch_on(program.command(data_dir))
    else:
        chosen.switch_off()


def _of(platform: str, environ: Mapping[str, str]) -> _Platform:
    if sys.platform == "win32":
        return _Platform(_in_registry, _add_to_registry, _remove_from_registry)
    if platform == "darwin":
        file = Path.home() / "Library" / "LaunchAgents" / f"{_AGENT}.plist"
        return _by_file(file, _agent)
    home = Path(environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return _by_file(home / "autostart" / menu_entry.NAME, _autostart)


def _by_file(file: Path, content: Callable[[Sequence[str]], bytes]) -> _Platform:
    def switch_on(command: Sequence[str]) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content(command))

    return _Platform(file.is_file, switch_on, lambda: file.unlink(missing_ok=True))


def _autostart(command: Sequence[str]) -> bytes:
    return menu_entry.text(command, program.ICON, opens_links=False).encode()


def _agent(command: Sequence[str]) -> bytes:
    return plistlib.dumps({"Label": _AGENT, "ProgramArguments": list(command), "RunAtLoad": True})


if sys.platform == "win32":

    def _in_registry() -> bool:
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN) as key:
                winreg.QueryValueEx(key, _VALUE)
        except FileNotFoundError:
            return False
        return True

    def _add_to_registry(command: Sequence[str]) -> None:
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN) as key:
            winreg.SetValueEx(key, _VALUE, 0, winreg.REG_SZ, subprocess.list2cmdline(command))

    def _remove_from_registry() -> None:
        if _in_registry():
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN, access=winreg.KEY_SET_VALUE) as key:
                winreg.DeleteValue(key, _VALUE)
