"""How SQLite goes about the statements of a function of the store."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, event


def plan_of(connection: Connection, ask: Callable[[], object]) -> list[str]:
    """The steps of the query plans of all statements that `ask` executes on the connection."""
    steps: list[str] = []

    def explain(_connection: Connection, cursor: Any, statement: str, parameters: Any, *_others: Any) -> None:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        steps.extend(row[-1] for row in cursor.fetchall())

    event.listen(connection, "before_cursor_execute", explain)
    try:
        ask()
    finally:
        event.remove(connection, "before_cursor_execute", explain)
    return steps
