"""What is stored of the events and requests that were sent."""

from contextlib import closing
from pathlib import Path

from msgspec import Struct
from sqlalchemy import func, select

from app.store import schema as t
from app.store.database import open_existing
from app.store.queue import queue_overview


class FiledEvent(Struct, frozen=True):
    """A filed event, and its issue."""

    event_id: str
    title: str
    project: str
    issue_id: int


def filed_events(folder: Path) -> list[FiledEvent]:
    """All events, the oldest first."""
    wanted = (
        select(t.events.c.event_id, t.events.c.title, t.projects.c.name, t.events.c.issue_id)
        .join(t.projects, t.projects.c.id == t.events.c.project_id)
        .order_by(t.events.c.id)
    )
    with closing(open_existing(folder)) as database, database.reading() as connection:
        return [FiledEvent(*row) for row in connection.execute(wanted)]


def dead_letters(folder: Path) -> str:
    """A complaint about reports that could not be digested; empty when there are none."""
    with closing(open_existing(folder)) as database, database.reading() as connection:
        failed = queue_overview.setbacks(connection)
    if not failed:
        return ""
    first = failed[0]
    return (
        f"{len(failed)} dead letters, such as {first.report_id} ({first.protocol}): {first.traceback[-700:]}"
    )


def refused_bytes(folder: Path) -> int:
    """How many bytes are stored of refused requests."""
    with closing(open_existing(folder)) as database, database.reading() as connection:
        beginnings = func.sum(func.length(t.refusals.c.head) + func.length(t.refusals.c.body))
        rests = func.sum(func.length(t.refused_rests.c.rest))
        found = (connection.execute(select(asked)).scalar() for asked in (beginnings, rests))
        return sum(size or 0 for size in found)
