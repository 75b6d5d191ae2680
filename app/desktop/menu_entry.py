"""Arecibo in the menu of this desktop, with its icon, and as the program for `arecibo://`.

Written only where a person asks for it: into the person's own folders and registry, never the system's. On
Linux it is a desktop entry, on Windows a shortcut in the Start menu. On macOS an application says in itself
what it is: there is nothing to write.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from app.desktop import link_scheme, program, start_menu, without_console
from app.desktop.app_link import SCHEME
from app.platforms import registry

# The name that the window tells the desktop, too: by it both find each other.
NAME = "arecibo.desktop"
_ICON_NAME = "arecibo.svg"
_SECONDS = 10
_RESERVED = frozenset('"`$\\')


class DesktopUnsupported(Exception):
    """There is no such thing on this platform; the text is a sentence for people."""


def is_supported(platform: str = sys.platform) -> bool:
    """Whether this platform has menu entries that a program can write."""
    return platform != "darwin"


def file(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Where the entry is, or would be."""
    if platform == "win32":
        return start_menu.file(environ)
    return _data_home(environ) / "applications" / NAME


def install(data_dir: Path, environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Write the entry and the icon; returns the entry. Raises `OSError` and `DesktopUnsupported`."""
    _demand_support(platform)
    if platform == "win32":
        command = without_console.command(program.command(data_dir))
        icon_file = start_menu.icon(program.ICON.parent)
        shortcut = start_menu.write(command, icon_file, environ)
        link_scheme.register(command, icon_file, registry.here())
        return shortcut
    entry, icon = file(environ, platform), _icon(environ)
    for each in (entry, icon):
        each.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(program.ICON, icon)
    entry.write_text(text(program.command(data_dir), icon), "utf-8")
    _announce(environ, "xdg-mime", "default", NAME, f"x-scheme-handler/{SCHEME}")
    _announce(environ, "update-desktop-database", str(entry.parent))
    return entry


def remove(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Remove both; False when there was no entry. Raises `OSError` and `DesktopUnsupported`."""
    _demand_support(platform)
    entry = file(environ, platform)
    was_there = entry.exists()
    if platform == "win32":
        start_menu.remove(environ)
        link_scheme.unregister(registry.here())
        return was_there
    for each in (entry, _icon(environ)):
        each.unlink(missing_ok=True)
    _announce(environ, "update-desktop-database", str(entry.parent))
    return was_there


def text(command: Sequence[str], icon: Path, *, opens_links: bool = True) -> str:
    """An entry, as the Desktop Entry Specification 1.5 has it."""
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Version=1.5",
        "Name=Arecibo",
        "GenericName=Error inbox",
        "Comment=Every error of your local apps in one window",
        f"Exec={' '.join(map(quoted, command))}{' %u' if opens_links else ''}",
        f"Icon={_escaped(str(icon))}",
        "Terminal=false",
        "StartupNotify=true",
        "StartupWMClass=arecibo",
        "Categories=Development;Debugger;",
    ]
    if opens_links:
        lines.append(f"MimeType=x-scheme-handler/{SCHEME};")
    return "\n".join(lines) + "\n"


def quoted(argument: str) -> str:
    """An argument of `Exec`: in quotes, which escape some characters, in a value, which escapes again."""
    inner = "".join(f"\\{each}" if each in _RESERVED else each for each in argument)
    return _escaped(f'"{inner}"').replace("%", "%%")


def _escaped(value: str) -> str:
    for character, written in (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        value = value.replace(character, written)
    return value


def _demand_support(platform: str) -> None:
    if not is_supported(platform):
        raise DesktopUnsupported(
            "On macOS an application is found in its folder: there is no menu entry to write. Links open the "
            "packaged Arecibo, once it is in the Applications folder."
        )


def _data_home(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def _icon(environ: Mapping[str, str]) -> Path:
    return _data_home(environ) / "icons" / "hicolor" / "scalable" / "apps" / _ICON_NAME


def _announce(environ: Mapping[str, str], *command: str) -> None:
    """Have the desktop read what was written; without the tool it does so with the next session."""
    if (found := shutil.which(command[0])) is None:
        return
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(  # noqa: S603 - a program found by its name, with names of ours
            [found, *command[1:]], env=dict(environ), check=False, capture_output=True, timeout=_SECONDS
        )
