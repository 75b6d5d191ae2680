"""Mutes that end by their time: stored on disk, ended once, recorded and notified."""

import pytest

from app.digest.filing import unmute
from app.model import IssueState
from app.store.database import open_for_engine
from app.store.inbox.lists import issues
from app.store.inbox.triage import actions, history
from tests.factories import NOON, SECOND, Store, make_event


@pytest.fixture
def muted(store: Store) -> Store:
    """Issues that are muted until noon, until a second later, and for ever."""
    for number, function in enumerate(("a", "b", "c"), 1):
        store.file(make_event(function=function), at=NOON - 9 * SECOND)
        until = {1: NOON, 2: NOON + SECOND}.get(number)
        store.write(actions.mute, [number], NOON - 5 * SECOND, until=until)
    return store


def states(store: Store) -> list[str]:
    return [str(getattr(store.read(issues.get, number), "state", None)) for number in (1, 2, 3)]


def test_only_what_is_due_ends(muted: Store) -> None:
    assert unmute.unmute_due(muted.database, NOON - 1) is None
    revision = unmute.unmute_due(muted.database, NOON)
    assert states(muted) == ["open", "muted", "muted"]
    assert revision == muted.read(issues.revision)
    line, *_ = muted.read(history.timeline, 1)
    assert (line.kind, line.text, line.count) == ("unmuted", "its time is over", 1)


def test_it_ends_once_and_survives_a_restart(muted: Store) -> None:
    muted.database.close()
    reopened = Store(open_for_engine(muted.database.file.parent).database)
    assert unmute.unmute_due(reopened.database, NOON + SECOND) is not None
    assert unmute.unmute_due(reopened.database, NOON + SECOND) is None
    assert states(reopened) == ["open", "open", "muted"]
    kinds = [line.kind for line in reopened.read(history.timeline, 1)]
    assert kinds == ["unmuted", "muted", "new"]
    reopened.database.close()


def test_an_event_may_be_faster(muted: Store) -> None:
    muted.file(make_event(function="a"), at=NOON)
    issue = muted.read(issues.get, 1)
    assert issue is not None
    assert (issue.state, issue.unread) == (IssueState.OPEN, True)
    assert unmute.unmute_due(muted.database, NOON) is None


def test_a_merged_issue_is_not_opened(muted: Store) -> None:
    with muted.database.writing() as connection:
        connection.exec_driver_sql("UPDATE issues SET merged_into = 3 WHERE id = 1")
    assert unmute.unmute_due(muted.database, NOON) is None
