"""The numbers of saved views: what is unread in each, held up to date, and cut where it is large."""

import pytest
from pytestqt.qtbot import QtBot

from app.store.inbox.lists.issues import View
from app.store.inbox.triage import actions
from app.store.places import place_counts
from app.store.places.saved_views import SavedView
from tests.factories import Store, make_event
from ui.link.store_access import StoreAccess
from ui.sidebar import entries, view_counter
from ui.sidebar.view_counter import ViewCounter

VIEWS = (
    SavedView(id=1, name="all"),
    SavedView(id=2, name="words", text="card1"),
    SavedView(id=3, name="none", view=View.RESOLVED),
)


def numbers(qtbot: QtBot, counter: ViewCounter, expected: dict[int, int | None]) -> None:
    found: list[dict[int, int | None]] = []
    counter.changed.connect(found.append)
    counter.ring()
    qtbot.waitUntil(lambda: bool(found) and found[-1] == expected)
    counter.changed.disconnect(found.append)


def test_they_are_counted_and_follow_what_comes(store: Store, access: StoreAccess, qtbot: QtBot) -> None:
    for n in range(3):
        store.file(make_event(value=f"card{n}", function=f"f{n}"))
    counter = ViewCounter(access, access)
    with qtbot.waitSignal(counter.changed) as changed:
        counter.count(VIEWS)
    if changed.args != [{1: 3, 2: 1, 3: 0}]:
        numbers(qtbot, counter, {1: 3, 2: 1, 3: 0})
    store.file(make_event(value="card1 again", function="other"))
    store.write(actions.set_unread, [1], False)
    numbers(qtbot, counter, {1: 3, 2: 2, 3: 0})
    counter.count(VIEWS[:1])
    numbers(qtbot, counter, {1: 3})


def test_a_large_number_is_cut(
    store: Store, access: StoreAccess, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view_counter, "MOST", 2)
    for n in range(5):
        store.file(make_event(function=f"f{n}"))
    counter = ViewCounter(access, access)
    with qtbot.waitSignal(counter.changed) as changed:
        counter.count(VIEWS[:1])
    assert changed.args == [{1: 3}]
    assert entries.MOST == place_counts.MOST
