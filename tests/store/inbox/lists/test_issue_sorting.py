"""Lists in another order, against a plain sort."""

import random

import pytest

from app.model import Issue, IssueState, Level
from app.sorting import Sort, position_of
from app.store.inbox.lists import issue_sorting, issues
from app.store.inbox.lists.issue_filter import IssueFilter, View
from app.store.inbox.lists.issue_search import IssueSearch
from app.store.inbox.lists.issue_sorting import SortedIssues
from app.store.inbox.triage import actions
from tests.factories import NOON, SECOND, Store, make_event, set_state


@pytest.fixture
def filled(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Thirty issues, some of them resolved, with various numbers of everything."""
    monkeypatch.setattr(issue_sorting, "STRETCH", 7)
    monkeypatch.setattr(issue_sorting, "AT_ONCE", 4)
    chance = random.Random(3)
    for n in range(60):
        event = make_event(
            fingerprint=(str(chance.randrange(30)),),
            level=chance.choice(list(Level)),
            user={"id": str(chance.randrange(9))},
            value=chance.choice(["zebra", "lion"]),
        )
        store.file(event, at=NOON + n * SECOND)
    store.write(set_state, [2, 5, 9], IssueState.RESOLVED)
    return store


def expected(store: Store, given: IssueFilter, sort: Sort) -> list[Issue]:
    every = store.read(issues.page, given, limit=1_000)
    return sorted(every, key=lambda issue: position_of(issue, sort), reverse=True)


def whole(store: Store, given: IssueFilter, sort: Sort) -> SortedIssues:
    search = IssueSearch(given) if given.text else None
    found = SortedIssues(given, sort, search)
    while not found.is_complete:
        store.read(found.look_further, 5)
    return found


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("given", [IssueFilter(), IssueFilter(View.EVERYTHING, text="zebra")])
def test_pages_from_either_end_are_those_of_a_plain_sort(
    filled: Store, sort: Sort, given: IssueFilter
) -> None:
    found, every = whole(filled, given, sort), expected(filled, given, sort)
    assert found.number == len(every)
    for upwards in (False, True):
        rows: list[Issue] = []
        after = None
        while True:
            page = filled.read(found.page, after=after, limit=6, upwards=upwards)
            rows = [*page.issues, *rows] if upwards else [*rows, *page.issues]
            after = page.end
            if after is None:
                break
        assert rows == every


@pytest.mark.parametrize("sort", list(Sort))
def test_what_changes_is_held_up_to_date(filled: Store, sort: Sort) -> None:
    given = IssueFilter()
    found = whole(filled, given, sort)
    revision = filled.read(issues.revision)
    filled.file(make_event(fingerprint=("3",), level=Level.FATAL), at=NOON + 500 * SECOND)
    filled.file(make_event(fingerprint=("new",)), at=NOON + 501 * SECOND)
    gone = expected(filled, given, sort)[4].id
    filled.write(actions.resolve, [gone], NOON)
    changes = filled.read(issues.changed_since, given, revision)
    found.take(changes.matching, changes.gone)
    assert filled.read(found.page, limit=100).issues == expected(filled, given, sort)
    assert gone not in found
