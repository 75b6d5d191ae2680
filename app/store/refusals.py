"""What was turned away at the door: counted for ever, the newest kept to be looked at."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from app.store.schema import refusals, state

KEPT = 500


def record(connection: Connection, rows: Sequence[dict[str, object]], *, counted: int) -> None:
    """Keep `rows` (keys: at, status, reason, remote, head, body) and count `counted` refusals.

    A flood is counted whole and kept in part: `counted` may exceed the number of rows.
    """
    if rows:
        connection.execute(insert(refusals), list(rows))
        newest = connection.execute(select(func.max(refusals.c.id))).scalar_one()
        connection.execute(delete(refusals).where(refusals.c.id <= newest - KEPT))
    connection.execute(update(state).values(rejected=state.c.rejected + counted))
