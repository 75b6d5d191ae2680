"""Channels and rules are stored, and each change can be undone."""

import msgspec
import pytest

from app.happenings import Kind
from app.notifications import directory
from app.notifications.directory import NamedRule
from app.notifications.rules import QuietHours, Rule
from app.store.notices import channels as channel_table
from app.store.notices.channels import Channel, NameTaken
from app.store.notices.notice import NoticeState
from tests.factories import NOON, Store
from tests.notifications.factories import enter, make_happening, rows, set_rule


def channels(store: Store) -> list[Channel]:
    return store.read(directory.all_channels)


def test_a_channel_is_added_changed_and_removed_and_each_is_undone(store: Store) -> None:
    added = store.write(directory.add_channel, "hook", "json://a")
    changed = msgspec.structs.replace(added, name="hook 2", url="json://b", enabled=False)
    undo = store.write(directory.change_channel, changed)
    assert channels(store) == [changed]
    assert undo is not None
    store.write(directory.restore, undo)
    assert channels(store) == [added]
    undo = store.write(directory.remove_channel, added)
    assert channels(store) == []
    store.write(directory.restore, undo)
    assert channels(store) == [added]


def test_a_name_is_used_once(store: Store) -> None:
    one = store.write(directory.add_channel, "one", "json://a")
    two = store.write(directory.add_channel, "two", "json://b")
    with pytest.raises(NameTaken):
        store.write(directory.add_channel, "one", "json://c")
    with pytest.raises(NameTaken):
        store.write(directory.change_channel, msgspec.structs.replace(two, name="one"))
    undo = store.write(directory.remove_channel, one)
    store.write(directory.add_channel, "one", "json://c")
    with pytest.raises(NameTaken):
        store.write(directory.restore, undo)


def test_the_number_of_a_removed_channel_is_not_used_again(store: Store) -> None:
    first = store.write(directory.add_channel, "first", "json://a")
    store.write(directory.remove_channel, first)
    assert store.write(directory.add_channel, "second", "json://b").id != first.id


def test_what_waits_for_a_removed_channel_is_missed(store: Store) -> None:
    added = store.write(directory.add_channel, "hook", "json://a")
    set_rule(store, channels=(added.id,))
    enter(store, make_happening())
    store.write(directory.remove_channel, added)
    assert [(row.channel_id, row.state) for row in rows(store)] == [
        (None, NoticeState.WAITING),
        (added.id, NoticeState.MISSED),
    ]


def test_outcomes_are_stored_and_a_new_url_has_no_error(store: Store) -> None:
    added = store.write(directory.add_channel, "hook", "json://a")
    store.write(channel_table.record_outcome, added.id, error=None, now=NOON)
    store.write(channel_table.record_outcome, added.id, error="no", now=NOON + 1)
    (channel,) = channels(store)
    assert (channel.last_sent, channel.last_error) == (NOON, "no")
    store.write(directory.change_channel, msgspec.structs.replace(channel, enabled=False))
    assert channels(store)[0].last_error == "no"
    store.write(directory.change_channel, msgspec.structs.replace(channel, url="json://b"))
    assert channels(store)[0].last_error is None


def test_changing_a_removed_channel_or_rule_changes_nothing(store: Store) -> None:
    assert store.write(directory.change_channel, Channel(id=9, name="x", url="y")) is None
    rule = NamedRule(id=9, name="x", enabled=True, rule=Rule())
    assert store.write(directory.change_rule, rule) is None
    assert len(store.read(directory.all_rules)) == 1


def test_a_rule_is_added_changed_and_removed_and_each_is_undone(store: Store) -> None:
    (given,) = store.read(directory.all_rules)
    assert (given.name, given.enabled, given.rule) == ("Errors, on the desktop", True, Rule())
    rule = Rule(kinds=(Kind.ESCALATING,), projects=("shop",), quiet=QuietHours(60, 120), counts=(10,))
    added = store.write(directory.add_rule, "mine", rule)
    undo = store.write(directory.change_rule, msgspec.structs.replace(added, name="other", enabled=False))
    assert undo is not None
    store.write(directory.restore, undo)
    assert store.read(directory.all_rules) == [given, added]
    undo = store.write(directory.remove_rule, given)
    assert store.read(directory.all_rules) == [added]
    store.write(directory.restore, undo)
    assert store.read(directory.all_rules) == [given, added]
