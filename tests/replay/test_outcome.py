"""The event that a replay made is found by its token, or as a new one of the issue."""

from typing import Any

from app.replay import outcome
from app.replay.repeatable import TOKEN_HEADER
from tests.factories import Store
from tests.issue_overview.conftest import Send
from tests.issue_overview.conftest import send as send  # a fixture


def with_token(token: str) -> dict[str, Any]:
    return {"request": {"url": "http://localhost/x", "headers": {TOKEN_HEADER.lower(): token}}}


def look(store: Store, after: int) -> outcome.Outcome | None:
    return store.read(outcome.look, after=after, token="mine", issue_id=1)


def test_nothing_new_is_nothing(store: Store, send: Send) -> None:
    send()
    assert look(store, after=1) is None


def test_the_token_wins_over_the_issue(store: Store, send: Send) -> None:
    send()
    other = {"exception": {"values": [{"type": "OSError", "value": "else"}]}}
    event_id = send(**other, **with_token("mine"))
    send()
    found = look(store, after=1)
    assert found is not None
    assert (found.pk, found.event_id, found.is_certain, found.is_same) == (2, event_id, True, False)


def test_without_a_token_a_new_event_of_the_issue_counts(store: Store, send: Send) -> None:
    send()
    send()
    found = look(store, after=1)
    assert found is not None
    assert (found.pk, found.is_certain, found.is_same) == (2, False, True)


def test_an_event_of_another_replay_does_not_count(store: Store, send: Send) -> None:
    send()
    send(**with_token("another"))
    assert look(store, after=1) is None
