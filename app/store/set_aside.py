"""Moves a store aside, whole and never deleted, and records that its waiting reports must be carried over.

A store is three files, and the engine may be killed between any two steps. So a mark is written first
(`….salvage`, which contains the name that the store will have), and removed last, when everything readable
has been carried over (`upkeep/salvage.py`). The next start completes what was interrupted.
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from app import private_files
from app.store import sqlite

MARK = ".salvage"


def name_for(file: Path, why: str) -> Path:
    """A free name for the store `file` when it is set aside; `why` is one word, such as `damaged`."""
    moment = datetime.now(UTC).strftime("%Y-%m-%d %H-%M-%S")
    base = f"{file.stem} {why} {moment}"
    aside, number = file.with_name(base + file.suffix), 1
    while any(aside.with_name(aside.name + part).exists() for part in sqlite.FILE_PARTS):
        number += 1
        aside = file.with_name(f"{base} {number}{file.suffix}")
    return aside


def set_aside(file: Path, why: str, *, carry_over: bool = True) -> Path:
    """Move the store aside; returns where it is. Raises `OSError`.

    With `carry_over`, also record that the reports that wait in it must be carried over.
    """
    aside = name_for(file, why)
    if carry_over:
        mark(aside)
    _move(file, aside)
    return aside


def put_back(aside: Path, file: Path) -> None:
    """Move a store that was set aside to `file`, where there is none. Raises `OSError`."""
    _move(aside, file)
    forget(aside)


def mark(aside: Path) -> None:
    """Record that the reports that wait in this store must be carried over. Raises `OSError`."""
    private_files.write(_mark_of(aside), aside.name.encode())


def forget(aside: Path) -> None:
    """Remove the mark: everything readable has been carried over."""
    _mark_of(aside).unlink(missing_ok=True)


def waiting(file: Path) -> list[Path]:
    """The stores that `file` replaced and that are not carried over yet, the oldest first."""
    return [aside for _mark, aside in _marked(file) if aside.is_file()]


def complete(file: Path) -> None:
    """Finish a move that a kill may have interrupted. Raises `OSError`."""
    for marked, aside in _marked(file):
        if not aside.exists():
            # The engine was killed before anything was moved.
            marked.unlink()
        elif not file.exists():
            _move(file, aside)


def _marked(file: Path) -> list[tuple[Path, Path]]:
    """Each mark with the store that it belongs to, the oldest first."""
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
