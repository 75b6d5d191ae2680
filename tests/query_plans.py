"""How SQLite would run each statement that a test issues, and what in that costs more the more is stored.

SQLite's own words: https://www.sqlite.org/eqp.html. A `SCAN` visits every row of a table or an index, a
`TEMP B-TREE` sorts every row that was found, and an `AUTOMATIC` index is made anew by each statement.

The plans of an empty store are those of a full one: nothing here collects statistics (`ANALYZE`).
"""

import re
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import FrameType
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine
from sqlalchemy.event import listen

from app.store import sqlite

# Whose number of rows grows with every report, event or issue. Refusals do not: their bytes are bounded.
GROWING = {
    "attachments",
    "deleted_issues",
    "deleted_keys",
    "event_changes",
    "event_counts",
    "event_ids",
    "events",
    "event_search",
    "feedback",
    "history",
    "issue_events",
    "issue_hours",
    "issue_keys",
    "issue_tags",
    "issue_users",
    "issues",
    "outbox",
    "regrouped_events",
    "regrouped_keys",
    "releases",
    "reports",
    "trace_index",
    "trace_parts",
}
# Functions of `app`, or whole modules, whose statements may cost more, and why.
EXPECTED = {
    "app.store.migrations.upgrade": "it runs once, and shows its progress",
    "app.store.upkeep.repair": "it reads everything, when a person asks for it",
    "app.store.upkeep.lookup_tables": "the same",
    "app.store.inbox.counts.event_counts:count_again": "the same",
    "app.store.places.place_counts:_listed_projects": "it sorts those of the newest two thousand issues",
    "app.store.inbox.lists.events:_issues": "it looks at issues where the newest events were not enough",
    "app.store.inbox.lists.matching_ids": "it reads a whole list's numbers, when a person acts on all of it",
    "app.store.inbox.triage.pins:number": "it counts the entries of an index that holds pinned ones alone",
    "app.store.facets.matching:Matching.issues": "it lists the issues of a view when that is first shown",
    "app.store.facets.readers:read": "it gathers what two thousand issues at most have",
    "app.store.facets.readers:_hours": "the same",
    "app.store.upkeep.tag_values:trim": "it sorts the tags of one issue, when there are too many",
    "app.store.notices.due_notices:channels_due": "it sorts what waits to be sent, which is little",
    "app.store.notices.due_notices:for_desktop": "the same",
    "app.store.notices.due_notices:next_for_channel": "the same",
}
# Functions of `app.store.sqlite` that pass SQLAlchemy's events by.
STRAIGHT_TO_THE_DRIVER = ("rows", "execute", "execute_many")
# Through these pass the statements of others.
_PLUMBING = ("app.store.bulk", "app.store.database", "app.store.prepared", "app.store.sqlite")
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


def steps_of(connection: Connection, ask: Callable[[], object]) -> list[str]:
    """The steps of the plans of all statements that `ask` executes on the connection, however it does."""
    statements: list[str] = []
    driver: Any = connection.connection.dbapi_connection
    driver.set_trace_callback(statements.append)
    try:
        ask()
    finally:
        driver.set_trace_callback(None)
    return [step for statement in statements for step in plan_of(connection, statement, ()).steps]


def _is_scan(step: str) -> bool:
    # A virtual table names what it searches by behind its index number; without that it reads everything.
    return step.startswith("SCAN") and _table(step) in GROWING and not re.search(r"INDEX \d+:[=<>\w]", step)


def _table(step: str) -> str | None:
    """The table that a step visits. SQLAlchemy's aliases are the table's name and a number."""
    found = _VISIT.match(step)
    return re.sub(r"_\d+$", "", found[2]) if found else None


class PlanWatch:
    """Looks at the plan of each statement of `app` once, and remembers those with growing costs.

    `expected` are the functions whose statements may cost more, as "module:function" or only "module", each
    with the reason. A statement that a test executes itself may cost what it likes.
    """

    def __init__(self, expected: Mapping[str, str]) -> None:
        self._expected = expected
        self._seen: set[str] = set()
        self._found: list[str] = []

    def start(self) -> None:
        """Begin to watch all connections of this process."""
        listen(Engine, "before_cursor_execute", self._before_execute)
        for name in STRAIGHT_TO_THE_DRIVER:
            setattr(sqlite, name, self._watched(getattr(sqlite, name)))

    def take(self) -> list[str]:
        """What was found since the last call, a text each."""
        found, self._found = self._found, []
        return found

    def _watched(self, run: Callable[..., Any]) -> Callable[..., Any]:
        """The same, with a look at each statement before it is run."""

        def watched(connection: Connection, statement: str, parameters: Sequence[Any]) -> Any:
            self._look(connection, statement, parameters)
            return run(connection, statement, parameters)

        return watched

    def _before_execute(
        self, connection: Connection, _cursor: object, statement: str, parameters: Any, *_more: object
    ) -> None:
        self._look(connection, statement, parameters)

    def _look(self, connection: Connection, statement: str, parameters: Any) -> None:
        short = " ".join(_LISTS.sub("(?)", statement).split())
        if short in self._seen or not _PLANNED.match(short):
            return
        module, function = _caller()
        if not module.startswith("app."):
            return
        self._seen.add(short)
        if module in self._expected or f"{module}:{function}" in self._expected:
            return
        many = bool(parameters) and isinstance(parameters[0], list | tuple)
        # A damaged or locked store: the statement itself raises the same.
        with suppress(sqlite3.Error):
            plan = plan_of(connection, statement, parameters[0] if many else parameters)
            if costs := plan.growing_costs:
                self._found.append(f"{module}:{function}\n  {short}\n  {'; '.join(costs)}")


def _caller() -> tuple[str, str]:
    """The module and the function, of `app` or of a test, that has a statement executed."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        module = str(frame.f_globals.get("__name__"))
        if module.startswith(("app.", "tests.")) and module not in (*_PLUMBING, __name__):
            return module, frame.f_code.co_qualname
        frame = frame.f_back
    return "", ""


PLANS = PlanWatch(EXPECTED)
