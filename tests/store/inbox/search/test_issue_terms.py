"""What a search asks of issues themselves."""

import pytest

from app.model import IssueState
from app.store import schema as t
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter, View
from tests.factories import NOON, SECOND, Store, make_event, set_state

HOUR = 3_600 * SECOND


@pytest.fixture
def filled(store: Store) -> Store:
    """Three issues: of three events in shop, resolved in billing, and escalated in Shop-admin."""
    for number in range(3):
        store.file(make_event(function="f1", user={"id": str(number)}), at=NOON + number)
    store.file(make_event(function="f2"), project="billing", at=NOON - 48 * HOUR)
    store.file(make_event(function="f3"), project="Shop-admin", at=NOON)
    store.write(set_state, [2], IssueState.RESOLVED)
    escalated = t.issues.update().where(t.issues.c.id == 3).values(escalated_at=NOON - HOUR, unread=False)
    store.write(lambda connection: connection.execute(escalated))
    return store


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("is:open", [1, 3]),
        ("is:resolved", [2]),
        ("-is:resolved", [1, 3]),
        ("is:resolved or is:read", [2, 3]),
        ("is:unread", [1]),
        ("is:escalating", [3]),
        ("is:new", [1, 3]),
        ("is:nonsense", []),
        ("is:", [1, 2, 3]),
        ("project:shop", [1, 3]),
        ("project:=shop", [1]),
        ("project:bill", [2]),
        ("project:*admin", [3]),
        ("project:_hop", []),
        ("times:3", [1]),
        ("times:>1", [1]),
        ("times:<=1", [2, 3]),
        ("times:many", []),
        ("users:>=3", [1]),
        ("first:<1d", [1, 3]),
        ("last:>1d", [2]),
        ("seen:<1h", [1, 3]),
        ("seen:>1d", [2]),
        ("-seen:>1d", [1, 3]),
        ("seen:nonsense", []),
    ],
)
def test_issues_are_found_by_what_they_are(
    text: str, found: list[int], filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.clock.now_micros", lambda: NOON + 5)
    page = filled.read(issues.page, IssueFilter(View.EVERYTHING, text=text))
    assert sorted(issue.id for issue in page) == found
