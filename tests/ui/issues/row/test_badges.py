"""What is special about an issue."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.model import IssueState
from tests.ui.issues.factories import make_issue
from ui.issues.row.badges import Tone, badges_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATELY = NOON - timedelta(hours=1)


@pytest.mark.parametrize(
    ("fields", "texts"),
    [
        ({}, []),
        ({"first_seen": LATELY}, ["new"]),
        ({"first_seen": LATELY, "unread": False}, []),
        ({"state": IssueState.REGRESSED, "escalated_at": LATELY}, ["regressed", "escalating"]),
        ({"first_seen": LATELY, "escalated_at": LATELY}, ["escalating"]),
        ({"state": IssueState.MUTED, "escalated_at": LATELY}, ["muted"]),
        ({"state": IssueState.RESOLVED, "resolved_in": "1.4.0"}, ["resolved in 1.4.0"]),
    ],
)
def test_badges(fields: dict[str, Any], texts: list[str]) -> None:
    assert [badge.text for badge in badges_of(make_issue(1, **fields), NOON)] == texts


def test_what_is_alarming_looks_so() -> None:
    (badge,) = badges_of(make_issue(1, state=IssueState.REGRESSED), NOON)
    assert badge.tone is Tone.ALARM
