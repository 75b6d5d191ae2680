"""The database file: opened, migrated, guarded.

The engine creates and upgrades it; the window and the command line only open what is there. A file from
a newer Arecibo is refused with a sentence, a damaged one is set aside with its date and a fresh one begun:
the newest error matters more than the oldest.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError

from app import paths
from app.store import sqlite

# The newest migration; versions sort as text.
HEAD = "0008"
# Checking a larger file would keep the first error waiting.
CHECKED_UP_TO_BYTES = 64 << 20


class StoreError(Exception):
    """The store cannot be used; the text is a sentence for people."""


class DatabaseMissing(StoreError):
    """There is no database in the folder yet."""


class DatabaseTooNew(StoreError):
    """A newer Arecibo wrote the file."""


class DatabaseTooOld(StoreError):
    """The file waits for the engine to upgrade it."""


class DatabaseUnusable(StoreError):
    """The folder or the file cannot be read or written."""


class Database:
    """An open database. Safe to share between threads: each transaction has a connection of its own."""

    def __init__(
        self, file: Path, *, durable: bool = True, busy_seconds: float = sqlite.BUSY_SECONDS
    ) -> None:
        """Open `file`; `durable` and `busy_seconds` as in `sqlite.connect`."""
        self.file = file
        self._engine = sqlite.connect(file, durable=durable, busy_seconds=busy_seconds)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one snapshot, and waits for nobody."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A write transaction: takes the write lock at once, commits at the end or leaves no trace."""
        with self._connected("immediate") as connection, connection.begin():
            yield connection

    @contextmanager
    def maintaining(self) -> Iterator[Connection]:
        """A connection outside any transaction, for what SQLite does only there."""
        with self._connected("none") as connection:
            yield connection

    def close(self) -> None:
        """Close every connection; the database can't be used afterwards."""
        self._engine.dispose()

    @contextmanager
    def _connected(self, transaction: str) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            yield connection.execution_options(transaction=transaction)


class Opened(Struct, frozen=True):
    """A database for the engine, and what a person should be told about it, if anything."""

    database: Database
    notice: str | None = None


def open_for_engine(data_dir: Path) -> Opened:
    """The database in `data_dir`, created or upgraded as needed.

    Raises `DatabaseTooNew` and `DatabaseUnusable`.
    """
    file = data_dir / paths.DATABASE
    notice = None
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not _is_sound(file):
            notice = _set_aside(file)
        return Opened(_upgraded(file), notice)
    except (OSError, DBAPIError) as error:
        why = sqlite.explain(error) if isinstance(error, DBAPIError) else str(error)
        raise DatabaseUnusable(
            f"The data folder {data_dir} cannot be used: {why}. Free it, or choose another with --data-dir."
        ) from error


def open_existing(data_dir: Path, *, durable: bool = True) -> Database:
    """The database that an engine made in `data_dir`.

    Raises `DatabaseMissing`, `DatabaseTooNew`, `DatabaseTooOld` and `DatabaseUnusable`.
    """
    file = data_dir / paths.DATABASE
    if not file.exists():
        raise DatabaseMissing(
            f"There is no error store in {data_dir} yet. Start Arecibo (main.py or main.py serve) first."
        )
    database = Database(file, durable=durable)
    try:
        with database.reading() as connection:
            version = _version(connection)
    except DBAPIError as error:
        database.close()
        raise DatabaseUnusable(f"The error store {file} cannot be read: {sqlite.explain(error)}.") from error
    if version != HEAD:
        database.close()
        if version is not None and version > HEAD:
            raise _too_new(file)
        raise DatabaseTooOld(
            f"The error store {file} is of an older version. Start Arecibo once to upgrade it."
        )
    return database


def _upgraded(file: Path) -> Database:
    database = Database(file)
    try:
        with database.maintaining() as connection:
            sqlite.prepare_file(connection)
        with database.reading() as connection:
            version = _version(connection)
        if version is not None and version > HEAD:
            raise _too_new(file)
        if version != HEAD:
            # Alembic takes a fifth of a second to import; only a store that is not up to date pays for it.
            from app.store.migrations import upgrade  # noqa: PLC0415

            with database.writing() as connection:
                upgrade.to_head(connection)
    except BaseException:
        database.close()
        raise
    return database


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _too_new(file: Path) -> DatabaseTooNew:
    return DatabaseTooNew(
        f"The error store {file} was written by a newer Arecibo. Update this one, or choose another folder "
        "with --data-dir."
    )


def _is_sound(file: Path) -> bool:
    if not file.exists():
        return True
    database = Database(file)
    try:
        with database.reading() as connection:
            _version(connection)
            return file.stat().st_size > CHECKED_UP_TO_BYTES or sqlite.is_sound(connection)
    except DBAPIError as error:
        if sqlite.is_corrupt(error):
            return False
        raise
    finally:
        database.close()


def _set_aside(file: Path) -> str:
    moment = datetime.now(UTC).strftime("%Y-%m-%d %H-%M-%S")
    aside = file.with_name(f"{file.stem} damaged {moment}{file.suffix}")
    for suffix in ("", "-wal", "-shm"):
        part = file.with_name(file.name + suffix)
        if part.exists():
            shutil.move(part, aside.with_name(aside.name + suffix))
    return (
        f"The error store was damaged and has been set aside as {aside}. A fresh one has begun; "
        "errors from before are only in the old file."
    )
