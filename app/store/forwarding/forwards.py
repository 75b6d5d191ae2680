"""The table `forwards`: to which DSN the reports of which project are passed on, and how that goes.

A DSN holds a key: only what sends reads it. `Forward` masks it whenever it is printed.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import delete, insert, select, update

from app.store.database import Connection
from app.store.prepared import Prepared
from app.store.schema import forwarded_reports, forwards, projects
from app.target_dsn import masked

SECOND = 1_000_000
# The pauses after a target has failed so many times in a row; the last one is repeated.
PAUSES = tuple(seconds * SECOND for seconds in (5, 15, 60, 300, 900, 1_800))
LONGEST_LIMIT = 3_600 * SECOND


class Forward(Struct, frozen=True, kw_only=True):
    """A project's target. Times in microseconds since 1970.

    Reports up to number `after_report` were there before it. `failures` in a row; nothing is sent before
    `next_try_at`. `limits` says until when the target wants nothing of a category, "" being all of them.
    `not_sent` counts what did not fit, was refused for good or was too old.
    """

    id: int
    project_id: int
    project: str
    dsn: str
    enabled: bool
    created_at: int
    after_report: int
    waiting: int
    waiting_bytes: int
    sent: int
    not_sent: int
    failures: int
    next_try_at: int
    limits: dict[str, int]
    last_sent: int | None
    last_error: str | None

    @property
    def where(self) -> str:
        """The target without its key."""
        return masked(self.dsn)

    def __repr__(self) -> str:
        return f"Forward({self.id}, {self.project!r}, {self.where!r})"


class HasTarget(Exception):
    """The project's reports are passed on already; the text says so."""


def listed(connection: Connection) -> list[Forward]:
    """Every target, in the order in which they were made."""
    return [_forward(row) for row in _LISTED.rows(connection)]


def get(connection: Connection, forward_id: int) -> Forward | None:
    """The target of this number, if it is there."""
    return next((each for each in listed(connection) if each.id == forward_id), None)


def of_project(connection: Connection, project_id: int) -> Forward | None:
    """The target of a project, if it has one."""
    return next((each for each in listed(connection) if each.project_id == project_id), None)


def add(connection: Connection, project_id: int, dsn: str, *, after_report: int, now: int) -> Forward:
    """Pass on what arrives after the report of number `after_report`. Raises `HasTarget`."""
    before = of_project(connection, project_id)
    if before is not None:
        raise HasTarget(
            f"The reports of {before.project} are passed on to {before.where} already. Remove that first."
        )
    added = connection.execute(
        insert(forwards).values(
            project_id=project_id, dsn=dsn, enabled=True, created_at=now, after_report=after_report,
            waiting=0, waiting_bytes=0, sent=0, not_sent=0, failures=0, next_try_at=0, limits="{}",
        )
    )  # fmt: skip
    (number,) = added.inserted_primary_key or (0,)
    found = get(connection, int(number))
    assert found is not None
    return found


def set_enabled(connection: Connection, forward_id: int, *, enabled: bool) -> None:
    """Pause it, or resume it: then it is tried at once."""
    values = {"enabled": enabled, "failures": 0, "next_try_at": 0, "limits": "{}"}
    connection.execute(
        update(forwards).where(forwards.c.id == forward_id).values(values if enabled else {"enabled": False})
    )


def remove(connection: Connection, forward_id: int) -> Forward | None:
    """Delete a target, its key, and what waits for it; returns it as it was, None when it is gone already."""
    removed = get(connection, forward_id)
    connection.execute(delete(forwarded_reports).where(forwarded_reports.c.forward_id == forward_id))
    connection.execute(delete(forwards).where(forwards.c.id == forward_id))
    return removed


def add_again(connection: Connection, removed: Forward, *, after_report: int, now: int) -> None:
    """Pass on again to a target that was removed, from now on. Raises `HasTarget`."""
    added = add(connection, removed.project_id, removed.dsn, after_report=after_report, now=now)
    if not removed.enabled:
        set_enabled(connection, added.id, enabled=False)


def record_sent(connection: Connection, forward_id: int, limits: dict[str, int], now: int) -> None:
    """The target has taken a report."""
    values = {"failures": 0, "next_try_at": 0, "last_sent": now, "last_error": None}
    _change(connection, forward_id, {**values, "limits": _packed(limits)})


def record_refused(connection: Connection, forward_id: int, error: str) -> None:
    """The target works, and has refused one report for good."""
    _change(connection, forward_id, {"failures": 0, "next_try_at": 0, "last_error": error})


def record_failed(connection: Connection, forward: Forward, error: str, now: int, until: int) -> None:
    """The target has failed, and is tried again at `until`, or after a pause that grows."""
    pause = PAUSES[min(forward.failures, len(PAUSES) - 1)]
    values = {"failures": forward.failures + 1, "next_try_at": max(until, now + pause), "last_error": error}
    _change(connection, forward.id, values)


def record_limits(connection: Connection, forward_id: int, limits: dict[str, int], error: str) -> None:
    """The target wants nothing of some categories for a while."""
    until = limits.get("", 0)
    _change(connection, forward_id, {"limits": _packed(limits), "next_try_at": until, "last_error": error})


def _change(connection: Connection, forward_id: int, values: dict[str, Any]) -> None:
    connection.execute(update(forwards).where(forwards.c.id == forward_id).values(values))


def _packed(limits: dict[str, int]) -> str:
    return msgspec.json.encode(limits).decode()


def _forward(row: Sequence[Any]) -> Forward:
    shown, sent_as, number, project_id, dsn, enabled, *rest = row
    created_at, after_report, waiting, waiting_bytes, sent, not_sent, failures, next_try_at, *last = rest
    limits, last_sent, last_error = last
    return Forward(
        id=number,
        project_id=project_id,
        project=shown or sent_as,
        dsn=dsn,
        enabled=bool(enabled),
        created_at=created_at,
        after_report=after_report,
        waiting=waiting,
        waiting_bytes=waiting_bytes,
        sent=sent,
        not_sent=not_sent,
        failures=failures,
        next_try_at=next_try_at,
        limits=msgspec.json.decode(limits, type=dict[str, int]),
        last_sent=last_sent,
        last_error=last_error,
    )


_LISTED = Prepared(
    select(projects.c.shown, projects.c.name, *forwards.c)
    .join_from(forwards, projects, projects.c.id == forwards.c.project_id)
    .order_by(forwards.c.id)
)
