"""Puts a store out of the way, whole and never deleted, and remembers that its waiting reports are wanted.

A store is three files, and the engine may be killed between any two steps. So a mark is made first
(`….salvage`, which holds the name that the store will have), and removed last, when all that could be read
has been carried over (`salvage.py`). What was cut in the middle is completed by the next start.
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from app import private_files
from app.store import sqlite

MARK = ".salvage"


def name_for(file: Path, why: str) -> Path:
    """A free name for what is set aside of the store `file`; `why` is one word, such as `damaged`."""
    moment = datetime.now(UTC).strftime("%Y-%m-%d %H-%M-%S")
    base = f"{file.stem} {why} {moment}"
    aside, number = file.with_name(base + file.suffix), 1
    while any(aside.with_name(aside.name + part).exists() for part in sqlite.FILE_PARTS):
        number += 1
        aside = file.with_name(f"{base} {number}{file.suffix}")
    return aside


def set_aside(file: Path, why: str, *, is_wanted: bool = True) -> Path:
    """Move the store away; returns where it is. Raises `OSError`.

    `is_wanted`: the reports that wait in it are to be carried over.
    """
    aside = name_for(file, why)
    if is_wanted:
        mark(aside)
    _move(file, aside)
    return aside


def mark(aside: Path) -> None:
    """Note that the reports that wait in this store are to be carried over. Raises `OSError`."""
    private_files.write(_mark_of(aside), aside.name.encode())


def forget(aside: Path) -> None:
    """All that could be read in it has been carried over."""
    _mark_of(aside).unlink(missing_ok=True)


def waiting(file: Path) -> list[Path]:
    """The stores that were set aside in favour of `file` and are not carried over yet, the oldest first."""
    return [aside for _mark, aside in _marked(file) if aside.is_file()]


def complete(file: Path) -> None:
    """Finish what a kill may have cut in two. Raises `OSError`."""
    for marked, aside in _marked(file):
        if not aside.exists():
            # It was killed before anything was moved.
            marked.unlink()
        elif not file.exists():
            _move(file, aside)


def _marked(file: Path) -> list[tuple[Path, Path]]:
    """Each mark with the store that it is about, the oldest first."""
    marks = sorted(file.parent.glob(f"*{MARK}"))
    return [(each, each.with_name(Path(private_files.read(each).decode()).name)) for each in marks]


def _move(file: Path, aside: Path) -> None:
    for part in sqlite.FILE_PARTS:
        there, here = file.with_name(file.name + part), aside.with_name(aside.name + part)
        if there.is_symlink():
            there.unlink()
        elif there.exists() and not here.exists():
            shutil.move(there, here)


def _mark_of(aside: Path) -> Path:
    return aside.with_name(aside.name.replace(" ", "_") + MARK)
