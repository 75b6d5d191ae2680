"""Opens the database file, upgrades it, and replaces a damaged one.

The engine creates and upgrades it; the window and the command line only open an existing one. A file from
a newer Arecibo is refused with a sentence, a damaged one is set aside under a name with its date, and a new
one begun: the newest error matters more than the oldest.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from sqlalchemy import Connection as Connection
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError

from app import paths, private_files
from app.private_files import PlantedLink
from app.store import failures, migrations, set_aside, sqlite
from app.store.errors import DatabaseMissing, DatabaseTooNew, DatabaseTooOld, DatabaseUnusable

if TYPE_CHECKING:
    from app.store.migrations.upgrade import UpgradeProgress

# The newest migration; versions sort as text.
HEAD = "0026"
# Checking a larger file would delay the first error: the engine checks that in the background.
CHECKED_UP_TO_BYTES = 64 << 20


class Database:
    """An open database. Safe to share between threads: each transaction has a connection of its own."""

    def __init__(
        self,
        file: Path,
        *,
        durable: bool = True,
        busy_seconds: float = sqlite.BUSY_SECONDS,
        must_exist: bool = False,
        cache_bytes: int | None = None,
    ) -> None:
        """Open `file`; `durable`, `busy_seconds`, `must_exist` and `cache_bytes` as in `sqlite.connect`."""
        self.file = file
        self._held: Connection | None = None
        self._busy_seconds = busy_seconds
        self._engine = sqlite.connect(
            file, durable=durable, busy_seconds=busy_seconds, must_exist=must_exist, cache_bytes=cache_bytes
        )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads one snapshot, and waits for no lock."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A write transaction: takes the write lock at once, and commits at the end or changes nothing."""
        with self._connected("immediate") as connection, connection.begin():
            yield connection

    @contextmanager
    def maintaining(self, *, busy_seconds: float | None = None) -> Iterator[Connection]:
        """A connection outside any transaction: each statement is one of its own, and some work only there.

        `busy_seconds` is how long it waits for a lock, by default as long as every connection.
        """
        with self._connected("none") as connection:
            if busy_seconds is None:
                yield connection
                return
            sqlite.set_patience(connection, busy_seconds)
            try:
                yield connection
            finally:
                sqlite.set_patience(connection, self._busy_seconds)

    def hold(self) -> None:
        """Keep a connection open until `close`: through it a file that was removed can still be read."""
        self._held = self._engine.connect().execution_options(transaction="none")
        sqlite.touch(self._held)

    def copy_to(self, file: Path) -> None:
        """Copy the whole database into `file`, also when its own file was removed.

        Needs `hold`. Raises `failures.DriverFailure`.
        """
        assert self._held is not None
        sqlite.copy_to(self._held, file)

    def rest(self) -> None:
        """Close the connections that are not in use, and free their memory. Others are opened as needed."""
        self._engine.dispose()

    def close(self) -> None:
        """Close every connection; the database can't be used afterwards."""
        if self._held is not None:
            self._held.close()
        self._engine.dispose()

    @contextmanager
    def _connected(self, transaction: str) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            yield connection.execution_options(transaction=transaction)


class Opened(Struct, frozen=True):
    """A database for the engine, and a sentence about it for the user, if there is anything to say."""

    database: Database
    notice: str | None = None


def interrupter(connection: Connection) -> Callable[[], None]:
    """What ends the statement that this connection runs, from any thread: it raises an error there."""
    return sqlite.interrupter(connection)


def open_for_engine(
    data_dir: Path,
    *,
    upgrading: "Callable[[UpgradeProgress], None]" = lambda _progress: None,
    is_given_up: Callable[[], bool] = lambda: False,
) -> Opened:
    """The database in `data_dir`, created or upgraded as needed.

    During an upgrade, `upgrading` and `is_given_up` are called often: see `migrations.upgrade.to_head`.
    Raises `DatabaseTooNew`, `DatabaseUnusable` and `UpgradeGivenUp`.
    """
    file = data_dir / paths.DATABASE
    notice = None
    try:
        private_files.make_folder(data_dir)
        private_files.close_to_others(_files_of(data_dir))
        private_files.demand_plain(file)
        set_aside.complete(file)
        if not _is_sound(file):
            notice = _replace_damaged(file)
        try:
            return Opened(_upgraded(file, upgrading, is_given_up), notice)
        except DBAPIError as error:
            if notice or not failures.is_damaged(error):
                raise
        notice = _replace_damaged(file)
        return Opened(_upgraded(file, upgrading, is_given_up), notice)
    except (OSError, DBAPIError) as error:
        why = failures.explain(error) if isinstance(error, DBAPIError) else str(error)
        raise DatabaseUnusable(
            f"The data folder {data_dir} cannot be used: {why}. Free it, or choose another with --data-dir."
        ) from error


def begin_anew(file: Path, why: str = "") -> Opened:
    """Set the damaged store `file` aside, and begin a new one. Raises what `open_for_engine` raises.

    It must be closed in this process; `why` says what was found, for the user.
    """
    try:
        notice = _replace_damaged(file, why)
    except OSError as error:
        raise DatabaseUnusable(f"The damaged error store {file} cannot be moved away: {error}.") from error
    return Opened(open_for_engine(file.parent).database, notice)


def open_existing(
    data_dir: Path, *, durable: bool = True, busy_seconds: float = sqlite.BUSY_SECONDS
) -> Database:
    """The database that an engine made in `data_dir`; `durable` and `busy_seconds` as in `sqlite.connect`.

    Raises `DatabaseMissing`, `DatabaseTooNew`, `DatabaseTooOld` and `DatabaseUnusable`.
    """
    file = data_dir / paths.DATABASE
    if not file.exists():
        raise DatabaseMissing(
            f"There is no error store in {data_dir} yet. Start Arecibo (main.py or main.py serve) first."
        )
    try:
        private_files.demand_plain(file)
    except PlantedLink as error:
        raise DatabaseUnusable(f"The error store cannot be read: {error}.") from error
    database = Database(file, durable=durable, busy_seconds=busy_seconds, must_exist=True)
    try:
        with database.reading() as connection:
            version = _version(connection)
    except DBAPIError as error:
        database.close()
        raise DatabaseUnusable(
            f"The error store {file} cannot be read: {failures.explain(error)}."
        ) from error
    if version != HEAD:
        database.close()
        if version is not None and version > HEAD:
            raise _too_new(file)
        raise DatabaseTooOld(
            f"The error store {file} is of an older version. Start Arecibo once to upgrade it."
        )
    return database


def _upgraded(
    file: Path, upgrading: "Callable[[UpgradeProgress], None]", is_given_up: Callable[[], bool]
) -> Database:
    database = Database(file)
    try:
        with database.maintaining() as connection:
            sqlite.prepare_file(connection)
        with database.reading() as connection:
            version = _version(connection)
        if version is not None and version > HEAD:
            raise _too_new(file)
        if version != HEAD:
            migrations.upgrade.to_head(
                database.writing, version, progressed=upgrading, is_given_up=is_given_up
            )
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
    if not file.exists() or not file.stat().st_size:
        # SQLite would remove the log of a file that is gone or empty: it may contain acknowledged reports.
        return sqlite.is_log_empty(file)
    database = Database(file, must_exist=True)
    try:
        with database.reading() as connection:
            _version(connection)
            return file.stat().st_size > CHECKED_UP_TO_BYTES or sqlite.is_sound(connection)
    except DBAPIError as error:
        if failures.is_damaged(error):
            return False
        raise
    finally:
        database.close()


def _replace_damaged(file: Path, why: str = "") -> str:
    has_content = file.exists() and file.stat().st_size > 0
    aside = set_aside.set_aside(file, "damaged", carry_over=has_content)
    reason = f" ({why})" if why else ""
    return (
        f"The error store was damaged{reason} and has been set aside as {aside}. A fresh one has begun; "
        "what waited to be digested is carried over, errors from before are only in the old file."
    )


def _files_of(data_dir: Path) -> Iterator[Path]:
    stem = Path(paths.DATABASE).stem
    for pattern in (f"{stem}*", "engine.*", "*.ini", "*.log"):
        yield from data_dir.glob(pattern)
    yield paths.config_dir() / paths.SETTINGS
