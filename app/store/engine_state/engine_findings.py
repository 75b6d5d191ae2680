"""The table `engine_findings`: faults that the engine found in its own work, one row a kind while it lasts.

The doctor reads it, also when no engine is running.
"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select

from app.model import from_micros
from app.store.schema import engine_findings


class FindingKind(StrEnum):
    """The kinds of faults.

    `CLOCK_JUMPED`: the detail is by how many seconds, with a sign. `DIGEST_STALLED`: reports wait and none is
    digested; the detail says what is known of it. `DIGEST_NOT_STARTED`: the detail is the error.
    """

    CLOCK_JUMPED = "clock-jumped"
    DIGEST_STALLED = "digest-stalled"
    DIGEST_NOT_STARTED = "digest-not-started"


class EngineFinding(Struct, frozen=True):
    """A fault since `at`."""

    kind: str
    at: datetime
    detail: str


def note(connection: Connection, kind: FindingKind, at: int, detail: str) -> None:
    """Store a fault since `at`, in microseconds; replaces one of the same kind."""
    clear(connection, kind)
    connection.execute(insert(engine_findings).values(kind=kind, at=at, detail=detail))


def clear(connection: Connection, kind: FindingKind) -> None:
    """Delete the fault of that kind, if it is stored."""
    connection.execute(delete(engine_findings).where(engine_findings.c.kind == kind))


def listed(connection: Connection) -> list[EngineFinding]:
    """All faults, the newest first."""
    rows = connection.execute(select(*engine_findings.c).order_by(engine_findings.c.at.desc()))
    return [EngineFinding(row.kind, from_micros(row.at), row.detail) for row in rows]
