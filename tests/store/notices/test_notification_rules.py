"""Notification rules as rows."""

from app.store.notices import notification_rules
from app.store.notices.notification_rules import NotificationRuleRow
from tests.factories import Store


def test_a_rule_is_added_changed_removed_and_added_again(store: Store) -> None:
    (given,) = store.read(notification_rules.listed)
    added = store.write(notification_rules.add, "mine", "{}")
    assert store.read(notification_rules.listed) == [given, added]
    changed = NotificationRuleRow(added.id, "other", False, "[]")
    assert store.write(notification_rules.change, changed) == added
    assert store.read(notification_rules.listed) == [given, changed]
    store.write(notification_rules.remove, added.id)
    assert store.read(notification_rules.listed) == [given]
    assert store.write(notification_rules.change, changed) is None
    store.write(notification_rules.add_again, changed)
    assert store.read(notification_rules.listed) == [given, changed]
