"""The clients that sent reports: one row a client, version and project, counted with each batch."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, delete, select

from app.model import from_micros
from app.store import bulk, sqlite
from app.store.schema import callers

# The most rows: versions change often, and a hostile client may invent them.
MOST_CALLERS = 500


class Calls(Struct, frozen=True):
    """What one client sent in a batch. Times and `skew` are in microseconds; `skew` None is unknown."""

    project: str
    protocol: str
    client: str
    version: str
    first_seen: int
    last_seen: int
    reports: int
    skew: int | None


class Caller(Struct, frozen=True, kw_only=True):
    """A client that sent reports. Its clock is `skew_seconds` ahead of ours, behind when negative."""

    client: str
    version: str | None
    protocol: str
    project: str
    first_seen: datetime
    last_seen: datetime
    reports: int
    skew_seconds: float | None


def count(connection: Connection, calls: Sequence[Calls]) -> None:
    """Add the calls of a batch, one `Calls` for each client."""
    if not calls:
        return
    rows = [(*_client(one), one.first_seen, one.last_seen, one.reports, one.skew) for one in calls]
    bulk.merge(connection, callers, rows, _MERGED)


def _client(calls: Calls) -> tuple[str, str, str, str]:
    return calls.project, calls.protocol, calls.client, calls.version


def newest(connection: Connection, limit: int = 100) -> list[Caller]:
    """The clients, the most recent caller first."""
    rows = connection.execute(select(*callers.c).order_by(callers.c.last_seen.desc()).limit(limit))
    return [
        Caller(
            client=row.client,
            version=row.version or None,
            protocol=row.protocol,
            project=row.project,
            first_seen=from_micros(row.first_seen),
            last_seen=from_micros(row.last_seen),
            reports=row.reports,
            skew_seconds=None if row.skew is None else row.skew / 1_000_000,
        )
        for row in rows
    ]


def forget_old(connection: Connection) -> None:
    """Remove all but those that called last."""
    oldest = (
        select(callers.c.last_seen).order_by(callers.c.last_seen.desc()).limit(1).offset(MOST_CALLERS - 1)
    ).scalar_subquery()
    connection.execute(delete(callers).where(callers.c.last_seen < oldest))


_MERGED = {
    "reports": "callers.reports + excluded.reports",
    "last_seen": sqlite.greatest("callers.last_seen", "excluded.last_seen"),
    "skew": "coalesce(excluded.skew, callers.skew)",
}
