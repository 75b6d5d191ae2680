"""Channels and rules as the rooms above read and change them. Each change returns what undoes it."""

import msgspec
from msgspec import Struct

from app.notifications.rules import Rule
from app.store.database import Connection
from app.store.notices import channels, notification_rules, outbox
from app.store.notices.channels import Channel
from app.store.notices.notification_rules import NotificationRuleRow


class NamedRule(Struct, frozen=True, kw_only=True):
    """A rule with its name. A disabled one sends nothing."""

    id: int
    name: str
    enabled: bool
    rule: Rule


class PreviousRow(Struct, frozen=True):
    """What was removed or changed, as it was; `restore` brings it back."""

    before: Channel | NamedRule


def all_channels(connection: Connection) -> list[Channel]:
    """Every channel, by name."""
    return channels.listed(connection)


def add_channel(connection: Connection, name: str, url: str) -> Channel:
    """Store a new channel. Raises `NameTaken`."""
    return channels.add(connection, name, url)


def change_channel(connection: Connection, channel: Channel) -> PreviousRow | None:
    """Give the channel of that number these values; None when it is not there any more.

    A new URL has not failed yet. Raises `NameTaken`.
    """
    before = channels.change(connection, channel)
    return None if before is None else PreviousRow(before)


def remove_channel(connection: Connection, channel: Channel) -> PreviousRow:
    """Delete a channel and its secrets; what waited for it is not sent."""
    outbox.miss_waiting(connection, channel.id)
    channels.remove(connection, channel.id)
    return PreviousRow(channel)


def all_rules(connection: Connection) -> list[NamedRule]:
    """Every rule, in the order they were made: the first that matches decides."""
    return [_decoded(row) for row in notification_rules.listed(connection)]


def add_rule(connection: Connection, name: str, rule: Rule) -> NamedRule:
    """Store a new rule."""
    row = notification_rules.add(connection, name, _definition(rule))
    return NamedRule(id=row.id, name=name, enabled=row.enabled, rule=rule)


def change_rule(connection: Connection, rule: NamedRule) -> PreviousRow | None:
    """Give the rule of that number these values; None when it is not there any more."""
    before = notification_rules.change(connection, _row(rule))
    return None if before is None else PreviousRow(_decoded(before))


def remove_rule(connection: Connection, rule: NamedRule) -> PreviousRow:
    """Delete a rule."""
    notification_rules.remove(connection, rule.id)
    return PreviousRow(rule)


def restore(connection: Connection, removed: PreviousRow) -> None:
    """Bring back what was removed or changed, as it was before. Raises `NameTaken`."""
    before = removed.before
    if isinstance(before, NamedRule):
        row = _row(before)
        if notification_rules.change(connection, row) is None:
            notification_rules.add_again(connection, row)
    elif channels.change(connection, before) is None:
        channels.add_again(connection, before)


def _decoded(row: NotificationRuleRow) -> NamedRule:
    rule = msgspec.json.decode(row.definition, type=Rule)
    return NamedRule(id=row.id, name=row.name, enabled=row.enabled, rule=rule)


def _row(rule: NamedRule) -> NotificationRuleRow:
    return NotificationRuleRow(rule.id, rule.name, rule.enabled, _definition(rule.rule))


def _definition(rule: Rule) -> str:
    return msgspec.json.encode(rule).decode()
