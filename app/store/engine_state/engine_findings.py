"""What the engine has found to be wrong with its own work: one row a kind, gone when it is well again.

The doctor reads it, also when no engine runs any more that could be asked.
"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select

from app.model import from_micros
from app.store.schema import engine_findings


class Kind(StrEnum):
    """What can be wrong.

    `CLOCK_JUMPED`: the detail is by how many seconds, with a sign. `DIGEST_STALLED`: reports wait and nothing
    moves; the detail says what is known of it. `DIGEST_NOT_STARTED`: the detail is the error.
    """

    CLOCK_JUMPED = "clock-jumped"
    DIGEST_STALLED = "digest-stalled"
    DIGEST_NOT_STARTED = "digest-not-started"


class EngineFinding(Struct, frozen=True):
    """Something that is wrong since `at`."""

    kind: str
    at: datetime
    detail: str


def note(connection: Connection, kind: Kind, at: int, detail: str) -> None:
    """It is so since `at`, in microseconds; replaces what was noted of that kind."""
    clear(connection, kind)
    connection.execute(insert(engine_findings).values(kind=kind, at=at, detail=detail))


def clear(connection: Connection, kind: Kind) -> None:
    """It is so no more."""
    connection.execute(delete(engine_findings).where(engine_findings.c.kind == kind))


def listed(connection: Connection) -> list[EngineFinding]:
    """All that is wrong, the newest first."""
    rows = connection.execute(select(*engine_findings.c).order_by(engine_findings.c.at.desc()))
    return [EngineFinding(row.kind, from_micros(row.at), row.detail) for row in rows]
