"""Counts for the rows that are loaded."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app import clock
from tests.factories import Store, make_event
from ui.issues.facets import sparklines as module
from ui.issues.facets.sparklines import Sparklines
from ui.issues.feed import IssueFeed
from ui.issues.model import IssueListModel
from ui.link.store_access import StoreAccess
from ui.places import Place


@pytest.fixture
def feed(access: StoreAccess, store: Store) -> Iterator[IssueFeed]:
    now = clock.now_micros()
    for name in "ab":
        store.file(make_event(function=name), at=now)
    model = IssueListModel()
    made = IssueFeed(access, model, access)
    model.setParent(made)
    yield made
    made.stop()


def test_they_are_read_for_what_is_loaded_and_again_when_it_changes(
    access: StoreAccess, feed: IssueFeed, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAUSE_MS", 5)
    monkeypatch.setattr(module, "RENEWING_SECONDS", 0)
    model = feed.findChild(IssueListModel)
    assert isinstance(model, IssueListModel)
    lines = Sparklines(access, feed, model, feed)
    assert lines.counts(1) is None
    with qtbot.waitSignal(lines.changed):
        feed.show(Place())
    qtbot.waitUntil(lambda: lines.counts(1) is not None)
    first = lines.counts(1)
    assert first is not None
    assert (len(first), sum(first)) == (24, 1)
    store.file(make_event(function="a"), at=clock.now_micros())
    feed.ring()
    qtbot.waitUntil(lambda: sum(lines.counts(1) or ()) == 2)
    assert sum(lines.counts(2) or ()) == 1
    lines.stop()


def test_lines_that_are_there_are_read_again_only_after_a_while(
    access: StoreAccess, feed: IssueFeed, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAUSE_MS", 0)
    monkeypatch.setattr(module, "RENEWING_SECONDS", 3_600)
    model = feed.findChild(IssueListModel)
    assert isinstance(model, IssueListModel)
    lines = Sparklines(access, feed, model, feed)
    feed.show(Place())
    qtbot.waitUntil(lambda: lines.counts(1) is not None)
    store.file(make_event(function="a"), at=clock.now_micros())
    feed.ring()
    qtbot.waitUntil(lambda: model.rowCount() == 2 and sum(issue.count for issue in lines._issues()) == 3)
    others = Sparklines(access, feed, model, feed)
    feed.settled.emit()
    qtbot.waitUntil(lambda: sum(others.counts(1) or ()) == 2)
    assert sum(lines.counts(1) or ()) == 1
    monkeypatch.setattr(module, "RENEWING_SECONDS", 0)
    qtbot.waitUntil(lambda: sum(lines.counts(1) or ()) == 2)
    lines.stop()
    others.stop()
