"""How SQLite goes about the statements of a function of the store."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection


def plan_of(connection: Connection, ask: Callable[[], object]) -> list[str]:
    """The steps of the query plans of all statements that `ask` executes on the connection, however."""
    statements: list[str] = []
    driver: Any = connection.connection.dbapi_connection
    driver.set_trace_callback(statements.append)
    try:
        ask()
    finally:
        driver.set_trace_callback(None)
    return [row[-1] for statement in statements for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}")]
