"""Arecibo in the menu of a Linux desktop, with its icon, and as the program for `arecibo://`.

Written only where a person asks for it: into the person's own folders, never the system's. On macOS and
Windows a program that is not installed cannot be what opens such links.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from app.desktop import program, report_type
from app.desktop.app_link import SCHEME

# The name that the window tells the desktop, too: by it both find each other.
NAME = "arecibo.desktop"
_ICON_NAME = "arecibo.svg"
_SECONDS = 10
_RESERVED = frozenset('"`$\\')


class DesktopUnsupported(Exception):
    """There is no such thing on this platform; the text is a sentence for people."""


def is_supported(platform: str = sys.platform) -> bool:
    """Whether this platform has menu entries as files."""
    return platform not in ("win32", "darwin")


def file(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the entry is, or would be."""
    return _data_home(environ) / "applications" / NAME


def install(data_dir: Path, environ: Mapping[str, str] = os.environ) -> Path:
    """Write the entry and the icon; returns the entry. Raises `OSError` and `DesktopUnsupported`."""
    _demand_support()
    entry, icon = file(environ), _icon(environ)
    for each in (entry, icon):
        each.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(program.ICON, icon)
    entry.write_text(text(program.command(data_dir), icon), "utf-8")
    _announce(environ, "xdg-mime", "default", NAME, f"x-scheme-handler/{SCHEME}")
    _announce(environ, "update-desktop-database", str(entry.parent))
    return entry


def remove(environ: Mapping[str, str] = os.environ) -> bool:
    """Remove both; False when there was no entry. Raises `OSError` and `DesktopUnsupported`."""
    _demand_support()
    entry = file(environ)
    was_there = entry.exists()
    for each in (entry, _icon(environ)):
        each.unlink(missing_ok=True)
    _announce(environ, "update-desktop-database", str(entry.parent))
    return was_there


def text(command: Sequence[str], icon: Path | str, *, opens_links: bool = True) -> str:
    """An entry, as the Desktop Entry Specification 1.5 has it; `icon` is a file, or a name in an icon theme."""
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
        lines.append(f"MimeType=x-scheme-handler/{SCHEME};{report_type.NAME};")
    return "\n".join(lines) + "\n"


def quoted(argument: str) -> str:
    """An argument of `Exec`: in quotes, which escape some characters, in a value, which escapes again."""
    inner = "".join(f"\\{each}" if each in _RESERVED else each for each in argument)
    return _escaped(f'"{inner}"').replace("%", "%%")


def _escaped(value: str) -> str:
    for character, written in (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        value = value.replace(character, written)
    return value


def _demand_support() -> None:
    if not is_supported():
        raise DesktopUnsupported("Only Linux desktops have menu entries that a program can write.")


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
