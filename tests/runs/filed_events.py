"""What has been filed of a project, read from the store."""

from contextlib import closing
from pathlib import Path

from app import detail
from app.model import Event
from app.query import writing
from app.store.database import open_existing
from app.store.inbox.lists import events
from app.store.queue import queue_overview
from tests.end2end.engine_process import wait_until


def of(folder: Path, project: str) -> list[Event]:
    """The events of a project, the oldest first, once nothing waits to be filed."""
    with closing(open_existing(folder)) as database:

        def is_done() -> bool:
            with database.reading() as connection:
                return queue_overview.status(connection).pending == 0

        wait_until(is_done, "everything to be filed")
        with database.reading() as connection:
            found = events.summaries(connection, text=writing.term("project", project))
            whole = [detail.read_event(connection, each.pk) for each in reversed(found)]
    return [each.event for each in whole if each is not None]
