"""The outbox as it is looked at, and what the desktop shows."""

from app.notifications import directory, listing
from app.notifications.listing import GONE
from app.notifications.notice import Standing
from app.notifications.rules import MINUTE, QuietHours
from tests.factories import NOON, Store
from tests.notifications.telling import enter, make_happening, set_rule, told


def test_the_list_names_channels_and_rules_the_newest_first(store: Store) -> None:
    hook = store.write(directory.add_channel, "hook", "json://host/t0psecret")
    gone = store.write(directory.add_channel, "gone", "json://host")
    rule = set_rule(store, channels=(hook.id, gone.id))
    enter(store, make_happening())
    store.write(directory.remove_channel, gone)
    listed = store.read(listing.listed)
    assert [(each.channel, each.rule, each.state) for each in listed] == [
        (GONE, rule.name, Standing.MISSED),
        ("hook", rule.name, Standing.WAITING),
        ("desktop", rule.name, Standing.WAITING),
    ]
    assert "t0psecret" not in repr(listed)
    assert [each.id for each in store.read(listing.listed, 1)] == [3]


def test_the_desktop_shows_each_once(store: Store) -> None:
    enter(store, make_happening(1), make_happening(2))
    shown = store.read(listing.for_desktop, NOON)
    assert [notice.issue_id for notice in shown.notices] == [1, 2]
    assert shown.next_due is None
    first = store.write(listing.take_for_desktop, shown.notices[:1], NOON)
    assert [notice.issue_id for notice in first] == [1]
    # Another window has read the same.
    assert [each.issue_id for each in store.write(listing.take_for_desktop, shown.notices, NOON + 1)] == [2]
    assert store.read(listing.for_desktop, NOON).notices == ()
    assert told(store, Standing.SENT) == [("new", 1, 1), ("new", 2, 1)]


def test_the_desktop_knows_when_to_look_again_and_shows_nothing_stale(store: Store) -> None:
    enter(store, make_happening(1))
    set_rule(store, quiet=QuietHours(0, 1439))
    enter(store, make_happening(2))
    until = QuietHours(0, 1439).until(NOON)
    assert until is not None
    shown = store.read(listing.for_desktop, NOON + 10 * MINUTE)
    assert ([notice.issue_id for notice in shown.notices], shown.next_due) == ([1], until)
    assert store.read(listing.for_desktop, NOON + 10 * MINUTE + 1).notices == ()
    assert [notice.kind for notice in store.read(listing.for_desktop, until).notices] == ["quiet"]


def test_what_is_for_others_is_not_shown_here(store: Store) -> None:
    hook = store.write(directory.add_channel, "hook", "json://host")
    set_rule(store, desktop=False, channels=(hook.id,))
    enter(store, make_happening())
    assert store.read(listing.for_desktop, NOON).notices == ()
