"""The events of an issue as a table: a line each, with the columns that a person has chosen."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from app.digest.entries.entries import user_of
from app.issue_overview import whole_events
from app.model import Event, Level
from app.store.grouping import issue_events

if TYPE_CHECKING:
    from app.digest.understanding import ReadAgent
    from app.store.database import Connection

TAG = "tag."
AT_ONCE = 100


class EventLine(Struct, frozen=True, kw_only=True):
    """One event. `values` has the text of each chosen column, empty where the event has none.

    `columns` are all the columns in which the event has a value.
    """

    pk: int
    event_id: str
    timestamp: datetime
    level: Level
    values: tuple[str, ...]
    columns: frozenset[str]


def _request_url(event: Event) -> str | None:
    return event.request.url if event.request else None


def _message(event: Event) -> str | None:
    raised = event.exceptions[-1] if event.exceptions else None
    return (raised.value if raised else None) or event.message or event.title


def _browser(event: Event) -> str | None:
    agent = event.user_agent
    return f"{agent.browser} {agent.browser_version or ''}".strip() if agent and agent.browser else None


def _system(event: Event) -> str | None:
    agent = event.user_agent
    return f"{agent.os} {agent.os_version or ''}".strip() if agent and agent.os else None


COLUMNS: dict[str, Callable[[Event], str | None]] = {
    "message": _message,
    "user": user_of,
    "release": lambda event: event.release,
    "environment": lambda event: event.environment,
    "url": _request_url,
    "transaction": lambda event: event.transaction,
    "server": lambda event: event.server_name,
    "browser": _browser,
    "system": _system,
    "logger": lambda event: event.logger,
    "event id": lambda event: event.event_id,
}
"""What every event may have, by the column's name. A tag's column is `tag.` and its name."""


def value(event: Event, column: str) -> str:
    """The event's text in a column; empty where it has none."""
    if column.startswith(TAG):
        return str(event.tags.get(column.removeprefix(TAG), ""))
    read = COLUMNS.get(column)
    return (read(event) or "") if read else ""


def page(
    connection: "Connection",
    issue_id: int,
    columns: tuple[str, ...],
    *,
    before: int | None = None,
    limit: int = AT_ONCE,
    read_agent: "ReadAgent | None" = None,
) -> list[EventLine]:
    """Up to `limit` events of the issue, the newest first, beginning below number `before`."""
    numbers = issue_events.before(connection, issue_id, before, limit)
    return [_line(pk, event, columns) for pk, event in whole_events.read(connection, numbers, read_agent)]


def _line(pk: int, event: Event, columns: tuple[str, ...]) -> EventLine:
    filled = frozenset(name for name in COLUMNS if value(event, name))
    return EventLine(
        pk=pk,
        event_id=event.event_id,
        timestamp=event.timestamp,
        level=event.level,
        values=tuple(value(event, column) for column in columns),
        columns=filled | {f"{TAG}{name}" for name in event.tags},
    )
