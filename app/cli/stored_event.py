"""The event that a command was given the id of."""

from contextlib import closing

from app import detail
from app.detail import EventDetail
from app.plain_text import say
from app.program_command import NAME
from app.settings import Settings
from app.store.database import open_existing
from app.store.inbox.lists import events as event_store


def read(settings: Settings, event_id: str) -> EventDetail | None:
    """The event, whole; where there is none, says so and returns None. Raises `StoreError`."""
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        pk = event_store.find(connection, event_id)
        found = None if pk is None else detail.read_event(connection, pk)
    if found is None:
        say(
            f"There is no event {event_id} in {settings.data_dir}. It may still wait to be digested "
            f"({NAME} status), or retention has removed it.",
            error=True,
        )
    return found
