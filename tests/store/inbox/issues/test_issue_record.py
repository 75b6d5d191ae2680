"""An issue as the driver's row has it."""

from types import SimpleNamespace

from app.model import Issue, IssueState, Level, from_micros
from app.store.inbox.issues import issue_record
from tests.factories import NOON

ROW = {
    "id": 7,
    "project": "shop",
    "title": "KeyError: password=hunter2",
    "type": "KeyError",
    "value": None,
    "culprit": None,
    "level": "error",
    "state": "open",
    "unread": 1,
    "count": 3,
    "users": 2,
    "first_seen": NOON,
    "last_seen": NOON,
    "revision": 9,
    "muted_until": None,
    "mute_rule": None,
    "resolved_in": None,
    "resolved_commit": None,
    "escalated_at": None,
    "place": "pay.py:7 in pay",
    "environment": "dev",
    "pinned": 0,
}


def test_a_row_of_numbers_and_texts_becomes_an_issue() -> None:
    issue = issue_record.issue_of(SimpleNamespace(**ROW))
    assert (issue.id, issue.level, issue.state, issue.unread) == (7, Level.ERROR, IssueState.OPEN, True)
    assert issue.last_seen == from_micros(NOON)
    assert issue.type == "KeyError"
    assert (issue.place, issue.environment) == ("pay.py:7 in pay", "dev")
    assert issue.value is None
    assert isinstance(issue, Issue)


def test_titles_of_older_stores_have_no_secrets() -> None:
    assert "hunter2" not in issue_record.issue_of(SimpleNamespace(**ROW)).title
