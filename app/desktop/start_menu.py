"""Arecibo in the Start menu of Windows: a shortcut in this person's own folder.

Only Windows itself writes such files well: its own PowerShell is asked to. What goes into the shortcut is in
variables of the environment, so that no text from here is read as a command.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.platforms import processes

SCRIPT = (
    "$ErrorActionPreference = 'Stop'; "
    "$link = (New-Object -ComObject WScript.Shell).CreateShortcut($env:ARECIBO_LINK); "
    "$link.TargetPath = $env:ARECIBO_TARGET; "
    "$link.Arguments = $env:ARECIBO_ARGUMENTS; "
    "$link.IconLocation = $env:ARECIBO_ICON; "
    "$link.Description = 'Every error of your local apps in one window'; "
    "$link.Save()"
)
_SECONDS = 30


def file(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the shortcut is, or would be."""
    roaming = environ.get("APPDATA") or Path.home() / "AppData" / "Roaming"
    return Path(roaming, "Microsoft", "Windows", "Start Menu", "Programs", "Arecibo.lnk")


def command(environ: Mapping[str, str] = os.environ) -> list[str]:
    """PowerShell with the script; that of Windows itself, wherever the PATH leads."""
    root = environ.get("SystemRoot") or r"C:\Windows"
    powershell = rf"{root}\System32\WindowsPowerShell\v1.0\powershell.exe"
    return [powershell, "-NoProfile", "-NonInteractive", "-Command", SCRIPT]


def variables(program: Sequence[str], icon: str, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What the script reads: where the shortcut goes, and what it starts."""
    return {
        "ARECIBO_LINK": str(file(environ)),
        "ARECIBO_TARGET": program[0],
        "ARECIBO_ARGUMENTS": subprocess.list2cmdline(program[1:]),
        "ARECIBO_ICON": icon,
    }


def write(program: Sequence[str], icon: str, environ: Mapping[str, str] = os.environ) -> Path:
    """Write the shortcut; returns it. Raises `OSError`."""
    shortcut = file(environ)
    shortcut.parent.mkdir(parents=True, exist_ok=True)
    try:
        subprocess.run(  # noqa: S603 - Windows' own program, with a script of ours
            command(environ),
            env={**environ, **variables(program, icon, environ)},
            check=True,
            capture_output=True,
            timeout=_SECONDS,
            creationflags=processes.without_window(),
        )
    except subprocess.SubprocessError as error:
        said = (getattr(error, "stderr", None) or b"").decode(errors="replace").strip()
        raise OSError(
            f"Windows did not write the shortcut {shortcut}{': ' if said else ''}{said[:200]}. "
            "Make one by hand that starts: " + subprocess.list2cmdline(program)
        ) from error
    return shortcut


def is_there(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether there is one."""
    return file(environ).exists()


def remove(environ: Mapping[str, str] = os.environ) -> None:
    """Remove it; one that is not there is no matter. Raises `OSError`."""
    file(environ).unlink(missing_ok=True)


def icon(folder: Path, executable: str = sys.executable) -> str:
    """A file with an icon that Windows can show: ours where it was packaged, else that of the program."""
    own = folder / "arecibo.ico"
    return str(own) if own.is_file() else executable
