"""Channels as rows, and that printing one shows no secret."""

import pytest
from msgspec.structs import replace

from app.store.notices import channels
from app.store.notices.channels import NameTaken
from tests.factories import NOON, Store


def test_channels_are_listed_by_name_and_found_by_name_and_number(store: Store) -> None:
    second = store.write(channels.add, "second", "json://b")
    first = store.write(channels.add, "first", "json://a")
    assert store.read(channels.listed) == [first, second]
    assert store.read(channels.named, "second") == second
    assert store.read(channels.get, first.id) == first
    assert store.read(channels.named, "third") is None
    assert store.read(channels.get, 99) is None


def test_a_changed_channel_is_returned_as_it_was(store: Store) -> None:
    added = store.write(channels.add, "hook", "json://a")
    changed = replace(added, name="other", enabled=False)
    assert store.write(channels.change, changed) == added
    assert store.read(channels.listed) == [changed]
    store.write(channels.remove, added.id)
    assert store.write(channels.change, changed) is None
    store.write(channels.add_again, added)
    assert store.read(channels.listed) == [added]
    with pytest.raises(NameTaken, match="hook"):
        store.write(channels.add_again, replace(added, id=99))


def test_a_sent_notice_clears_the_error(store: Store) -> None:
    added = store.write(channels.add, "hook", "json://a")
    store.write(channels.record_outcome, added.id, error="It is full.", now=NOON)
    assert store.read(channels.listed) == [replace(added, last_error="It is full.")]
    store.write(channels.record_outcome, added.id, error=None, now=NOON)
    assert store.read(channels.listed) == [replace(added, last_sent=NOON)]


def test_a_printed_channel_shows_no_secret(store: Store) -> None:
    added = store.write(channels.add, "hook", "slack://t0psecret/hunter2")
    assert added.where == "slack://…"
    assert "t0psecret" not in repr(added)
    assert "hook" in repr(added)
