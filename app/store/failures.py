"""Why the database failed, in terms that hold for any database: for code that catches what it raises.

`StoreFailure` is whatever the database raises, `StatementFailure` the part of it that a statement met, and
`DriverFailure` what copying a file and reading a damaged one raise, which is done without statements.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import DBAPIError as StatementFailure
from sqlalchemy.exc import SQLAlchemyError as StoreFailure

__all__ = (
    "DriverFailure",
    "StatementFailure",
    "StoreFailure",
    "damage_observers",
    "error_code",
    "explain",
    "has_explanation",
    "is_damaged",
    "is_environment_error",
    "is_interrupted",
    "is_locked",
    "is_search_index_damaged",
    "report_damage",
)

DriverFailure = sqlite3.Error
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
# None of these is ever caused by a report.
_ENVIRONMENT = {
    *_DAMAGE,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOMEM,
}
_WHY = {
    sqlite3.SQLITE_FULL: "The disk is full",
    sqlite3.SQLITE_BUSY: "The database is locked by another program",
    sqlite3.SQLITE_LOCKED: "The database is locked by another program",
    sqlite3.SQLITE_READONLY: "The database cannot be written",
    sqlite3.SQLITE_CANTOPEN: "The database cannot be opened",
    sqlite3.SQLITE_IOERR: "The disk failed",
    sqlite3.SQLITE_CORRUPT: "The database is damaged",
    sqlite3.SQLITE_NOTADB: "The file is no database",
}

# Called with the file and the error whenever a statement in this process finds a file damaged.
damage_observers: list[Callable[[Path, BaseException], None]] = []


def report_damage(file: Path, error: BaseException) -> None:
    """Call the observers, if `error` says that `file` is damaged."""
    if is_damaged(error):
        for observer in tuple(damage_observers):
            observer(file, error)


def error_code(error: BaseException) -> int | None:
    """SQLite's primary result code of `error` (sqlite.org/rescode.html), None for other errors."""
    origin = error.orig if isinstance(error, StatementFailure) else error
    code = getattr(origin, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def is_damaged(error: BaseException) -> bool:
    """Whether `error` says that the file is damaged or no database at all."""
    return error_code(error) in _DAMAGE


def is_search_index_damaged(error: BaseException) -> bool:
    """Whether `error` says that only the search index is damaged, which can be rebuilt."""
    origin = error.orig if isinstance(error, StatementFailure) else error
    return getattr(origin, "sqlite_errorcode", None) == sqlite3.SQLITE_CORRUPT_VTAB


def is_locked(error: BaseException) -> bool:
    """Whether `error` says that another connection held the lock for longer than the busy timeout."""
    return error_code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def is_interrupted(error: BaseException) -> bool:
    """Whether `error` says that the statement was interrupted."""
    return error_code(error) == sqlite3.SQLITE_INTERRUPT


def is_environment_error(error: BaseException) -> bool:
    """Whether `error` comes from the environment (disk full, database locked …), not from a bug of ours."""
    return error_code(error) in _ENVIRONMENT


def has_explanation(error: BaseException) -> bool:
    """Whether `explain` knows the cause, so that people need no traceback."""
    return error_code(error) in _WHY


def explain(error: BaseException) -> str:
    """What `error` means, as a short phrase for the user."""
    return _WHY.get(error_code(error) or 0, "The database failed") + f" ({_original(error)})"


def _original(error: BaseException) -> str:
    return str(error.orig if isinstance(error, StatementFailure) else error)
