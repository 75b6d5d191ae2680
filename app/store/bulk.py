"""Inserts and finds many rows at once.

SQLAlchemy compiles the SQL, once a table; the driver gets plain tuples.

Measured: SQLAlchemy's own `executemany` spends 4 µs a row on turning dictionaries into tuples, which for the
dozen rows of an event is a quarter of the digest's whole budget.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, bindparam, delete, insert

from app.store import sqlite

Row = tuple[Any, ...]

KEYS_AT_ONCE = 500


def add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, given as tuples of all the table's columns in their order."""
    if rows:
        sqlite.execute_many(connection, _insert(connection.dialect, table), rows)


def add_missing(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert those rows whose primary key is not there yet."""
    if rows:
        sqlite.execute_many(connection, sqlite.insert_missing(_insert(connection.dialect, table)), rows)


def count_up(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add what is not the key of each row to the row with the same primary key, or insert the row."""
    counts = [column.name for column in table.columns if not column.primary_key]
    merge(connection, table, rows, {name: f"{table.name}.{name} + excluded.{name}" for name in counts})


def merge(connection: Connection, table: Table, rows: Sequence[Row], changes: Mapping[str, str]) -> None:
    """Insert rows, or change the row of the same primary key: each column of `changes` to its expression."""
    if rows:
        key = [column.name for column in table.primary_key]
        insert_merging = sqlite.insert_merging(_insert(connection.dialect, table), key, changes)
        sqlite.execute_many(connection, insert_merging, rows)


def known(connection: Connection, table: Table, keys: Sequence[Row]) -> list[Row]:
    """Those of the primary keys that are in the table."""
    names = [column.name for column in table.primary_key]
    found: list[Row] = []
    for start in range(0, len(keys), KEYS_AT_ONCE):
        some = keys[start : start + KEYS_AT_ONCE]
        statement = sqlite.select_known(table.name, names, len(some))
        found += sqlite.rows(connection, statement, [value for key in some for value in key])
    return found


def remove(connection: Connection, table: Table, keys: Sequence[Row]) -> None:
    """Remove the rows with these primary keys, as far as they are there."""
    if keys:
        sqlite.execute_many(connection, _delete(connection.dialect, table), keys)


@lru_cache
def _delete(dialect: Dialect, table: Table) -> str:
    is_row = [column == bindparam(column.name) for column in table.primary_key]
    return str(delete(table).where(*is_row).compile(dialect=dialect))


@lru_cache
def _insert(dialect: Dialect, table: Table) -> str:
    return str(insert(table).compile(dialect=dialect))
