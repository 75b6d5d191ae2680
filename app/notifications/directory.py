"""Channels and rules as they are kept. Each change returns what undoes it.

A channel's URL holds its secrets: it is read by who sends and by who edits it, and `Channel` has it masked
whenever it is printed.
"""

from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row, delete, insert, select, update

from app.notifications.masking import masked
from app.notifications.notice import Standing
from app.notifications.rules import Rule
from app.store.schema import channels, notification_rules, outbox

WENT = "Its channel was removed."


class Channel(Struct, frozen=True, kw_only=True):
    """Where notices go: an apprise URL under a name. Times in microseconds."""

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


class KeptRule(Struct, frozen=True, kw_only=True):
    """A rule with its name. A disabled one tells nobody."""

    id: int
    name: str
    enabled: bool
    rule: Rule


class NameTaken(Exception):
    """There is a channel of that name; the text says so."""


class Removed(Struct, frozen=True):
    """What was removed or changed, as it was; `restore` brings it back."""

    before: Channel | KeptRule


def all_channels(connection: Connection) -> list[Channel]:
    """Every channel, by name."""
    return [_channel(row) for row in connection.execute(select(*channels.c).order_by(channels.c.name))]


def channel_named(connection: Connection, name: str) -> Channel | None:
    """The channel of that name, if there is one."""
    row = connection.execute(select(*channels.c).where(channels.c.name == name)).one_or_none()
    return None if row is None else _channel(row)


def channel_of(connection: Connection, channel_id: int) -> Channel | None:
    """The channel of that number, if there is one."""
    row = connection.execute(select(*channels.c).where(channels.c.id == channel_id)).one_or_none()
    return None if row is None else _channel(row)


def add_channel(connection: Connection, name: str, url: str) -> Channel:
    """Keep a new channel. Raises `NameTaken`."""
    _demand_free(connection, name)
    added = connection.execute(insert(channels).values(name=name, url=url, enabled=True))
    (number,) = added.inserted_primary_key or (0,)
    return Channel(id=int(number), name=name, url=url)


def change_channel(connection: Connection, channel: Channel) -> Removed | None:
    """Give the channel of that number these values; None when it is not there any more.

    A new URL has not failed yet. Raises `NameTaken`.
    """
    before = channel_of(connection, channel.id)
    if before is None:
        return None
    if channel.name != before.name:
        _demand_free(connection, channel.name)
    values: dict[str, object] = {"name": channel.name, "url": channel.url, "enabled": channel.enabled}
    if channel.url != before.url:
        values["last_error"] = None
    connection.execute(update(channels).where(channels.c.id == channel.id).values(values))
    return Removed(before)


def remove_channel(connection: Connection, channel: Channel) -> Removed:
    """Forget a channel and its secrets; what waited for it is not sent."""
    connection.execute(
        update(outbox)
        .where(outbox.c.channel_id == channel.id, outbox.c.state == Standing.WAITING)
        .values(state=Standing.MISSED, due_at=None, error=WENT)
    )
    connection.execute(delete(channels).where(channels.c.id == channel.id))
    return Removed(channel)


def note_outcome(connection: Connection, channel_id: int, *, error: str | None, now: int) -> None:
    """Note how the newest try ended."""
    values = {"last_error": error} if error else {"last_error": None, "last_sent": now}
    connection.execute(update(channels).where(channels.c.id == channel_id).values(values))


def all_rules(connection: Connection) -> list[KeptRule]:
    """Every rule, in the order they were made: the first that matches tells."""
    rows = connection.execute(select(*notification_rules.c).order_by(notification_rules.c.id))
    return [_rule(row) for row in rows]


def add_rule(connection: Connection, name: str, rule: Rule) -> KeptRule:
    """Keep a new rule."""
    values = {"name": name, "enabled": True, "definition": _encoded(rule)}
    added = connection.execute(insert(notification_rules).values(values))
    (number,) = added.inserted_primary_key or (0,)
    return KeptRule(id=int(number), name=name, enabled=True, rule=rule)


def change_rule(connection: Connection, rule: KeptRule) -> Removed | None:
    """Give the rule of that number these values; None when it is not there any more."""
    mine = notification_rules.c.id == rule.id
    row = connection.execute(select(*notification_rules.c).where(mine)).one_or_none()
    if row is None:
        return None
    values = {"name": rule.name, "enabled": rule.enabled, "definition": _encoded(rule.rule)}
    connection.execute(update(notification_rules).where(mine).values(values))
    return Removed(_rule(row))


def remove_rule(connection: Connection, rule: KeptRule) -> Removed:
    """Forget a rule."""
    connection.execute(delete(notification_rules).where(notification_rules.c.id == rule.id))
    return Removed(rule)


def restore(connection: Connection, removed: Removed) -> None:
    """Bring back how something was before it was removed or changed. Raises `NameTaken`."""
    before = removed.before
    if isinstance(before, KeptRule):
        if change_rule(connection, before) is None:
            values = {"name": before.name, "enabled": before.enabled, "definition": _encoded(before.rule)}
            connection.execute(insert(notification_rules).values(id=before.id, **values))
    elif change_channel(connection, before) is None:
        _demand_free(connection, before.name)
        connection.execute(insert(channels).values(msgspec.structs.asdict(before)))


def _demand_free(connection: Connection, name: str) -> None:
    if channel_named(connection, name) is not None:
        raise NameTaken(f"There is a channel named {name} already. Choose another name, or change that one.")


def _channel(row: Row[Any]) -> Channel:
    return Channel(**row._mapping)


def _rule(row: Row[Any]) -> KeptRule:
    rule = msgspec.json.decode(row.definition, type=Rule)
    return KeptRule(id=row.id, name=row.name, enabled=row.enabled, rule=rule)


def _encoded(rule: Rule) -> str:
    return msgspec.json.encode(rule).decode()
