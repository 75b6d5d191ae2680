"""Folders of projects on this machine: which one a file belongs to, and where others may be."""

import html
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urlsplit

from app.preferences import Preferences

MARKERS = tuple(
    ".git .hg .svn .jj pyproject.toml setup.py setup.cfg requirements.txt Pipfile package.json "
    "deno.json tsconfig.json"
    " Cargo.toml go.mod Gemfile composer.json pom.xml build.gradle build.gradle.kts mix.exs rebar.config"
    " CMakeLists.txt pubspec.yaml Package.swift".split()
)
_MARKER_ENDS = (".sln", ".slnx", ".csproj", ".fsproj", ".gemspec", ".xcodeproj", ".cabal")
USUAL_FOLDERS = tuple(
    "src projects Projects project code Code dev Dev development Developer work Work workspace git "
    "repos source"
    " source/repos PycharmProjects IdeaProjects WebstormProjects GolandProjects RiderProjects "
    "RubymineProjects"
    " PhpstormProjects CLionProjects StudioProjects RustroverProjects go/src Documents/GitHub "
    "Documents/Projects".split()
)
_MOST_BESIDE = 300
_MOST_PROJECTS = 400
# Where VS Code and what is made from it keep which folders are open, below the folder for settings.
_VSCODE_STATES = tuple(
    f"{name}/User/globalStorage/storage.json"
    for name in ("Code", "Cursor", "Windsurf", "VSCodium", "Code - Insiders")
)
_JETBRAINS_RECENT = "*/options/recentProjects.xml"
_JETBRAINS_ENTRY = re.compile(r'<entry key="((?:\$USER_HOME\$)?/[^"]*)"')
_LARGEST_STATE = 8 << 20

Stop = Callable[[], bool]


def is_project(folder: Path) -> bool:
    """Whether something in the folder says that a project begins here."""
    try:
        with os.scandir(folder) as entries:
            return any(entry.name in MARKERS or entry.name.endswith(_MARKER_ENDS) for entry in entries)
    except OSError:
        return False


def root_of(file: Path, home: Path | None = None) -> Path | None:
    """The nearest folder above `file` that is a project, else the one that it is in.

    Never the person's home or a whole disk: None then.
    """
    home = Path.home() if home is None else home
    for folder in file.parents:
        if folder in (home, Path(folder.anchor)):
            break
        if is_project(folder):
            return folder
    return None if file.parent in (home, Path(file.anchor), *home.parents) else file.parent


def candidates(
    chosen: Preferences,
    stop: Stop = lambda: False,
    home: Path | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Iterator[Path]:
    """Folders in which an app's files may be, the likeliest first, each once, at most some hundred.

    What the person has confirmed, what was opened once, what is open in editors, what is beside all of
    these, and what is where people have their projects.
    """
    home = Path.home() if home is None else home
    seen: set[Path] = set()
    for folder in islice(_all(chosen, home, environ), 20 * _MOST_PROJECTS):
        if stop() or len(seen) >= _MOST_PROJECTS:
            return
        if folder not in seen and folder not in (home, Path(folder.anchor)) and folder.is_dir():
            seen.add(folder)
            yield folder


def _all(chosen: Preferences, home: Path, environ: Mapping[str, str]) -> Iterator[Path]:
    named = (*chosen.source_roots, *(path_map.local for path_map in chosen.path_maps), *chosen.known_projects)
    known = [Path(folder).expanduser() for folder in named if folder]
    yield from known
    opened = list(_open_in_editors(home, environ))
    yield from opened
    for parent in dict.fromkeys(folder.parent for folder in (*known, *opened)):
        if parent not in (home, *home.parents):
            yield from _projects_in(parent)
    for name in USUAL_FOLDERS:
        yield from _projects_in(home / name)
    yield from _projects_in(home)


def _projects_in(folder: Path) -> Iterator[Path]:
    """The projects in a folder, the ones changed last first; links are not followed."""
    try:
        with os.scandir(folder) as entries:
            found = [
                (entry.stat(follow_symlinks=False).st_mtime, Path(entry.path))
                for entry in islice(entries, _MOST_BESIDE)
                if entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".")
            ]
    except OSError:
        return
    yield from (path for _, path in sorted(found, reverse=True) if is_project(path))


def _open_in_editors(home: Path, environ: Mapping[str, str]) -> Iterator[Path]:
    """The folders that VS Code and its like, and JetBrains' IDEs, have open or had last."""
    for settings in _settings_folders(home, environ):
        for name in _VSCODE_STATES:
            yield from _folders_of_state(settings / name)
        for recent in sorted((settings / "JetBrains").glob(_JETBRAINS_RECENT), reverse=True):
            yield from _recent_projects(recent, home)


def _settings_folders(home: Path, environ: Mapping[str, str]) -> Iterator[Path]:
    if sys.platform == "darwin":
        yield home / "Library" / "Application Support"
    elif sys.platform == "win32":
        yield Path(environ.get("APPDATA") or home / "AppData" / "Roaming")
    else:
        yield Path(environ.get("XDG_CONFIG_HOME") or home / ".config")


def _recent_projects(file: Path, home: Path) -> Iterator[Path]:
    """The keys of JetBrains' map of recent projects: `<entry key="$USER_HOME$/projects/shop">`."""
    try:
        if file.stat().st_size > _LARGEST_STATE:
            return
        text = file.read_text("utf-8")
    except (OSError, ValueError):
        return
    # One attribute is read, and no XML parsed: what the file may refer to is left alone.
    for found in _JETBRAINS_ENTRY.finditer(text):
        yield Path(html.unescape(found[1]).replace("$USER_HOME$", str(home)))


def _folders_of_state(state: Path) -> Iterator[Path]:
    try:
        if state.stat().st_size > _LARGEST_STATE:
            return
        waiting = [json.loads(state.read_bytes())]
    except (OSError, ValueError, RecursionError):
        return  # not there, or of another version than is known here
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            for key, inner in value.items():
                if key in ("folder", "folderUri") and isinstance(inner, str) and inner.startswith("file:///"):
                    path = unquote(urlsplit(inner).path)
                    yield Path(path.lstrip("/") if sys.platform == "win32" else path)
                else:
                    waiting.append(inner)
        elif isinstance(value, list):
            waiting.extend(value)
