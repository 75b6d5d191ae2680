"""What is due on the desktop, shown once and by one window."""

from app.notifications import directory
from app.notifications.rules import MINUTE, QuietHours
from app.store.notices import due_notices, outbox
from app.store.notices.notice import NoticeState
from tests.factories import NOON, Store
from tests.notifications.factories import enter, make_happening, notices_in, set_rule


def test_the_desktop_shows_each_once(store: Store) -> None:
    enter(store, make_happening(1), make_happening(2))
    shown = store.read(due_notices.for_desktop, NOON)
    assert [notice.issue_id for notice in shown.notices] == [1, 2]
    assert shown.next_due is None
    first = store.write(outbox.take_for_desktop, shown.notices[:1], NOON)
    assert [notice.issue_id for notice in first] == [1]
    # Another window has read the same.
    assert [each.issue_id for each in store.write(outbox.take_for_desktop, shown.notices, NOON + 1)] == [2]
    assert store.read(due_notices.for_desktop, NOON).notices == ()
    assert notices_in(store, NoticeState.SENT) == [("new", 1, 1), ("new", 2, 1)]


def test_the_desktop_knows_when_to_look_again_and_shows_nothing_stale(store: Store) -> None:
    enter(store, make_happening(1))
    set_rule(store, quiet=QuietHours(0, 1439))
    enter(store, make_happening(2))
    until = QuietHours(0, 1439).until(NOON)
    assert until is not None
    shown = store.read(due_notices.for_desktop, NOON + 10 * MINUTE)
    assert ([notice.issue_id for notice in shown.notices], shown.next_due) == ([1], until)
    assert store.read(due_notices.for_desktop, NOON + 10 * MINUTE + 1).notices == ()
    assert [notice.kind for notice in store.read(due_notices.for_desktop, until).notices] == ["quiet"]


def test_what_is_for_others_is_not_shown_here(store: Store) -> None:
    hook = store.write(directory.add_channel, "hook", "json://host")
    set_rule(store, desktop=False, channels=(hook.id,))
    enter(store, make_happening())
    assert store.read(due_notices.for_desktop, NOON).notices == ()
