"""Which event was the first to arrive in a minute; of the events that are stored already, in an hour."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Connection

revision = "0022"
down_revision = "0021"

HOUR = 3_600_000_000
MINUTES = 60
ARRIVAL = (
    "SELECT events.id, reports.received_at FROM events JOIN reports ON reports.id = events.report_id "
    "WHERE events.id >= ? ORDER BY events.id LIMIT 1"
)


def upgrade() -> None:
    op.create_table(
        "event_minutes",
        sa.Column("minute", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("minute"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    last = connection.exec_driver_sql("SELECT max(id) FROM events").scalar()
    event, at = _from(connection, 0)
    hour = 0
    while event is not None:
        # A clock that was set back: hours and numbers grow together all the same.
        hour = max(hour, at // HOUR)
        connection.exec_driver_sql(
            "INSERT INTO event_minutes (minute, event) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (hour * MINUTES, event),
        )
        event, at = _from(connection, _first_after(connection, event, last or 0, (hour + 1) * HOUR))


def _from(connection: Connection, number: int) -> tuple[int | None, int]:
    """The first event with this number or a greater one, and when it arrived."""
    row = connection.exec_driver_sql(ARRIVAL, (number,)).one_or_none()
    return (None, 0) if row is None else (row[0], row[1])


def _first_after(connection: Connection, begin: int, last: int, moment: int) -> int:
    """The first number after `begin` of an event that arrived then or later; nothing is scanned for it."""
    # From small steps to large ones, and back: the next hour is mostly near.
    step, low = 1, begin
    while low < last:
        event, at = _from(connection, min(last, low + step))
        if event is None or at >= moment:
            break
        low, step = event, 2 * step
    high = min(last + 1, low + step)
    while low + 1 < high:
        middle = (low + high) // 2
        event, at = _from(connection, middle)
        if event is None or at >= moment:
            high = middle
        else:
            low = max(middle, event)
    return high
