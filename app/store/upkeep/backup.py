"""Backups: whole copies of the store in a folder, made while the engine works, and verified after writing.

A copy is written under another name, checked (SQLite's whole check, and the numbers of issues, events and
reports against those of the snapshot that was copied), and only then gets its name: what is listed is whole.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from app import paths, private_files
from app.store import sqlite_copy
from app.store.database import HEAD
from app.store.sqlite_copy import CopyFailed
from app.store.sqlite_copy import GivenUp as GivenUp

JOB = "backup"
FOLDER = "backups"
COUNTED = ("issues", "events", "reports")
DRAFT = ".unfinished"
# What the name of a store says that was set aside for a backup.
ASIDE = "previous"
_STEM, _SUFFIX = Path(paths.DATABASE).stem, Path(paths.DATABASE).suffix
_NAME = re.compile(rf"{_STEM}( daily|) (\d{{4}}-\d\d-\d\d \d\d-\d\d-\d\d)(?: \d+)?{re.escape(_SUFFIX)}")
_ASIDE = re.compile(rf"{_STEM} {ASIDE} (\d{{4}}-\d\d-\d\d \d\d-\d\d-\d\d)(?: \d+)?{re.escape(_SUFFIX)}")
_VERSION = "SELECT version_num FROM alembic_version"


class BackupFailed(Exception):
    """A backup cannot be made or used; the text is a sentence for people."""


class Backup(Struct, frozen=True, kw_only=True):
    """A backup, or a store that was set aside when one was restored (`is_aside`)."""

    file: Path
    at: datetime
    size: int
    is_daily: bool = False
    is_aside: bool = False


class Progress(Struct, frozen=True):
    """How far a backup is: `done` of `total` pages are copied; `is_checked` while it is verified."""

    done: int
    total: int
    is_checked: bool = False


def make(
    store: Path,
    file: Path,
    *,
    progressed: Callable[[Progress], None] = lambda _progress: None,
    is_given_up: Callable[[], bool] = lambda: False,
) -> Backup:
    """Back the store up into the new `file`. Raises `BackupFailed`, and `GivenUp`: then nothing is left."""
    if not store.is_file():
        raise BackupFailed(f"There is no error store at {store}.")
    if file.exists():
        raise BackupFailed(f"{file} is there already, and is not overwritten.")
    draft = file.with_name(file.name + DRAFT)
    try:
        if not file.parent.is_dir():
            private_files.make_folder(file.parent)
        sqlite_copy.remove(draft)
        counts = sqlite_copy.copy(
            store,
            draft,
            progressed=lambda done, total: progressed(Progress(done, total)),
            is_given_up=is_given_up,
            tables=COUNTED,
        )
        size = draft.stat().st_size
        progressed(Progress(1, 1, is_checked=True))
        fault, copied = sqlite_copy.check(draft, is_given_up=is_given_up, tables=COUNTED)
        if fault is not None or copied != counts:
            raise BackupFailed(
                f"The backup is not whole ({fault or f'{copied} in place of {counts}'}), and was removed."
            )
        draft.replace(file)
    except (CopyFailed, OSError) as error:
        raise BackupFailed(f"The backup {file} cannot be made: {error}.") from error
    finally:
        sqlite_copy.remove(draft)
    return Backup(file=file, at=datetime.now(UTC), size=size)


def name_in(folder: Path, *, is_daily: bool = False) -> Path:
    """A free name for a backup in `folder` that is made now."""
    base = f"{_STEM}{' daily' if is_daily else ''} {datetime.now(UTC):%Y-%m-%d %H-%M-%S}"
    file, number = folder / f"{base}{_SUFFIX}", 1
    while file.exists():
        number += 1
        file = folder / f"{base} {number}{_SUFFIX}"
    return file


def listed(folder: Path) -> list[Backup]:
    """The backups in `folder`, the newest first."""
    return _found(folder, _NAME)


def set_aside(data_dir: Path) -> list[Backup]:
    """The stores that were set aside when a backup was restored, the newest first."""
    return _found(data_dir, _ASIDE)


def demand_usable(
    file: Path, *, is_given_up: Callable[[], bool] = lambda: False, is_checked: bool = True
) -> None:
    """Raises `BackupFailed` unless `file` is a whole store that this Arecibo can open; and `GivenUp`."""
    try:
        private_files.demand_plain(file)
        if not file.is_file():
            raise BackupFailed(f"There is no backup at {file}.")
        version = sqlite_copy.value(file, _VERSION)
        fault = sqlite_copy.check(file, is_given_up=is_given_up)[0] if is_checked else None
    except CopyFailed as error:
        raise BackupFailed(f"{file} is no store of Arecibo: {error}.") from error
    except OSError as error:
        raise BackupFailed(f"{file} cannot be read: {error}.") from error
    if fault is not None:
        raise BackupFailed(f"{file} is damaged: {fault}.")
    if not isinstance(version, str) or version > HEAD:
        raise BackupFailed(f"{file} was written by a newer Arecibo; update this one.")


def bring_in(file: Path, incoming: Path, is_given_up: Callable[[], bool] = lambda: False) -> None:
    """Copy a usable backup to `incoming`, checked, beside the store. Raises `BackupFailed` and `GivenUp`."""
    demand_usable(file, is_checked=False)
    try:
        sqlite_copy.copy(file, incoming, is_given_up=is_given_up)
        demand_usable(incoming, is_given_up=is_given_up)
    except (CopyFailed, OSError) as error:
        sqlite_copy.remove(incoming)
        raise BackupFailed(f"{file} cannot be restored: {error}.") from error
    except (BackupFailed, GivenUp):
        sqlite_copy.remove(incoming)
        raise


def _found(folder: Path, name: re.Pattern[str]) -> list[Backup]:
    backups = []
    try:
        for file in folder.iterdir():
            match = name.fullmatch(file.name)
            if match is None or not file.is_file():
                continue
            at = datetime.strptime(match[match.re.groups], "%Y-%m-%d %H-%M-%S").replace(tzinfo=UTC)
            is_aside = name is _ASIDE
            backups.append(
                Backup(
                    file=file,
                    at=at,
                    size=file.stat().st_size,
                    is_daily=not is_aside and bool(match[1]),
                    is_aside=is_aside,
                )
            )
    except (OSError, ValueError):
        # The folder is not there, or something in it went meanwhile.
        pass
    return sorted(backups, key=lambda backup: (backup.at, backup.file.name), reverse=True)
