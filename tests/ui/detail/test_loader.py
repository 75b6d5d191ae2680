"""Events read for the pane, off the UI thread."""

import pytest
from pytestqt.qtbot import QtBot

from app.detail import EventDetail, read_event
from app.store.errors import DatabaseMissing
from tests.ui.detail.arrivals import Arrivals
from ui.detail.loader import Loader, Passed, is_store_error
from ui.link.background import Interrupted
from ui.link.store_access import StoreAccess


class Inbox:
    """Collects what arrives."""

    def __init__(self) -> None:
        self.arrived: list[EventDetail | None] = []
        self.failed: list[BaseException] = []


def test_the_newest_event_arrives(access: StoreAccess, arrivals: Arrivals, qtbot: QtBot) -> None:
    arrivals.send(value="'old'")
    arrivals.send(value="'new'")
    inbox = Inbox()
    Loader(access).newest(1, inbox.arrived.append, inbox.failed.append)
    qtbot.waitUntil(lambda: bool(inbox.arrived))
    assert inbox.arrived[0] is not None
    assert inbox.arrived[0].event.exceptions[0].value == "'new'"


def test_of_several_requests_only_the_last_is_answered(
    access: StoreAccess, arrivals: Arrivals, qtbot: QtBot
) -> None:
    for _ in range(3):
        arrivals.send()
    inbox = Inbox()
    loader = Loader(access)
    for pk in (1, 2, 3):
        loader.event(pk, inbox.arrived.append, inbox.failed.append)
    qtbot.waitUntil(lambda: bool(inbox.arrived))
    assert [detail and detail.pk for detail in inbox.arrived] == [3]


def test_an_event_that_is_gone_arrives_as_none(access: StoreAccess, arrivals: Arrivals, qtbot: QtBot) -> None:
    inbox = Inbox()
    Loader(access).event(999, inbox.arrived.append, inbox.failed.append)
    Loader(access).newest(999, inbox.arrived.append, inbox.failed.append)
    qtbot.waitUntil(lambda: len(inbox.arrived) == 2)
    assert inbox.arrived == [None, None]


@pytest.mark.parametrize(
    ("error", "expected"),
    [(DatabaseMissing("gone"), True), (OSError("no such disk"), True), (KeyError("ours"), False)],
)
def test_a_store_that_cannot_be_read_is_no_bug(error: Exception, expected: bool) -> None:
    assert is_store_error(error) is expected


@pytest.fixture
def shown(access: StoreAccess, arrivals: Arrivals, qtbot: QtBot) -> tuple[Loader, EventDetail]:
    """The middle one of three events of issue 1; issue 2 has one."""
    for value in ("a", "b", "c"):
        arrivals.send(value=value)
    arrivals.send("OtherError")
    inbox, loader = Inbox(), Loader(access)
    loader.event(2, inbox.arrived.append, inbox.failed.append)
    qtbot.waitUntil(lambda: bool(inbox.arrived))
    (detail,) = inbox.arrived
    assert detail is not None
    return loader, detail


def remembered(loader: Loader) -> list[tuple[int, int | None]]:
    return [(key.issue_id, key.pk) for key in loader._remembered]


def test_what_is_next_to_the_shown_event_is_read_ahead_and_is_there_at_once(
    shown: tuple[Loader, EventDetail], qtbot: QtBot
) -> None:
    loader, detail = shown
    loader.read_ahead(detail, [2])
    qtbot.waitUntil(lambda: len(loader._remembered) == 3)
    inbox = Inbox()
    assert loader.newest(2, inbox.arrived.append, inbox.failed.append)
    assert loader.event(3, inbox.arrived.append, inbox.failed.append)
    assert [event and event.pk for event in inbox.arrived] == [4, 3]
    assert remembered(loader) == [(1, 1)]


def test_what_was_read_ahead_is_forgotten_when_its_issue_changes(
    shown: tuple[Loader, EventDetail], qtbot: QtBot
) -> None:
    loader, detail = shown
    loader.read_ahead(detail, [2])
    qtbot.waitUntil(lambda: len(loader._remembered) == 3)
    loader.forget({1})
    assert remembered(loader) == [(2, None)]


def test_little_is_remembered(
    shown: tuple[Loader, EventDetail], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    loader, detail = shown
    monkeypatch.setattr("ui.detail.loader.MOST_AHEAD", 2)
    loader.read_ahead(detail, [2, 99, 1])
    qtbot.waitUntil(lambda: bool(loader._remembered) and loader._ahead is None)
    assert remembered(loader) == [(2, None)]
    loader.read_ahead(detail, [])
    qtbot.waitUntil(lambda: loader._ahead is None and len(loader._remembered) == 2)
    monkeypatch.setattr("ui.detail.loader.LARGEST_AHEAD", 0)
    loader._remembered.clear()
    loader.read_ahead(detail, [2])
    qtbot.waitUntil(lambda: loader._ahead is None)
    assert remembered(loader) == []


def test_reading_ends_at_its_next_step_once_it_was_passed(access: StoreAccess, arrivals: Arrivals) -> None:
    arrivals.send()
    passed = Passed()
    passed.check()
    passed.is_set = True
    with arrivals.database.reading() as connection, pytest.raises(Interrupted):
        read_event(connection, 1, go_on=passed.check)
