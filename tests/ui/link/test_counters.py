"""The numbers of the sidebar and the status bar."""

from pytestqt.qtbot import QtBot

from app.store.inbox.lists.issues import View
from tests.factories import Store, make_event
from ui.link.counters import Counters
from ui.link.store_access import StoreAccess


def test_numbers_come_after_a_ring_and_a_burst_is_one_more_query(
    access: StoreAccess, store: Store, qtbot: QtBot
) -> None:
    store.file(make_event())
    counters = Counters(access)
    with qtbot.waitSignal(counters.changed) as changed:
        counters.ring()
    assert changed.args is not None
    numbers = changed.args[0]
    assert numbers.counts.views[View.INBOX] == 1
    assert numbers.queue.digested == 1
    store.file(make_event(function="other"))
    with qtbot.waitSignal(counters.changed) as changed:
        for _ in range(100):
            counters.ring()
    assert changed.args is not None
    assert changed.args[0].counts.views[View.INBOX] == 2


def test_numbers_that_stay_are_not_emitted_again(access: StoreAccess, store: Store, qtbot: QtBot) -> None:
    counters = Counters(access)
    with qtbot.waitSignal(counters.changed):
        counters.ring()
    with qtbot.assertNotEmitted(counters.changed):
        counters._throttle.request_now()
        qtbot.waitUntil(lambda: not counters._throttle.is_working)
