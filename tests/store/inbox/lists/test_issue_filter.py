"""Which issues a list shows, and in which order."""

import pytest

from app.store.inbox.lists import issue_filter as filters
from app.store.inbox.lists import issues
from app.store.inbox.lists.issue_filter import IssueFilter, View
from tests.factories import NOON, SECOND, Store, make_event


@pytest.fixture
def filled(store: Store) -> Store:
    """Issues 1 to 5, the newest last."""
    for n in range(5):
        store.file(make_event(function=f"f{n}"), at=NOON + n * SECOND)
    return store


@pytest.mark.parametrize(
    ("after", "count", "upwards", "expected"),
    [(None, 1, False, 5), (None, 5, False, 1), (None, 6, False, None), (None, 1, True, 1), (3, 1, False, 2),
     (3, 2, True, 5), (3, 3, True, None)],
)  # fmt: skip
def test_a_boundary_is_so_many_places_away(
    after: int | None, count: int, upwards: bool, expected: int | None, filled: Store
) -> None:
    place = {issue.id: filters.position_of(issue) for issue in filled.read(issues.page, IssueFilter())}
    start = None if after is None else place[after]
    found = filled.read(filters.boundary, start, count, upwards=upwards)
    assert found == (None if expected is None else place[expected])


def test_positions_are_in_the_order_of_the_list(filled: Store) -> None:
    places = [filters.position_of(issue) for issue in filled.read(issues.page, IssueFilter(View.EVERYTHING))]
    assert places == sorted(places, reverse=True)
