"""Waiting for an error, and whether an issue came back."""

import re

import pytest

from app.assistants.answering import answer
from app.assistants.call import Call, Given
from app.clock import now_micros
from app.model import IssueState, from_micros
from app.settings import Settings
from app.store.inbox.triage import actions
from tests.assistants.conftest import Ask, Send, stack
from tests.factories import NOON, SECOND, Store, set_state


def position(text: str) -> int:
    found = re.search(r"Position (\d+)", text)
    assert found is not None
    return int(found[1])


def test_what_came_since_a_position_is_found_at_once(ask: Ask, send: Send) -> None:
    begun = position(ask("list_issues").text)
    assert begun == 0
    first = send()
    come = ask("wait_for_error", after=begun, timeout=0).text
    assert first in come
    assert position(come) == 1
    nothing = ask("wait_for_error", after=1, timeout=0).text
    assert "No error came within 0 seconds" in nothing
    assert position(nothing) == 1


def test_a_project_a_search_and_what_is_new_narrow_it(ask: Ask, send: Send) -> None:
    send(exception=stack(type_="KeyError"))
    send(exception=stack(type_="KeyError"))
    new = send(project="web", exception=stack(type_="OSError"))
    assert new in ask("wait_for_error", after=1, new=True, timeout=0).text
    assert new in ask("wait_for_error", after=1, project="web", timeout=0).text
    assert new in ask("wait_for_error", after=0, query="type:OSError", timeout=0).text
    assert "No error came" in ask("wait_for_error", after=1, new=True, project="shop", timeout=0).text
    assert "`web`" in ask("wait_for_error", project="webb", timeout=0).text
    assert ask("wait_for_error", query="level:nonsense", timeout=0).failed


def test_a_wait_that_is_given_up_ends(store: Store, settings: Settings) -> None:
    given_up = Given()
    given_up.give_up()
    answered = answer(Call(settings, given_up=given_up), "wait_for_error", {"timeout": 3_600})
    assert "No error came" in answered.text


def test_without_a_moment_an_issue_has_to_be_resolved(ask: Ask, send: Send) -> None:
    send()
    refused = ask("verify_issue", issue=1)
    assert refused.failed
    assert "has not been resolved, so say since when" in refused.text
    assert "is no moment" in ask("verify_issue", issue=1, since="yesterday-ish").text


@pytest.mark.parametrize("zone", ["", "+00:00", "Z"])
def test_since_a_moment(zone: str, ask: Ask, send: Send) -> None:
    send(at=NOON)
    before, after = (f"{from_micros(NOON + n * SECOND):%Y-%m-%dT%H:%M:%S}{zone}" for n in (-5, 5))
    assert "came back since" in ask("verify_issue", issue=1, since=before).text
    assert "did not come back since" in ask("verify_issue", issue=1, since=after).text


def test_since_a_position(ask: Ask, send: Send) -> None:
    send()
    assert "did not come back since position 1" in ask("verify_issue", issue=1, after=1).text
    again = send()
    text = ask("verify_issue", issue=1, after=1).text
    assert "Issue 1 came back since position 1: it is open" in text
    assert again in text


def test_since_it_was_resolved(ask: Ask, send: Send, store: Store) -> None:
    send(release="1.0")
    store.write(actions.resolve, [1], now_micros(), release="2.0")
    send(release="1.0", at=now_micros())
    held = ask("verify_issue", issue=1).text
    assert "did not come back since it was resolved" in held
    assert "1 event came of builds without the fix" in held
    back = send(release="3.0", at=now_micros())
    text = ask("verify_issue", issue=1).text
    assert "came back since it was resolved" in text
    assert back in text
    store.write(set_state, [1], IssueState.MUTED)
    assert ask("verify_issue", issue=99).failed
