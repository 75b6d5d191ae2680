"""A search that finds nothing says what would find something."""

import pytest
from pytestqt.qtbot import QtBot

from app.model import IssueState
from tests.factories import Store, make_event, set_state
from ui.issues.search import explaining as explaining_module
from ui.issues.search.explaining import Explaining, tried, ways
from ui.link.store_access import StoreAccess
from ui.places import Place


def test_the_ways_that_there_are() -> None:
    found = ways(Place("inbox", "shop"), "boom is:opne level:error")
    assert [each.label for each in found] == [
        "Search for boom is:open level:error",
        "In all projects",
        "In Everything",
        "Without “boom”",
        "Without is:opne",
        "Without level:error",
        "Only “boom”",
        "Only is:opne",
        "Only level:error",
    ]
    assert found[0].text == "boom is:open level:error"
    assert found[1].place == Place("inbox")
    assert ways(Place("everything"), "boom") == []


def test_only_what_finds_something_is_offered(store: Store) -> None:
    store.file(make_event("BoomError"))
    store.file(make_event("BoomError", function="other"))
    store.write(set_state, [2], IssueState.RESOLVED)
    offers = store.read(tried, ways(Place("inbox"), "BoomError nothing"))
    assert [each.label for each in offers] == ["Without “nothing” (1)"]
    offers = store.read(tried, ways(Place("muted"), "BoomError"))
    assert [each.label for each in offers] == ["In Everything (2)"]


def test_it_is_asked_once_and_forgotten(
    access: StoreAccess, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explaining_module, "PAUSE_MS", 5)
    store.file(make_event("BoomError"))
    explaining = Explaining(access)
    with qtbot.waitSignal(explaining.explained) as explained:
        explaining.ask(Place("muted"), "BoomError")
    assert [each.label for each in explained.args[0]] == ["In Everything (1)"]
    with qtbot.assertNotEmitted(explaining.explained, wait=30):
        explaining.ask(Place("muted"), "BoomError")
        explaining.ask(Place("muted"), "other")
        explaining.forget()


def test_a_value_like_a_stored_one_is_offered(access: StoreAccess, store: Store, qtbot: QtBot) -> None:
    store.file(make_event(tags={"environment": "production"}))
    explaining = Explaining(access)
    with qtbot.waitSignal(explaining.explained) as explained:
        explaining.ask(Place("inbox"), "KeyError env:prd")
    assert [each.label for each in explained.args[0]] == ["With env:production (1)", "Without env:prd (1)"]
