"""Waiting for an app's first event: neither a test nor what came before or of others is one."""

import pytest
from pytestqt.qtbot import QtBot

from tests.factories import Store, make_event
from ui.connect.first_event import FirstEvent
from ui.link.store_access import StoreAccess


@pytest.fixture
def waiting(access: StoreAccess, store: Store) -> FirstEvent:
    store.file(make_event(event_id="0" * 32), project="shop")
    return FirstEvent(access, access)


def wait_for(waiting: FirstEvent, project: str, qtbot: QtBot) -> None:
    waiting.wait_for(project)
    qtbot.waitUntil(lambda: waiting._through is not None)


def test_the_first_event_after_the_waiting_began_is_the_proof(
    waiting: FirstEvent, store: Store, qtbot: QtBot
) -> None:
    wait_for(waiting, "shop", qtbot)
    waiting.tests.add("1" * 32)
    store.file(make_event(event_id="1" * 32), project="shop")
    store.file(make_event(), project="web")
    with qtbot.waitSignal(waiting.others_came) as others, qtbot.assertNotEmitted(waiting.arrived):
        waiting.ring()
    assert others.args == [("web",)]
    store.file(make_event(event_id="2" * 32), project="shop")
    with qtbot.waitSignal(waiting.arrived) as arrived:
        waiting.ring()
    assert arrived.args is not None
    assert arrived.args[0].event_id == "2" * 32
    with qtbot.assertNotEmitted(waiting.arrived, wait=50):
        waiting.ring()


def test_another_name_begins_the_waiting_anew(waiting: FirstEvent, store: Store, qtbot: QtBot) -> None:
    wait_for(waiting, "shop", qtbot)
    wait_for(waiting, "web", qtbot)
    store.file(make_event(), project="shop")
    store.file(make_event(), project="web")
    with qtbot.waitSignal(waiting.arrived) as arrived:
        waiting.ring()
    assert arrived.args is not None
    assert arrived.args[0].project == "web"
    waiting.stop()
