"""Editors among the desktop's entries: Flatpaks and others that are not on the PATH.

Source: https://specifications.freedesktop.org/desktop-entry-spec/latest/
"""

import configparser
import os
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.editors.editor import Editor, Found
from app.editors.table import EDITORS

_WHY = "installed"
# Field codes (%f, %U …), and what Flatpak puts around them.
_FLATPAK_MARKS = ("@@", "@@u")


def find(environ: Mapping[str, str] = os.environ) -> Iterator[Found]:
    """The editors that have an entry, each once."""
    seen = set()
    for folder in _folders(environ):
        for entry in sorted(folder.glob("*.desktop")):
            found = _read(entry)
            if found is not None and found.editor.key not in seen:
                seen.add(found.editor.key)
                yield found


def _folders(environ: Mapping[str, str]) -> Iterator[Path]:
    home = environ.get("XDG_DATA_HOME") or str(
        Path(environ.get("HOME") or "~").expanduser() / ".local" / "share"
    )
    system = environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for folder in (home, *system.split(":")):
        if folder:
            yield Path(folder) / "applications"


def _read(entry: Path) -> Found | None:
    editor = _editor_named(entry.stem)
    parser = configparser.ConfigParser(interpolation=None, strict=False, delimiters=("=",))
    try:
        parser.read(entry, encoding="utf-8")
        command = _command(parser.get("Desktop Entry", "Exec"))
    except (configparser.Error, OSError, ValueError):
        return None  # somebody else's fault, and no editor that could be started
    if not command:
        return None
    if editor is None:
        program = Path(command[0]).name
        # With options of its own, the entry is for something else: Emacs has one for mail.
        alone = command[1:] == ()
        editor = next((row for row in EDITORS if alone and program in row.commands and not row.server), None)
    if editor is None or editor.in_terminal:
        return None
    return Found(editor=editor, command=command, why=_WHY)


def _editor_named(entry: str) -> Editor | None:
    """By the entry's name; JetBrains' Toolbox puts something of its own behind it."""
    for editor in EDITORS:
        for name in editor.desktop:
            if entry == name or (name.startswith("jetbrains-") and entry.startswith(f"{name}-")):
                return editor
    return None


def _command(line: str) -> tuple[str, ...]:
    words = [word for word in shlex.split(line) if word not in _FLATPAK_MARKS]
    if words[:1] == ["env"]:
        words = words[1:]
        while words and "=" in words[0]:
            words = words[1:]
    return tuple(
        word.replace("%%", "%")
        for word in words
        if not (len(word) == 2 and word[0] == "%" and word[1] != "%")
    )
