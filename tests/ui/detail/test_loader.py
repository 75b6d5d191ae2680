"""Events read for the pane, off the UI thread."""

import pytest
from pytestqt.qtbot import QtBot

from app.detail import EventDetail
from app.store.errors import DatabaseMissing
from tests.ui.detail.arrivals import Arrivals
from ui.detail.loader import Loader, is_store_error
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
