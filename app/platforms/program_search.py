"""Finds a program by its name: on the PATH, in absolute folders only.

A program of that name in the folder where Arecibo happens to work is not meant: on Windows that folder would
be searched first, and may be a project that somebody else wrote.
"""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

# What the Finder starts is given a PATH without the folders of Homebrew and MacPorts.
_MAC_FOLDERS = ("/opt/homebrew/bin", "/usr/local/bin", "/opt/local/bin")
# What Windows starts as a program. Scripts (.cmd, .bat) are read by cmd.exe, for which a file's name can be a
# command: they are never run.
_ENDINGS = (".exe", ".com")


def find(name: str, environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str | None:
    """The program's path; None where there is none. A path is taken as it is, if it can be run."""
    folders = list(_folders(environ, platform))
    if platform != "win32":
        return shutil.which(name, path=os.pathsep.join(folders)) if folders or os.sep in name else None
    if "\\" in name or "/" in name:
        return next((str(each) for each in _named(Path(name)) if each.is_file()), None)
    for folder in folders:
        for program in _named(Path(folder, name)):
            if program.is_file():
                return str(program)
    return None


def _folders(environ: Mapping[str, str], platform: str) -> Iterator[str]:
    separator = ";" if platform == "win32" else ":"
    for folder in environ.get("PATH", os.defpath).split(separator):
        # Windows keeps folders with blanks in quotes.
        unquoted = folder.strip('"')
        if Path(unquoted).is_absolute():
            yield unquoted
    if platform == "darwin":
        yield from _MAC_FOLDERS


def _named(path: Path) -> Iterator[Path]:
    if path.suffix.lower() in _ENDINGS:
        yield path
    elif path.suffix.lower() not in (".cmd", ".bat"):
        for ending in _ENDINGS:
            yield path.with_name(path.name + ending)
