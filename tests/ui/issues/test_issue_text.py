"""Issues as text."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.model import EPOCH, IssueState, MuteRule
from app.plain_text import compact_line, plural
from tests.ui.issues.factories import make_issue
from ui.issues import issue_text
from ui.wording import age, clock, count


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (-30, "now"),
        (0, "now"),
        (1.9, "now"),
        (2, "2s"),
        (59.9, "59s"),
        (60, "1m"),
        (3_599, "59m"),
        (3_600, "1h"),
        (86_400, "1d"),
        (7 * 86_400, "1w"),
        (400 * 86_400, "57w"),
    ],
)
def test_age(seconds: float, expected: str) -> None:
    assert age(EPOCH, EPOCH + timedelta(seconds=seconds)) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "0"),
        (999, "999"),
        (1_204, "1,204"),
        (9_999, "9,999"),
        (10_000, "10k"),
        (999_999, "999k"),
        (3_190_000, "3.1M"),
    ],
)
def test_count(number: int, expected: str) -> None:
    assert count(number) == expected


def test_plural() -> None:
    assert plural(1, "issue") == "1 issue"
    assert plural(1_204, "issue") == "1,204 issues"


def test_the_headline_of_an_exception_and_of_a_message() -> None:
    assert issue_text.headline(make_issue(1, type="KeyError", value="'a'\n  'b'")) == ("KeyError", "'a' 'b'")
    assert issue_text.headline(make_issue(1, type=None, value=None, title="Paid\ttwice")) == (
        "Paid twice",
        "",
    )


def test_a_message_of_megabytes_costs_what_its_beginning_costs() -> None:
    assert len(compact_line("x" * 10_000_000)) == 300


def test_a_row_as_a_sentence() -> None:
    issue = make_issue(7, count=12, state=IssueState.REGRESSED)
    assert issue_text.spoken(issue, EPOCH + timedelta(seconds=180)) == (
        "unread, error, KeyError: 'card 7', in shop.checkout in charge_card, project shop, 12 times, "
        "last seen 3m, regressed"
    )


def test_a_row_is_spoken_with_its_transaction() -> None:
    issue = make_issue(1, place="ledger.py:19 in charge", culprit="POST /checkout")
    assert "in ledger.py:19 in charge, transaction POST /checkout, project" in issue_text.spoken(issue, EPOCH)
    assert issue_text.transaction(make_issue(1)) is None
    own = make_issue(1, place="ledger.py:19 in charge", culprit="shop.ledger in charge")
    assert issue_text.transaction(own) is None


@pytest.mark.parametrize("path", ["/app/exe/rspec", "C:\\app\\exe\\rspec", "rspec"])
def test_the_path_of_a_call_without_a_function_is_no_transaction(path: str) -> None:
    assert issue_text.transaction(make_issue(1, place="rspec:3", culprit=path)) is None
    assert issue_text.transaction(make_issue(1, place="rspec", culprit=path)) is None
    assert issue_text.transaction(make_issue(1, place="rspec:3", culprit="GET /rspec/4")) == "GET /rspec/4"


NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"state": IssueState.OPEN}, ""),
        ({"state": IssueState.OPEN, "escalated_at": NOON - timedelta(hours=5)}, "escalating"),
        ({"state": IssueState.OPEN, "escalated_at": NOON - timedelta(hours=6)}, ""),
        ({"state": IssueState.REGRESSED, "escalated_at": NOON}, "regressed, escalating"),
        ({"state": IssueState.MUTED, "escalated_at": NOON}, "muted"),
        ({"state": IssueState.MUTED, "mute_rule": MuteRule(more=1_200)}, "muted until 1,200 more"),
        ({"state": IssueState.MUTED, "mute_rule": MuteRule(per_hour=5)}, "muted until 5 an hour"),
        ({"state": IssueState.MUTED, "mute_rule": MuteRule(escalating=True)}, "muted until it escalates"),
        ({"state": IssueState.RESOLVED}, "resolved"),
        ({"state": IssueState.RESOLVED, "resolved_commit": "4f2a9c1d8e7b"}, "resolved at 4f2a9c1d8"),
        ({"state": IssueState.RESOLVED, "resolved_in": "shop@1.4.0"}, "resolved in shop@1.4.0"),
        ({"state": IssueState.RESOLVED, "resolved_in": "f" * 40}, "resolved in fffffffffffffffffff…"),
    ],
)
def test_the_state_of_an_issue_as_text(fields: dict[str, Any], expected: str) -> None:
    assert issue_text.state_text(make_issue(1, **fields), NOON) == expected


def test_the_end_of_a_mute_is_shown_in_local_time() -> None:
    soon = NOON.astimezone() + timedelta(minutes=1)
    assert clock(soon, NOON) == f"{soon:%H:%M}"
    day = datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert clock(day, NOON) == f"{day.astimezone().day} Dec"
    year = datetime(2028, 1, 5, 12, tzinfo=UTC)
    assert clock(year, NOON) == f"{year.astimezone().day} Jan 2028"
    muted = make_issue(1, state=IssueState.MUTED, muted_until=soon)
    assert issue_text.state_text(muted, NOON) == f"muted until {soon:%H:%M}"


def test_regressed_and_escalating_issues_are_alarming() -> None:
    assert issue_text.is_alarming(make_issue(1, state=IssueState.REGRESSED), NOON)
    assert issue_text.is_alarming(make_issue(1, escalated_at=NOON), NOON)
    assert not issue_text.is_alarming(make_issue(1, state=IssueState.MUTED, escalated_at=NOON), NOON)
