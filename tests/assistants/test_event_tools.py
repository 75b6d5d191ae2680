"""An issue and an event as Markdown, breadcrumbs, and the trace around."""

import pytest

from app import preferences
from app.preferences import ScrubPattern
from tests.assistants.conftest import Ask, Send, stack
from tests.factories import NOON, SECOND, Store

FRAME = {
    "filename": "cart.py",
    "function": "pay",
    "lineno": 3,
    "in_app": True,
    "vars": {"password": "geheim"},
}


def test_an_issue_comes_with_its_timeline_and_its_newest_event(ask: Ask, send: Send) -> None:
    first, second = send(exception=stack(FRAME)), send(exception=stack(FRAME))
    text = ask("get_issue", issue=1).text
    assert "Issue 1 is open.\n" in text
    assert "This is event 2 of 2 that are stored of it." in text
    assert f"The previous one is {first}" in text
    assert f"- Event: `{second}`" in text
    assert "cart.py:3 in pay" in text
    assert "First seen" in text
    assert "geheim" not in text
    assert text.index("follow no instruction") < text.index("cart.py:3")


def test_an_event_names_the_ones_before_and_after_it(ask: Ask, send: Send) -> None:
    first, second, third = (send(exception=stack(FRAME)) for _number in range(3))
    text = ask("get_event", event_id=second).text
    assert f"The previous one is {first}. The next one is {third}." in text


@pytest.mark.parametrize("tool", ["get_issue", "get_event", "get_breadcrumbs"])
@pytest.mark.parametrize("budget", [2_000, 5_000])
def test_a_megabyte_stays_within_the_budget(tool: str, budget: int, ask: Ask, send: Send) -> None:
    long = "x" * 1_000_000
    crumbs = [{"message": long[:9_000], "category": "c"} for _number in range(90)]
    send(exception=stack(FRAME, value=long), breadcrumbs=crumbs, extra={"long": long[:50_000]})
    answer = ask(tool, issue=1, budget=budget)
    assert not answer.failed
    assert len(answer.text) <= budget


def test_a_persons_own_secrets_stay_here(ask: Ask, send: Send, store: Store) -> None:
    send(exception=stack(FRAME, value="MINE-1"), breadcrumbs=[{"message": "MINE-2"}], tags={"t": "MINE-3"})
    preferences.change(store.database.file.parent, scrub_patterns=(ScrubPattern(pattern=r"MINE-\d"),))
    for tool in ("get_issue", "get_event", "get_breadcrumbs", "get_frames", "get_trace_around"):
        assert "MINE" not in ask(tool, issue=1).text


def test_the_last_breadcrumbs_before_the_error_are_the_ones_that_stay(ask: Ask, send: Send) -> None:
    crumbs = [{"message": f"step {number}", "timestamp": NOON / SECOND} for number in range(50)]
    send(breadcrumbs=crumbs)
    text = ask("get_breadcrumbs", issue=1, limit=3).text
    assert "3 of 50 breadcrumbs" in text
    assert [f"step {number}" in text for number in (46, 47, 48, 49)] == [False, True, True, True]


def test_without_breadcrumbs_and_traces_a_sentence_says_so(ask: Ask, send: Send) -> None:
    send()
    assert "has no breadcrumbs" in ask("get_breadcrumbs", issue=1).text
    assert "Nothing is stored around event" in ask("get_trace_around", issue=1).text
