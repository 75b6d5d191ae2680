"""Which `git` is run: the one on the PATH, or where its installers put it.

Not what happens to be called so in the folder of a project; and not the stand-in of macOS, which is there
without git, and opens a dialog that offers to download Apple's tools.
"""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from app.platforms import program_search

_STAND_IN = "/usr/bin/git"
_BEHIND_STAND_IN = (
    "/Library/Developer/CommandLineTools/usr/bin/git",
    "/Applications/Xcode.app/Contents/Developer/usr/bin/git",
)
# Git for Windows, for all users and for one.
_WINDOWS = (
    ("ProgramFiles", "Git/cmd/git.exe"),
    ("ProgramW6432", "Git/cmd/git.exe"),
    ("LOCALAPPDATA", "Programs/Git/cmd/git.exe"),
)
# Git is run some hundred times for one event: what was found for this environment.
_found: dict[tuple[str, ...], str] = {}


def find(
    environ: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    is_file: Callable[[str], bool] = os.path.isfile,
) -> str | None:
    """The program; None where there is none. What was found is looked for again only where it is gone."""
    where = (platform, environ.get("PATH", ""), *(environ.get(name, "") for name, _path in _WINDOWS))
    found = _found.get(where)
    if found is None or not is_file(found):
        found = _search(environ, platform, is_file)
        if found is not None:
            _found.clear()
            _found[where] = found
    return found


def _search(environ: Mapping[str, str], platform: str, is_file: Callable[[str], bool]) -> str | None:
    found = program_search.find("git", environ, platform)
    if platform == "darwin" and found in (None, _STAND_IN):
        return next((each for each in _BEHIND_STAND_IN if is_file(each)), None)
    if found is None and platform == "win32":
        usual = (str(Path(environ[name], path)) for name, path in _WINDOWS if environ.get(name))
        return next((each for each in usual if is_file(each)), None)
    return found
