"""Pages of a list from either end, and how far they look."""

import pytest
from msgspec.structs import replace

from app.model import IssueState
from app.store.inbox.lists import issue_pages, issues
from app.store.inbox.lists.issue_filter import IssueFilter, Position, View
from tests.factories import NOON, SECOND, Store, make_event, set_state


@pytest.fixture
def filled(store: Store) -> Store:
    """Issues 1 to 30; numbers 1, 11 and 21 are resolved."""
    for n in range(30):
        store.file(make_event(function=f"f{n}"), at=NOON + n * SECOND)
    store.write(set_state, [1, 11, 21], IssueState.RESOLVED)
    return store


@pytest.mark.parametrize("view", [View.INBOX, View.RESOLVED, View.MUTED, View.EVERYTHING])
@pytest.mark.parametrize("upwards", [False, True])
@pytest.mark.parametrize(("limit", "looked_at"), [(4, 1_000), (4, 3), (100, 7), (30, 30)])
def test_pages_join_whatever_they_look_at(
    view: View, upwards: bool, limit: int, looked_at: int, filled: Store
) -> None:
    wanted = IssueFilter(view)
    shown: list[int] = []
    after: Position | None = None
    for _ in range(31):
        page = filled.read(
            issue_pages.page, wanted, after=after, limit=limit, upwards=upwards, looked_at=looked_at
        )
        ids = [issue.id for issue in page.issues]
        assert len(ids) <= limit
        shown = ids + shown if upwards else shown + ids
        after = page.end
        if after is None:
            break
    assert after is None
    assert shown == [issue.id for issue in filled.read(issues.page, wanted)]


def test_a_page_of_few_among_many_ends_where_it_stopped_looking(filled: Store) -> None:
    page = filled.read(issue_pages.page, IssueFilter(View.RESOLVED), limit=5, looked_at=12)
    assert [issue.id for issue in page.issues] == [21]
    assert page.end is not None
    assert page.end[1] == 19


def test_a_list_of_a_session_ends_where_the_session_began(store: Store) -> None:
    for n in range(6):
        store.file(make_event(function=f"f{n}"), at=NOON + n * SECOND)
    store.file(make_event(function="f0"), at=NOON + 9 * SECOND)
    since = IssueFilter(since=NOON + 4 * SECOND, now=NOON)
    page = store.read(issue_pages.page, since, limit=10, looked_at=4)
    assert [issue.id for issue in page.issues] == [1, 6, 5]
    assert page.end is None, "there is nothing below, though not all was looked at"
    fresh = store.read(issue_pages.page, replace(since, is_fresh=True), limit=10)
    assert [issue.id for issue in fresh.issues] == [6, 5]
    last = store.read(issue_pages.page, since, limit=2, upwards=True)
    assert [issue.id for issue in last.issues] == [6, 5]
