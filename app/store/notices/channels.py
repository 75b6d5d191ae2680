"""The table `channels`: where notices go.

A channel's URL holds its secrets: only what sends and what edits a channel reads it. `Channel` masks it
whenever it is printed.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import delete, insert, select, update

from app.store.database import Connection
from app.store.notices.masking import masked
from app.store.prepared import Prepared
from app.store.schema import channels


class Channel(Struct, frozen=True, kw_only=True):
    """Where notices go: an apprise URL under a name. Times in microseconds since 1970."""

    id: int
    name: str
    url: str
    enabled: bool = True
    last_sent: int | None = None
    last_error: str | None = None

    @property
    def where(self) -> str:
        """Where it goes, without its secrets."""
        return masked(self.url)

    def __repr__(self) -> str:
        return f"Channel({self.id}, {self.name!r}, {self.where!r})"


class NameTaken(Exception):
    """There is a channel of that name; the text says so."""


def listed(connection: Connection) -> list[Channel]:
    """Every channel, by name."""
    return [_channel(row) for row in _LISTED.rows(connection)]


def named(connection: Connection, name: str) -> Channel | None:
    """The channel of that name, if there is one."""
    row = connection.execute(select(*channels.c).where(channels.c.name == name)).one_or_none()
    return None if row is None else _channel(row)


def get(connection: Connection, channel_id: int) -> Channel | None:
    """The channel of that number, if there is one."""
    row = connection.execute(select(*channels.c).where(channels.c.id == channel_id)).one_or_none()
    return None if row is None else _channel(row)


def add(connection: Connection, name: str, url: str) -> Channel:
    """Store a new channel, enabled. Raises `NameTaken`."""
    _demand_free(connection, name)
    added = connection.execute(insert(channels).values(name=name, url=url, enabled=True))
    (number,) = added.inserted_primary_key or (0,)
    return Channel(id=int(number), name=name, url=url)


def add_again(connection: Connection, channel: Channel) -> None:
    """Store a channel that was removed, under its old number. Raises `NameTaken`."""
    _demand_free(connection, channel.name)
    connection.execute(insert(channels).values(msgspec.structs.asdict(channel)))


def change(connection: Connection, channel: Channel) -> Channel | None:
    """Give the channel of that number the name, URL and switch of `channel`.

    Returns it as it was before, None when it is not there any more. A new URL has not failed yet: its last
    error goes. Raises `NameTaken`.
    """
    before = get(connection, channel.id)
    if before is None:
        return None
    if channel.name != before.name:
        _demand_free(connection, channel.name)
    values: dict[str, object] = {"name": channel.name, "url": channel.url, "enabled": channel.enabled}
    if channel.url != before.url:
        values["last_error"] = None
    connection.execute(update(channels).where(channels.c.id == channel.id).values(values))
    return before


def remove(connection: Connection, channel_id: int) -> None:
    """Delete a channel and its secrets."""
    connection.execute(delete(channels).where(channels.c.id == channel_id))


def record_outcome(connection: Connection, channel_id: int, *, error: str | None, now: int) -> None:
    """Store how the newest try ended: with `error`, or sent at `now` (microseconds)."""
    values = {"last_error": error} if error else {"last_error": None, "last_sent": now}
    connection.execute(update(channels).where(channels.c.id == channel_id).values(values))


def _demand_free(connection: Connection, name: str) -> None:
    if named(connection, name) is not None:
        raise NameTaken(f"There is a channel named {name} already. Choose another name, or change that one.")


def _channel(row: Sequence[Any]) -> Channel:
    number, name, url, enabled, last_sent, last_error = row
    return Channel(
        id=number, name=name, url=url, enabled=bool(enabled), last_sent=last_sent, last_error=last_error
    )


_LISTED = Prepared(select(*channels.c).order_by(channels.c.name))
