"""Copies of a database by SQLite's own backup API, while others write to it; and whether a copy is whole.

The copy is made in steps, from one snapshot: a read transaction is open meanwhile. Without it SQLite begins
anew whenever another connection has committed, and under steady load never ends. Writers wait for nothing;
the write-ahead log grows while the copy is made, and is shortened after it.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from app import private_files
from app.store import sqlite

# A step holds the disk for some milliseconds; the pause lets a commit come between.
STEP_PAGES = 128
PAUSE_SECONDS = 0.001
STEPS_BETWEEN_LOOKS = 100_000
CopyFailed = sqlite3.Error


class GivenUp(Exception):
    """The copy, or its check, was ended before it was done."""


def copy(
    source: Path,
    target: Path,
    *,
    progressed: Callable[[int, int], None] = lambda _done, _all: None,
    is_given_up: Callable[[], bool] = lambda: False,
    tables: tuple[str, ...] = (),
) -> Mapping[str, int]:
    """Copy the database `source` into the new file `target`; returns how many rows the `tables` had.

    `progressed` is called with pages. The copy is one file, without a log. Raises `GivenUp`, `CopyFailed`
    and `OSError`.
    """
    private_files.make(target)

    def step(_status: int, remaining: int, total: int) -> None:
        if is_given_up():
            raise GivenUp
        progressed(total - remaining, total)
        time.sleep(PAUSE_SECONDS)

    with _opened(source) as reading, _opened(target) as writing:
        reading.execute("BEGIN")
        counts = _counts(reading, tables)
        reading.backup(writing, pages=STEP_PAGES, progress=step)
        reading.execute("ROLLBACK")
        writing.execute("PRAGMA journal_mode = DELETE")
    return counts


def check(
    file: Path, *, is_given_up: Callable[[], bool] = lambda: False, tables: tuple[str, ...] = ()
) -> tuple[str | None, Mapping[str, int]]:
    """What SQLite's whole check finds wrong with a copy, None for nothing; and the rows of `tables`.

    Raises `GivenUp` and `CopyFailed`.
    """
    with _opened(file) as connection:
        connection.set_progress_handler(is_given_up, STEPS_BETWEEN_LOOKS)
        try:
            found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
            counts = _counts(connection, tables)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise GivenUp from error
            raise
        finally:
            connection.set_progress_handler(None, 0)
    return (None if found == "ok" else found.strip().splitlines()[-1]), counts


def value(file: Path, statement: str) -> Any:
    """The first value that a statement finds in the file; None for none. Raises `CopyFailed`."""
    with _opened(file) as connection:
        row = connection.execute(statement).fetchone()
        return None if row is None else row[0]


def remove(file: Path) -> None:
    """Remove a copy, with whatever stands beside it."""
    for part in (*sqlite.FILE_PARTS, "-journal"):
        # What cannot be removed hinders nothing: each copy has a name of its own.
        with suppress(OSError):
            file.with_name(file.name + part).unlink()


def _counts(connection: sqlite3.Connection, tables: tuple[str, ...]) -> Mapping[str, int]:
    # Names of ours.
    return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}  # noqa: S608


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    uri = f"{file.absolute().as_uri()}?mode=rw"
    opened = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=sqlite.BUSY_SECONDS)
    with closing(opened) as connection:
        yield connection
