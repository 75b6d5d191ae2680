"""Inserts and finds many rows at once.

SQLAlchemy compiles the SQL, once a table; the driver gets plain tuples.

Measured: SQLAlchemy's own `executemany` spends 4 µs a row on turning dictionaries into tuples, which for the
dozen rows of an event is a quarter of the digest's whole budget.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, bindparam, delete, insert

from app.store import sqlite

Row = tuple[Any, ...]

KEYS_AT_ONCE = 500


def add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, given as tuples of all the table's columns in their order."""
    if rows:
        connection.exec_driver_sql(_insert(connection.dialect, table), list(rows))


def add_missing(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert those rows whose primary key is not there yet."""
    if rows:
        connection.exec_driver_sql(sqlite.insert_missing(_insert(connection.dialect, table)), list(rows))


def count_up(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add what is not the key of each row to the row with the same primary key, or insert the row."""
    if rows:
        key = [column.name for column in table.primary_key]
        counts = [column.name for column in table.columns if not column.primary_key]
        insert_counting = sqlite.insert_counting(_insert(connection.dialect, table), table.name, key, counts)
        connection.exec_driver_sql(insert_counting, list(rows))


def known(connection: Connection, table: Table, keys: Sequence[Row]) -> list[Row]:
    """Those of the primary keys that are in the table."""
    names = [column.name for column in table.primary_key]
    found: list[Row] = []
    for start in range(0, len(keys), KEYS_AT_ONCE):
        some = keys[start : start + KEYS_AT_ONCE]
        statement = sqlite.select_known(table.name, names, len(some))
        rows = connection.exec_driver_sql(statement, tuple(value for key in some for value in key))
        found += [tuple(row) for row in rows]
    return found


def remove(connection: Connection, table: Table, keys: Sequence[Row]) -> None:
    """Remove the rows with these primary keys, as far as they are there."""
    if keys:
        connection.exec_driver_sql(_delete(connection.dialect, table), list(keys))


@lru_cache
def _delete(dialect: Dialect, table: Table) -> str:
    is_row = [column == bindparam(column.name) for column in table.primary_key]
    return str(delete(table).where(*is_row).compile(dialect=dialect))


@lru_cache
def _insert(dialect: Dialect, table: Table) -> str:
    return str(insert(table).compile(dialect=dialect))
