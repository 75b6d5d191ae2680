"""The table `notification_rules`; what a rule's definition says is `notifications.rules`."""

from msgspec import Struct
from sqlalchemy import delete, insert, select, update

from app.store.database import Connection
from app.store.prepared import Prepared
from app.store.schema import notification_rules as rules


class NotificationRuleRow(Struct, frozen=True):
    """A rule's row: `definition` is JSON. A disabled rule sends nothing."""

    id: int
    name: str
    enabled: bool
    definition: str


def listed(connection: Connection) -> list[NotificationRuleRow]:
    """Every rule, in the order they were made: the first that matches decides."""
    return [
        NotificationRuleRow(number, name, bool(enabled), definition)
        for number, name, enabled, definition in _LISTED.rows(connection)
    ]


def add(connection: Connection, name: str, definition: str) -> NotificationRuleRow:
    """Store a new rule, enabled."""
    values = {"name": name, "enabled": True, "definition": definition}
    added = connection.execute(insert(rules).values(values))
    (number,) = added.inserted_primary_key or (0,)
    return NotificationRuleRow(int(number), name, True, definition)


def add_again(connection: Connection, rule: NotificationRuleRow) -> None:
    """Store a rule that was removed, under its old number."""
    values = {"name": rule.name, "enabled": rule.enabled, "definition": rule.definition}
    connection.execute(insert(rules).values(id=rule.id, **values))


def change(connection: Connection, rule: NotificationRuleRow) -> NotificationRuleRow | None:
    """Give the rule of that number these values; returns it as it was, None when it is not there any more."""
    same = rules.c.id == rule.id
    row = connection.execute(select(*rules.c).where(same)).one_or_none()
    if row is None:
        return None
    values = {"name": rule.name, "enabled": rule.enabled, "definition": rule.definition}
    connection.execute(update(rules).where(same).values(values))
    return NotificationRuleRow(*row)


def remove(connection: Connection, rule_id: int) -> None:
    """Delete a rule."""
    connection.execute(delete(rules).where(rules.c.id == rule_id))


_LISTED = Prepared(select(rules.c.id, rules.c.name, rules.c.enabled, rules.c.definition).order_by(rules.c.id))
