"""How SQLite would run each statement that a test issues, and what in that costs more the more is stored.

SQLite's own words: https://www.sqlite.org/eqp.html. A `SCAN` visits every row of a table or an index, a
`TEMP B-TREE` sorts every row that was found, and an `AUTOMATIC` index is made anew by each statement.

The plans of an empty store are those of a full one: nothing here collects statistics (`ANALYZE`).
"""

import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine
from sqlalchemy.event import listen

# Whose number of rows grows with every report, event or issue.
GROWING = {
    "attachments",
    "event_changes",
    "events",
    "event_search",
    "feedback",
    "history",
    "issue_hours",
    "issue_keys",
    "issue_tags",
    "issue_users",
    "issues",
    "outbox",
    "refusals",
    "refused_rests",
    "regrouped_events",
    "regrouped_keys",
    "releases",
    "reports",
}
_PLANNED = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)
_LISTS = re.compile(r"\(\?(, \?)*\)")
_VISIT = re.compile(r"(SCAN|SEARCH) (\w+)")


class Plan(Struct, frozen=True):
    """A statement and the steps of its plan, in the order in which SQLite lists them."""

    statement: str
    steps: tuple[str, ...]

    @property
    def growing_costs(self) -> tuple[str, ...]:
        """The steps that take longer the more is stored.

        A scan that a limit ends is none, as long as the rows come in order.
        """
        if not any(_table(step) in GROWING for step in self.steps):
            return ()
        sorts = [step for step in self.steps if "TEMP B-TREE" in step]
        automatic = [step for step in self.steps if "AUTOMATIC" in step]
        is_limited = not sorts and re.search(r"\bLIMIT\b", self.statement, re.IGNORECASE)
        scans = [] if is_limited else [step for step in self.steps if _is_scan(step)]
        return (*scans, *sorts, *automatic)


def plan_of(connection: Connection, statement: str, parameters: Any) -> Plan:
    """The plan of a statement on this connection. Not for statements that define or set something."""
    driver: Any = connection.connection.dbapi_connection
    rows: Sequence[tuple[Any, ...]] = driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
    return Plan(statement, tuple(row[3] for row in rows))


def _is_scan(step: str) -> bool:
    # A virtual table names what it searches by behind its index number; without that it reads everything.
    return step.startswith("SCAN") and _table(step) in GROWING and not re.search(r"INDEX \d+:[=\w]", step)


def _table(step: str) -> str | None:
    """The table that a step visits. SQLAlchemy's aliases are the table's name and a number."""
    found = _VISIT.match(step)
    return re.sub(r"_\d+$", "", found[2]) if found else None


class PlanWatch:
    """Looks at the plan of each statement once, and remembers those with growing costs."""

    def __init__(self, expected: Mapping[str, str]) -> None:
        """`expected` are the statements that may cost more: a regular expression for each, and the reason."""
        self._expected = re.compile("|".join(expected))
        self._seen: set[str] = set()
        self._found: list[Plan] = []

    def start(self) -> None:
        """Begin to watch all connections of this process."""
        listen(Engine, "before_cursor_execute", self._look)

    def take(self) -> list[Plan]:
        """What was found since the last call."""
        found, self._found = self._found, []
        return found

    def _look(
        self, connection: Connection, _cursor: object, statement: str, parameters: Any, *_more: object
    ) -> None:
        short = _LISTS.sub("(?)", statement)
        if short in self._seen or not _PLANNED.match(statement):
            return
        self._seen.add(short)
        many = isinstance(parameters, list)
        # A damaged or locked store: the statement itself raises the same.
        with suppress(sqlite3.Error):
            plan = plan_of(connection, statement, parameters[0] if many else parameters)
            if plan.growing_costs and not self._expected.match(" ".join(short.split())):
                self._found.append(plan)
