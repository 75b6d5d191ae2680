"""Where editors are installed on macOS and Windows, and by JetBrains' Toolbox, without being on the PATH."""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.editors.editor import Editor, Found
from app.editors.table import EDITORS
from app.platforms import registry
from app.platforms.registry import Registry

_WHY = "installed"
# "Application Registration" in Microsoft's documentation: installers enter programs there by their names.
_APP_PATHS = r"Software\Microsoft\Windows\CurrentVersion\App Paths"


def find(
    environ: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    entries: Registry | None = None,
) -> Iterator[Found]:
    """The editors that are installed in a usual place, each once. `entries`: the registry of Windows."""
    entries = registry.here() if entries is None else entries
    for editor in EDITORS:
        if editor.in_terminal or editor.server:
            continue
        program = next(_programs(editor, environ, platform, entries), None)
        if program is not None:
            yield Found(editor=editor, command=(str(program),), why=_WHY)


def _programs(editor: Editor, environ: Mapping[str, str], platform: str, entries: Registry) -> Iterator[Path]:
    home = Path(environ.get("HOME") or environ.get("USERPROFILE") or "~").expanduser()
    if platform == "darwin":
        yield from _below([Path("/Applications"), home / "Applications"], editor.mac)
        scripts = home / "Library" / "Application Support" / "JetBrains" / "Toolbox" / "scripts"
    elif platform == "win32":
        yield from _below(_windows_folders(environ), editor.windows)
        yield from _registered(editor, entries)
        return
    else:
        scripts = home / ".local" / "share" / "JetBrains" / "Toolbox" / "scripts"
    for command in editor.commands:
        if (scripts / command).is_file():
            yield scripts / command


def _windows_folders(environ: Mapping[str, str]) -> list[Path]:
    """Where installers put programs: for all users, for this one, and by JetBrains' Toolbox and Scoop."""
    folders = [Path(environ[name]) for name in ("ProgramFiles", "ProgramFiles(x86)") if environ.get(name)]
    if local := environ.get("LOCALAPPDATA"):
        # The Toolbox's IDEs stand in Programs without a folder "JetBrains" above them.
        folders += [Path(local), Path(local, "Programs")]
    if home := environ.get("USERPROFILE"):
        folders.append(Path(environ.get("SCOOP") or Path(home, "scoop"), "apps"))
    return folders


def _below(folders: list[Path], patterns: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        for pattern in patterns:
            yield from sorted((path for path in folder.glob(pattern) if path.is_file()), reverse=True)


def _registered(editor: Editor, entries: Registry) -> Iterator[Path]:
    names = {Path(pattern).name for pattern in editor.windows} | {f"{name}.exe" for name in editor.commands}
    for name in sorted(names):
        for root in ("HKCU", "HKLM"):
            said = entries.value(f"{root}\\{_APP_PATHS}\\{name}")
            if said is not None and Path(program := said.strip().strip('"')).is_file():
                yield Path(program)
