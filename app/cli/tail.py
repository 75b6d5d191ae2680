"""Follows a store: returns every event as it is filed, each once, in order of arrival."""

from collections.abc import Iterator

from app.model import EventSummary
from app.store.database import Database
from app.store.inbox.lists import events

AT_ONCE = 200


class Tail:
    """Remembers the last event returned. Begins with the next one to be filed."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.reading() as connection:
            self._last = events.last(connection)

    def new(self) -> Iterator[EventSummary]:
        """The events filed since the last call."""
        while True:
            with self.database.reading() as connection:
                fresh = events.after(connection, self._last, limit=AT_ONCE)
            yield from fresh
            if not fresh:
                return
            self._last = fresh[-1].pk
