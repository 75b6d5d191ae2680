"""Everything that is specific to SQLite but its search index: pragmas, transactions, what its errors mean.

WAL lets the window read a snapshot while the engine writes. `synchronous=FULL` syncs every commit: the
receiver needs that, since its answer is a promise. The digest does not (`NORMAL`): what it loses in a
power cut it loses together with its "done", and digests again.
"""

import itertools
import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    ExceptionContext,
    bindparam,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.operators import custom_op

from app import private_files
from app.store import failures

DriverConnection = sqlite3.Connection
# A place in a damaged file cannot be read.
ReadError = sqlite3.DatabaseError

# Keywords for the tables of `schema`. Rows stored by their primary key instead of a number of their own:
STORED_BY_KEY: dict[str, Any] = {"sqlite_with_rowid": False}
# A number is never used again, not even that of the newest row after it was removed:
NUMBERS_USED_ONCE: dict[str, Any] = {"sqlite_autoincrement": True}

# What is appended to the path of a database for the file itself, its write-ahead log and the log's index.
FILE_PARTS = ("", "-wal", "-shm")
BUSY_SECONDS = 10
SHORT_PATIENCE_SECONDS = 0.05
LOCK_POLL_MS = 2
# Larger than SQLite's default, so that one or two reports fit: measured, a third less is written a report.
PAGE_BYTES = 16_384
LONG_LOG_PAGES = 512
MOST_LOG_BYTES = 64 << 20
POLL_SECONDS = 0.1
STEPS_BETWEEN_LOOKS = 100_000


def connect(
    file: Path,
    *,
    durable: bool,
    busy_seconds: float = BUSY_SECONDS,
    must_exist: bool = False,
    cache_bytes: int | None = None,
) -> Engine:
    """An engine on `file`, which is made at the first connection unless it `must_exist`.

    `durable`: a commit returns when it is on disk. `busy_seconds`: how long to wait for a lock.
    `cache_bytes`: how much of the file each connection keeps in memory; None is SQLite's default of 2 MB.

    How a transaction begins is an execution option of its connection: `transaction` is `deferred`
    (the default), `immediate` or `none`.
    """
    synchronous = "FULL" if durable else "NORMAL"
    engine = create_engine(f"sqlite:///{file}", creator=_Opener(file, busy_seconds, must_exist))

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        # The driver's implicit transactions are switched off: `_begin` begins them.
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute("PRAGMA temp_store = MEMORY")
        # What is removed is overwritten where its page is written anyway. Where SQLite is built to overwrite
        # always, as in Debian, every page that becomes free would be written once more.
        with suppress(sqlite3.DatabaseError):  # a damaged file: the first statement says so
            connection.execute("PRAGMA secure_delete = FAST")
        if cache_bytes is not None:
            connection.execute(f"PRAGMA cache_size = {-cache_bytes // 1024}")
        # No `mmap_size`: truncating a mapped file would kill every process that maps it (SIGBUS).
        # An automatic checkpoint would slow down the commit that it runs in: the checkpoint job does it.
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute(f"PRAGMA journal_size_limit = {MOST_LOG_BYTES}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        kind = connection.get_execution_options().get("transaction", "deferred")
        if kind == "immediate":
            _wait_for_write_lock(connection, busy_seconds)
        elif kind != "none":
            execute(connection, f"BEGIN {kind}", ())

    @event.listens_for(engine, "handle_error")
    def _observe(context: ExceptionContext) -> None:
        failures.report_damage(file, context.original_exception)

    return engine


def _wait_for_write_lock(connection: Connection, busy_seconds: float) -> None:
    """Begin a transaction that writes, within `busy_seconds`.

    SQLite itself would sleep longer and longer between two tries of the lock, up to 0.1 s. In a flood, where
    the lock is free for a moment only, that more than doubled the time until an error was visible.
    """
    driver: Any = connection.connection.dbapi_connection
    give_up = time.monotonic() + busy_seconds
    driver.execute(f"PRAGMA busy_timeout = {LOCK_POLL_MS}")
    try:
        while time.monotonic() < give_up:
            # Straight from the driver: an error that SQLAlchemy wraps costs more than the try.
            try:
                driver.execute("BEGIN immediate")
            except sqlite3.OperationalError as error:
                if failures.error_code(error) != sqlite3.SQLITE_BUSY:
                    break
            else:
                return
        # The last try raises what SQLAlchemy makes of the error.
        connection.exec_driver_sql("BEGIN immediate")
    finally:
        driver.execute(f"PRAGMA busy_timeout = {round(busy_seconds * 1000)}")


class _Opener:
    """Opens connections to the file that it opened first, and never to another of the same name.

    SQLite itself would create a new file where the old one was removed, and go on in it.
    """

    def __init__(self, file: Path, busy_seconds: float, must_exist: bool) -> None:
        self._file = Path(file)
        self._busy_seconds = busy_seconds
        self._must_exist = must_exist
        self._identity: tuple[int, int] | None = None

    def __call__(self) -> sqlite3.Connection:
        identity = self._identity
        if identity is not None and identity != identity_of(str(self._file)):
            error = sqlite3.OperationalError(f"{self._file.name} was taken away or replaced")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
        if identity is None and not self._must_exist:
            private_files.make(self._file)
        opened = sqlite3.connect(
            f"{self._file.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=self._busy_seconds,
            check_same_thread=False,
        )
        self._identity = identity or identity_of(str(self._file))
        return opened


def identity_of(file: str) -> tuple[int, int] | None:
    """The device and inode number of the file at this path; None when there is none."""
    try:
        found = os.stat(file)  # noqa: PTH116 - called with every batch: a Path takes twice as long
    except OSError:
        return None
    return found.st_dev, found.st_ino


def is_log_empty(file: Path) -> bool:
    """Whether the write-ahead log of the database `file` holds nothing, or is not there."""
    log = file.with_name(file.name + FILE_PARTS[1])
    return not log.exists() or not log.stat().st_size


def prepare_file(connection: Connection) -> None:
    """Set what is stored in the file itself; the first two have an effect only before the first table."""
    for pragma in (f"page_size = {PAGE_BYTES}", "auto_vacuum = INCREMENTAL", "journal_mode = WAL"):
        connection.exec_driver_sql(f"PRAGMA {pragma}")


class LogState(NamedTuple):
    """How long a checkpoint found the log, in pages, and whether others kept it from beginning anew."""

    pages: int
    is_busy: bool


def checkpoint(
    connection: Connection, known_pages: int = 0, busy_seconds: float = SHORT_PATIENCE_SECONDS
) -> LogState:
    """Move the log's pages into the file, as far as readers allow; a long log begins anew.

    That needs the write lock for a moment, and waits `busy_seconds` for a writer and for readers of the log:
    appending makes the file grow, and syncing a growing file takes twice as long as syncing one that is
    overwritten (measured: 0.44 and 0.22 ms). A log that began anew reports its old length until the next
    write: `known_pages` is what the last call returned.
    """
    move = "PRAGMA wal_checkpoint(PASSIVE)"
    _busy, pages, _moved = connection.exec_driver_sql(move).one()
    if pages < LONG_LOG_PAGES or pages == known_pages:
        return LogState(pages, is_busy=False)
    # What was written meanwhile, so that nothing is left to be written and synced with the lock.
    connection.exec_driver_sql(move).all()
    set_patience(connection, busy_seconds)
    try:
        busy, _pages, _moved = connection.exec_driver_sql("PRAGMA wal_checkpoint(RESTART)").one()
    finally:
        set_patience(connection)
    return LogState(pages, is_busy=bool(busy))


def check_references_at_commit(connection: Connection) -> None:
    """Let this transaction remove a row before those that refer to it; its commit fails where one is left.

    Checked with each statement, SQLite first copies every page that the statement changes, to take it back.
    """
    execute(connection, "PRAGMA defer_foreign_keys = ON", ())


@contextmanager
def watched(connection: Connection, is_given_up: Callable[[int], bool]) -> Iterator[None]:
    """Call `is_given_up` often while statements run on `connection`, with the steps that they have taken.

    A step is an instruction of SQLite's own machine, some hundredths of a microsecond. When it returns true,
    the statement that runs is interrupted: see `failures.is_interrupted`.
    """
    driver: Any = connection.connection.dbapi_connection
    looks = itertools.count(1)
    driver.set_progress_handler(lambda: is_given_up(next(looks) * STEPS_BETWEEN_LOOKS), STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)


def give_back(connection: Connection, pages: int) -> None:
    """Return up to `pages` free pages to the disk."""
    # The pragma frees one page a step, and only `executescript` steps a statement to its end.
    driver: Any = connection.connection.dbapi_connection
    driver.executescript(f"PRAGMA incremental_vacuum({int(pages)})")


def free_pages(connection: Connection) -> int:
    """How many pages of the file are free, and not yet returned to the disk."""
    return int(connection.exec_driver_sql("PRAGMA freelist_count").scalar_one())


def pages(connection: Connection) -> int:
    """How many pages the file has."""
    return int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())


def used_bytes(connection: Connection) -> int:
    """Bytes in use inside the database file, without its free pages."""
    pages, free, size = (
        int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size


def data_version(connection: Connection) -> int:
    """A number that changes whenever another connection has committed. Comparable on this connection only."""
    # Straight from the driver: this is polled all day long, and SQLAlchemy would take thirty times as long.
    driver: Any = connection.connection.dbapi_connection
    return int(driver.execute("PRAGMA data_version").fetchone()[0])


def interrupter(connection: Connection) -> Callable[[], None]:
    """Ends the statement that this connection runs, from any thread: it raises an error there."""
    driver: Any = connection.connection.dbapi_connection
    interrupt: Callable[[], None] = driver.interrupt
    return interrupt


def set_patience(connection: Connection, seconds: float = BUSY_SECONDS) -> None:
    """Set how long this connection waits for another's lock before it fails."""
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {round(seconds * 1000)}").all()


def is_sound(connection: Connection) -> bool:
    """Whether SQLite's quick check finds no fault in the file."""
    return bool(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one() == "ok")


def find_damage(connection: Connection, is_given_up: Callable[[], bool]) -> str | None:
    """The first fault that SQLite's quick check finds; None when there is none. Reads the whole file.

    `is_given_up` is called ten times a second; raises `CheckGivenUp` when it is true.
    """
    driver: Any = connection.connection.dbapi_connection
    done = threading.Event()

    def interrupt() -> None:
        while not done.wait(POLL_SECONDS):
            if is_given_up():
                driver.interrupt()

    watching = threading.Thread(target=interrupt, name="check", daemon=True)
    watching.start()
    try:
        answer = str(driver.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        if failures.is_interrupted(error):
            raise CheckGivenUp from error
        return str(error)
    finally:
        done.set()
        watching.join()
    return None if answer == "ok" else answer.strip().splitlines()[-1]


class CheckGivenUp(Exception):
    """The check was ended before it had read the whole file, and had found no fault so far."""


def open_damaged(file: Path) -> DriverConnection:
    """A connection to a damaged file, which is read as far as possible: a bad place raises `ReadError`."""
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    # A fault in a cell is then reported with the row that it belongs to.
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def add_function(connection: Connection, name: str, function: Callable[[Any], Any]) -> None:
    """Let SQL on this connection call a function of one value, which always returns the same for it."""
    driver: Any = connection.connection.dbapi_connection
    driver.create_function(name, 1, function, deterministic=True)


def touch(connection: Connection) -> None:
    """Read something, which makes SQLite open the file and its log: a new connection has not yet."""
    connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").all()


def copy_to(connection: Connection, file: Path) -> None:
    """Copy the whole database, as this connection sees it, into `file`; its own file may be deleted."""
    driver: Any = connection.connection.dbapi_connection
    target = sqlite3.connect(file)
    try:
        driver.backup(target)
    finally:
        target.close()


# -- statements that are executed often ---------------------------------------------------------------


def execute(connection: Connection, statement: str, values: Sequence[Any]) -> None:
    """Run one statement that returns no rows, straight on the driver, with what stands for its `?`.

    For the commit that a client waits for: SQLAlchemy's contexts and events around a statement take 35 µs.
    Raises `DBAPIError` as SQLAlchemy would.
    """
    driver: Any = connection.connection.dbapi_connection
    try:
        driver.execute(statement, values)
    except sqlite3.Error as error:
        raise _wrapped(connection, statement, error) from error


def rows(connection: Connection, statement: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows that a statement finds, one at a time, straight from the driver. Raises `DBAPIError`."""
    driver: Any = connection.connection.dbapi_connection
    try:
        yield from driver.execute(statement, values)
    except sqlite3.Error as error:
        raise _wrapped(connection, statement, error) from error


def execute_many(connection: Connection, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Execute a statement once for each of the rows, straight by the driver. Raises `DBAPIError`."""
    driver: Any = connection.connection.dbapi_connection
    try:
        driver.executemany(statement, rows)
    except sqlite3.Error as error:
        raise _wrapped(connection, statement, error) from error


def _wrapped(connection: Connection, statement: str, error: sqlite3.Error) -> BaseException:
    """The error as SQLAlchemy raises it, after it was reported if it is one of damage."""
    failures.report_damage(Path(connection.engine.url.database or ""), error)
    return DBAPIError.instance(statement, (), error, sqlite3.Error, dialect=connection.dialect)


def unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column, for a comparison that must not be looked up by an index (sqlite.org/optoverview.html).

    Without statistics SQLite guesses which table of a join to begin with.
    """
    return UnaryExpression(column, operator=custom_op("+"), type_=column.type)


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether the column has one of the values of the parameter `name`, which is what `values_of` returns.

    Unlike with `IN (?, ?, …)` the text of the statement stays the same however many values there are.
    """
    return column.in_(select(func.json_each(bindparam(name)).table_valued("value").c.value))


def values_of(values: Iterable[int | str]) -> str:
    """The values for `among`, as one parameter."""
    return json.dumps(list(values))


# -- many rows at once ------------------------------------------------------------------------------


def insert_missing(insert: str) -> str:
    """The statement `insert`, made to leave out rows whose primary key is there."""
    return f"{insert} ON CONFLICT DO NOTHING"


def insert_merging(insert: str, key: Sequence[str], changes: Mapping[str, str]) -> str:
    """The statement `insert`, made to change these columns of the row whose primary key is there.

    In an expression the table's name is the row that is there, and `excluded` the one that was to be added.
    """
    assignments = ", ".join(f"{column} = {expression}" for column, expression in changes.items())
    return f"{insert} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {assignments}"


def select_known(table: str, key: Sequence[str], number: int) -> str:
    """A statement that selects those of `number` primary keys that are in the table.

    The join begins with the keys: `IN` with two lists would look up each value of the one with each of the
    other (measured with 500 keys of two columns: 285 µs a key, and 1 µs like this).
    """
    names = ", ".join(key)
    values = ", ".join([f"({', '.join('?' * len(key))})"] * number)
    same = " AND ".join(f"{table}.{name} = wanted.{name}" for name in key)
    found = ", ".join(f"{table}.{name}" for name in key)
    return (
        f"WITH wanted ({names}) AS (VALUES {values}) SELECT {found} FROM wanted CROSS JOIN {table} ON {same}"  # noqa: S608 - names of ours
    )


def greatest(*expressions: str) -> str:
    """An expression for the greatest of several in one row."""
    return f"max({', '.join(expressions)})"


def build_indexes_again(connection: Connection) -> list[str]:
    """Rebuild every index of the tables; returns the faults that they had before, at most a hundred."""
    faults = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(100)")]
    connection.exec_driver_sql("REINDEX")
    return [] if faults == ["ok"] else faults
