"""How SQLite goes about the statements of a function of the store."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

_PLANNED = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)


def plan_of(connection: Connection, ask: Callable[[], object]) -> list[str]:
    """The steps of the query plans of all statements that `ask` executes on the connection."""
    driver: Any = connection.connection.dbapi_connection
    statements: list[str] = []
    # SQLite itself calls it, with the values in the text: also for what passes SQLAlchemy by.
    driver.set_trace_callback(statements.append)
    try:
        ask()
    finally:
        driver.set_trace_callback(None)
    planned = [statement for statement in statements if _PLANNED.match(statement)]
    return [row[-1] for statement in planned for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}")]
