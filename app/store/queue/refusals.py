"""Requests that were refused: all are counted, and stored whole as far as a budget of bytes allows.

The oldest make room for the newest. A person may have some of them tried again; the engine then receives them
again (`receiver.retry`), and each becomes a report or stays here, with the new reason.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, delete, func, insert, select, update

from app.store.schema import refusals, refused_rests, state

# The list reads this much of a body; the rest is read only for a request that is opened.
BEGINNING_BYTES = 4096
# A request without a body costs a row all the same.
MOST_ROWS = 10_000
DEFAULT_BUDGET = 64 << 20


class RefusedRequest(Struct, frozen=True):
    """All that is stored of one request: enough to receive it again."""

    id: int
    at: int
    remote: str
    head: bytes
    body: bytes


def record(
    connection: Connection,
    rows: Sequence[Mapping[str, Any]],
    *,
    counted: int,
    budget: int = DEFAULT_BUDGET,
) -> None:
    """Store `rows` and count `counted` refusals; removes older ones until all take at most `budget` bytes.

    The keys of a row: at, status, reason, remote, head, body, and body_size where the body was longer than
    what is given of it. A flood is counted whole and stored in part: `counted` may exceed the number of rows.
    """
    for row in rows:
        body = row["body"]
        values = {
            "body_size": len(body),
            **row,
            "body": body[:BEGINNING_BYTES],
            "kept_bytes": len(row["head"]) + len(body),
        }
        number = connection.execute(insert(refusals).values(values)).inserted_primary_key
        if number is not None and len(body) > BEGINNING_BYTES:
            rest = {"refusal_id": number[0], "rest": body[BEGINNING_BYTES:]}
            connection.execute(insert(refused_rests).values(rest))
    if rows:
        _make_room(connection, budget)
    connection.execute(update(state).values(rejected=state.c.rejected + counted))


def rest(connection: Connection, refusal_id: int) -> bytes:
    """What is stored of a body beyond its beginning."""
    found = select(refused_rests.c.rest).where(refused_rests.c.refusal_id == refusal_id)
    return connection.execute(found).scalar() or b""


def request_retry(connection: Connection, refusal_ids: Sequence[int] | None, now: int) -> list[int]:
    """Request a retry of these, or with None of all; returns those that are still stored."""
    chosen = select(refusals.c.id).order_by(refusals.c.id)
    if refusal_ids is not None:
        chosen = chosen.where(refusals.c.id.in_(refusal_ids))
    found = list(connection.execute(chosen).scalars())
    connection.execute(update(refusals).where(refusals.c.id.in_(chosen)).values(retry_at=now))
    return found


def next_requested(connection: Connection) -> int | None:
    """When the oldest open retry was requested, in microseconds; None when none is."""
    oldest = select(func.min(refusals.c.retry_at)).where(refusals.c.retry_at.is_not(None))
    return connection.execute(oldest).scalar()


def requested(connection: Connection) -> list[int]:
    """Those that are to be tried again, the oldest first."""
    requested = select(refusals.c.id).where(refusals.c.retry_at.is_not(None)).order_by(refusals.c.id)
    return list(connection.execute(requested).scalars())


def whole(connection: Connection, refusal_id: int) -> RefusedRequest | None:
    """All that is stored of one request; None when it is removed."""
    columns = refusals.c
    found = select(columns.at, columns.remote, columns.head, columns.body).where(columns.id == refusal_id)
    row = connection.execute(found).one_or_none()
    if row is None:
        return None
    return RefusedRequest(refusal_id, row.at, row.remote, row.head, row.body + rest(connection, refusal_id))


def remove(connection: Connection, refusal_id: int) -> bool:
    """Remove one whose retry made it a report; False when it is removed already, or no retry is requested."""
    # The number of the newest one is used again once it is removed: for that one no retry is requested.
    is_requested = (refusals.c.id == refusal_id) & refusals.c.retry_at.is_not(None)
    if connection.execute(select(refusals.c.id).where(is_requested)).first() is None:
        return False
    connection.execute(delete(refused_rests).where(refused_rests.c.refusal_id == refusal_id))
    connection.execute(delete(refusals).where(is_requested))
    return True


def refuse_again(connection: Connection, refusal_id: int, status: int, reason: str) -> None:
    """Record that a retry was refused as well, with the new status and reason."""
    values = {"status": status, "reason": reason, "retry_at": None, "retries": refusals.c.retries + 1}
    connection.execute(update(refusals).where(refusals.c.id == refusal_id).values(values))


def _make_room(connection: Connection, budget: int) -> None:
    sizes = connection.execute(select(refusals.c.id, refusals.c.kept_bytes).order_by(refusals.c.id.desc()))
    total = 0
    for place, (number, size) in enumerate(sizes):
        total += size
        if total > budget or place == MOST_ROWS:
            connection.execute(delete(refused_rests).where(refused_rests.c.refusal_id <= number))
            connection.execute(delete(refusals).where(refusals.c.id <= number))
            return
