"""The table `faults`: how clients of a project are answered for a while, to try what they make of it.

A fault has a time at which it ends, always. The window and the command line write it, the engine follows.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, delete, insert, select, update

from app.store.database import Connection
from app.store.engine_state import job_requests
from app.store.inbox.issues import projects as project_names
from app.store.prepared import Prepared
from app.store.schema import faults, projects

# The engine's job that reads the table again: whoever writes it requests that.
JOB = "follow-faults"
SECOND = 1_000_000
USUAL_SECONDS, LONGEST_SECONDS = 300, 86_400
USUAL_DELAY, LONGEST_DELAY = 10.0, 600.0


class FaultAnswer(StrEnum):
    """How a request is answered: with that status, late, or never."""

    TOO_MANY = "429"
    BROKEN = "500"
    UNAVAILABLE = "503"
    SLOW = "slow"
    NONE = "none"


class Fault(Struct, frozen=True, kw_only=True):
    """A fault of a project. Times in microseconds.

    `seconds`: how late a slow answer is, and for how long a connection without one is held. `share` of the
    requests meet it, from 0 to 1; `met` have so far. `names` are those that the project's reports come under.
    """

    project_id: int
    project: str
    answer: FaultAnswer
    seconds: float
    share: float
    since: int
    until: int
    met: int = 0
    names: frozenset[str] = frozenset()


def listed(connection: Connection, now: int) -> list[Fault]:
    """The faults in force, by project."""
    return [_fault(connection, row) for row in _LISTED.rows(connection, now=now)]


def begin(connection: Connection, fault: Fault) -> None:
    """Store a fault in place of the project's earlier one, and have the engine follow it."""
    connection.execute(delete(faults).where(faults.c.project_id == fault.project_id))
    connection.execute(
        insert(faults).values(
            project_id=fault.project_id, answer=fault.answer.value, seconds=fault.seconds,
            share=fault.share, since=fault.since, until=fault.until, met=0,
        )
    )  # fmt: skip
    job_requests.add(connection, JOB, fault.since)


def end(connection: Connection, project_id: int, now: int) -> Fault | None:
    """End a project's fault, and have the engine follow; returns what has ended, if any."""
    found = next((each for each in listed(connection, now) if each.project_id == project_id), None)
    connection.execute(delete(faults).where(faults.c.project_id == project_id))
    job_requests.add(connection, JOB, now)
    return found


def count(connection: Connection, met: Mapping[tuple[int, int], int]) -> None:
    """Store how many requests have met the faults, by project and beginning."""
    for (project_id, since), number in met.items():
        same = (faults.c.project_id == project_id) & (faults.c.since == since)
        connection.execute(update(faults).where(same).values(met=number))


def remove(connection: Connection, over: Sequence[Fault]) -> None:
    """Delete these faults; one that was set anew stays."""
    for fault in over:
        same = (faults.c.project_id == fault.project_id) & (faults.c.since == fault.since)
        connection.execute(delete(faults).where(same))


def remove_over(connection: Connection, now: int) -> None:
    """Delete the faults whose time is over."""
    connection.execute(delete(faults).where(faults.c.until <= now))


def _fault(connection: Connection, row: Sequence[Any]) -> Fault:
    shown, name, project_id, answer, seconds, share, since, until, met = row
    return Fault(
        project_id=project_id,
        project=shown or name,
        answer=FaultAnswer(answer),
        seconds=seconds,
        share=share,
        since=since,
        until=until,
        met=met,
        names=project_names.names_of(connection, project_id),
    )


_LISTED = Prepared(
    select(projects.c.shown, projects.c.name, *faults.c)
    .join_from(faults, projects, projects.c.id == faults.c.project_id)
    .where(faults.c.until > bindparam("now"))
    .order_by(projects.c.shown)
)
