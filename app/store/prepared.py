"""Statements that are built and compiled once, and then given to the driver as text.

Measured: of a batch of one event, SQLAlchemy's building, hashing and compiling of the same forty statements took
nine tenths of the time.
"""

from typing import Any

from sqlalchemy import Connection, CursorResult, Executable


class Prepared:
    """A statement whose values, each a `bindparam`, are given with each run. Made once, at import.

    Values and rows are the driver's: no column type converts them. `IN` with a list of values does not work.
    """

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._text = ""
        self._names: tuple[str, ...] = ()
        self._constants: dict[str, Any] = {}

    def run(self, connection: Connection, **values: Any) -> CursorResult[Any]:
        """Execute the statement with these values."""
        if not self._text:
            self._compile(connection)
        constants = self._constants
        given = tuple(values[name] if name in values else constants[name] for name in self._names)
        return connection.exec_driver_sql(self._text, given)

    def _compile(self, connection: Connection) -> None:
        compiled: Any = self._statement.compile(dialect=connection.dialect)  # type: ignore[attr-defined]
        self._names = tuple(compiled.positiontup)
        self._constants = {
            name: value for name, value in compiled.params.items() if not compiled.binds[name].required
        }
        self._text = str(compiled)
