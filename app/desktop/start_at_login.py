"""Whether Arecibo starts when the person logs in, by what each platform has for that."""

import os
import plistlib
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from app.desktop import menu_entry, program, without_console
from app.platforms import registry
from app.platforms.registry import Registry

AGENT = "app.arecibo"
# "Run and RunOnce Registry Keys" in Microsoft's documentation: this person's, run at each login.
RUN = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
VALUE = "Arecibo"


class _Way(Struct, frozen=True):
    """How it is asked, switched on and switched off; each raises `OSError`."""

    is_on: Callable[[], bool]
    switch_on: Callable[[Sequence[str]], None]
    switch_off: Callable[[], None]


def is_on(
    environ: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    entries: Registry | None = None,
) -> bool:
    """Whether it starts at login. `entries`: the registry of Windows. Raises `OSError`."""
    return _way(platform, environ, entries).is_on()


def switch(
    on: bool,
    data_dir: Path,
    environ: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    entries: Registry | None = None,
) -> None:
    """Have it start at login on this folder, or not. Raises `OSError`."""
    way = _way(platform, environ, entries)
    if on:
        way.switch_on(without_console.command(program.command(data_dir), platform))
    else:
        way.switch_off()


def _way(platform: str, environ: Mapping[str, str], entries: Registry | None) -> _Way:
    if platform == "win32":
        return _by_registry(registry.here() if entries is None else entries)
    if platform == "darwin":
        home = Path(environ.get("HOME") or Path.home())
        return _by_file(home / "Library" / "LaunchAgents" / f"{AGENT}.plist", _agent)
    config = Path(environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return _by_file(config / "autostart" / menu_entry.NAME, _autostart)


def _by_file(file: Path, content: Callable[[Sequence[str]], bytes]) -> _Way:
    def switch_on(command: Sequence[str]) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content(command))

    return _Way(file.is_file, switch_on, lambda: file.unlink(missing_ok=True))


def _by_registry(entries: Registry) -> _Way:
    return _Way(
        lambda: entries.value(RUN, VALUE) is not None,
        lambda command: entries.write(RUN, VALUE, subprocess.list2cmdline(command)),
        lambda: entries.remove_value(RUN, VALUE),
    )


def _autostart(command: Sequence[str]) -> bytes:
    return menu_entry.text(command, program.ICON, opens_links=False).encode()


def _agent(command: Sequence[str]) -> bytes:
    """The file of a launch agent, see launchd.plist(5): run once, at each login to the desktop.

    `Interactive`: launchd would give the resources of a background job to a program with a window.
    """
    return plistlib.dumps(
        {
            "Label": AGENT,
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "LimitLoadToSessionType": "Aqua",
            "ProcessType": "Interactive",
        }
    )
