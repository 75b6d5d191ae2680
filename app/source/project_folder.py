"""Which folder a person is asked to confirm before a file of it is read."""

from pathlib import Path

_MARKS = (
    ".git", ".hg", "pyproject.toml", "setup.py", "package.json", "go.mod", "Cargo.toml", "Gemfile", "pom.xml",
    "build.gradle", "build.gradle.kts", "composer.json", "mix.exs", "Package.swift", "CMakeLists.txt",
)  # fmt: skip
_MOST_LEVELS = 24
_SHALLOWEST = 3


def choices(file: Path) -> tuple[Path, ...]:
    """The folder of the project that the file is in, and the file's own; the widest first.

    A home folder and what is above it are none: to confirm one would confirm everything in it.
    """
    home = Path.home().resolve()
    folders = [folder for folder in list(file.parents)[:_MOST_LEVELS] if _is_narrow(folder, home)]
    found = [folder for folder in folders if any(_exists(folder / mark) for mark in _MARKS)]
    repository = next((folder for folder in found if _exists(folder / ".git")), None)
    project = repository or (found[0] if found else None)
    own = folders[0] if folders else None
    return tuple(dict.fromkeys(folder for folder in (project, own) if folder is not None))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # the folder may not be looked into
        return False


def _is_narrow(folder: Path, home: Path) -> bool:
    return len(folder.parts) >= _SHALLOWEST and not home.is_relative_to(folder)
