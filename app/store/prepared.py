"""Statements that are built and compiled once, and then given to the driver as text.

Measured: of a batch of one event, SQLAlchemy took nine tenths of the time, to build, hash and compile the
same forty statements and to describe their results.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ClauseElement, Connection

from app.store import sqlite


class Prepared:
    """A statement whose values, each a `bindparam`, are given with each run. Made once, at import.

    Values and rows are the driver's: no column type converts them. A list of values is given by
    `sqlite.among` and `sqlite.values_of`.
    """

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._text = ""
        self._names: tuple[str, ...] = ()
        self._constants: dict[str, Any] = {}

    def rows(self, connection: Connection, **values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows that the statement finds, read one at a time."""
        return sqlite.rows(connection, self._text_for(connection), self._given(values))

    def first(self, connection: Connection, **values: Any) -> tuple[Any, ...] | None:
        """The first of the rows; None when there is none."""
        return next(iter(list(self.rows(connection, **values))), None)

    def value(self, connection: Connection, **values: Any) -> Any:
        """The first column of the first row; None when there is none."""
        row = self.first(connection, **values)
        return None if row is None else row[0]

    def run(self, connection: Connection, **values: Any) -> None:
        """Execute a statement that returns no rows."""
        text = self._text_for(connection)
        sqlite.execute(connection, text, self._given(values))

    def run_many(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute such a statement once for the values of each row."""
        text = self._text_for(connection)
        sqlite.execute_many(connection, text, [self._given(values) for values in rows])

    def _given(self, values: Mapping[str, Any]) -> list[Any]:
        given = {**self._constants, **values}
        return [given[name] for name in self._names]

    def _text_for(self, connection: Connection) -> str:
        if not self._text:
            compiled: Any = self._statement.compile(dialect=connection.dialect)
            self._names = tuple(compiled.positiontup)
            self._constants = dict(compiled.params)
            self._text = str(compiled)
        return self._text
