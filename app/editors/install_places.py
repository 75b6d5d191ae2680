"""Where editors are installed on macOS and Windows, and by JetBrains' Toolbox, without being on the PATH."""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.editors.editor import Editor, Found
from app.editors.table import EDITORS

_WHY = "installed"


def find(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Iterator[Found]:
    """The editors that are installed in a usual place, each once."""
    for editor in EDITORS:
        program = next(_programs(editor, environ, platform), None)
        if program is not None and not editor.in_terminal:
            yield Found(editor=editor, command=(str(program),), why=_WHY)


def _programs(editor: Editor, environ: Mapping[str, str], platform: str) -> Iterator[Path]:
    home = Path(environ.get("HOME") or environ.get("USERPROFILE") or "~").expanduser()
    if platform == "darwin":
        folders = [Path("/Applications"), home / "Applications"]
        scripts = home / "Library" / "Application Support" / "JetBrains" / "Toolbox" / "scripts"
        patterns = editor.mac
    elif platform == "win32":
        names = ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")
        folders = [Path(environ[name]) for name in names if environ.get(name)]
        folders += [folder / "Programs" for folder in folders[-1:]]
        scripts, patterns = None, editor.windows
    else:
        folders, patterns = [], ()
        scripts = home / ".local" / "share" / "JetBrains" / "Toolbox" / "scripts"
    for folder in folders:
        for pattern in patterns:
            yield from sorted((path for path in folder.glob(pattern) if path.is_file()), reverse=True)
    if scripts is not None:
        for command in editor.commands:
            if (scripts / command).is_file():
                yield scripts / command
