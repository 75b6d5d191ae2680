"""While the list is held no row moves, and afterwards it is as if it had never been held."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel

from app.model import EPOCH, Issue
from app.sorting import Sort, position_of
from tests.ui.issues.factories import make_issue
from ui.issues.feed_state import Loaded
from ui.issues.model import IssueListModel
from ui.issues.stream import arrivals as arrivals_module
from ui.issues.stream.arrivals import Arrivals, Changes, Pending

ISSUES = st.builds(
    lambda number, seconds, count: make_issue(number, seconds, count=count),
    st.integers(1, 20),
    st.integers(0, 40),
    st.integers(1, 5),
)
STEPS = st.lists(
    st.tuples(
        st.booleans(),
        st.lists(ISSUES, unique_by=lambda issue: issue.id, max_size=6),
        st.sets(st.integers(1, 20), max_size=3),
    ),
    max_size=8,
)


def run(model: IssueListModel, changes: Changes, *, is_held: bool) -> None:
    for _step in model.applying(changes.matching, changes.gone, is_held=is_held):
        pass


def ids(model: IssueListModel) -> list[int]:
    return [model.issue(row).id for row in range(model.rowCount())]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(ISSUES, unique_by=lambda issue: issue.id, max_size=12),
    STEPS,
    st.sampled_from([Sort.LAST_SEEN, Sort.COUNT]),
)
def test_any_history_ends_as_a_plain_list(
    checked: Callable[[QAbstractItemModel], QAbstractItemModel],
    first: list[Issue],
    steps: list[tuple[bool, list[Issue], set[int]]],
    sort: Sort,
) -> None:
    model = IssueListModel()
    checked(model)
    model.start(first, complete=True, sort=sort)
    arrivals, loaded = Arrivals(model), Loaded(sort=sort)
    arrivals.begin(30_000_000)
    expected = {issue.id: issue for issue in first}
    for is_held, matching, dropped in steps:
        gone = dropped - {issue.id for issue in matching}
        before = ids(model)
        changes = arrivals.take(matching, gone, loaded, is_held=is_held)
        run(model, changes, is_held=is_held)
        expected.update({issue.id: issue for issue in matching})
        for issue_id in gone:
            expected.pop(issue_id, None)
        if is_held:
            # Rows only leave, or come from what was there before.
            stay = [each for each in ids(model) if each in before]
            assert stay == [each for each in before if each not in gone]
            late = [each.id for each in matching if each.last_seen.timestamp() > 40]
            assert not set(late) & set(ids(model)) - set(before)
        else:
            assert arrivals.pending == Pending()
    run(model, arrivals.release(loaded), is_held=False)
    shown = [model.issue(row) for row in range(model.rowCount())]
    assert shown == sorted(expected.values(), key=lambda each: position_of(each, sort), reverse=True)
    assert not model.held


@pytest.fixture
def held() -> tuple[IssueListModel, Arrivals, Loaded]:
    """Issues 1 to 5, of which 5 is the newest; they are held."""
    model = IssueListModel()
    model.start([make_issue(number, number) for number in range(1, 6)], complete=True)
    arrivals = Arrivals(model)
    arrivals.begin(5_000_000)
    return model, arrivals, Loaded()


Held = tuple[IssueListModel, Arrivals, Loaded]


def take(held: Held, *matching: Issue, **options: Any) -> None:
    model, arrivals, loaded = held
    run(model, arrivals.take(matching, (), options.get("loaded", loaded), is_held=True), is_held=True)


def test_new_and_updated_issues_are_counted(held: Held) -> None:
    model, arrivals, loaded = held
    at = make_issue(9, 9).last_seen
    take(held, make_issue(9, 9, first_seen=at), make_issue(2, 10), make_issue(8, 11), make_issue(5, 12))
    assert arrivals.pending == Pending(new=1, updated=2)
    assert ids(model) == [5, 4, 3, 2, 1]
    run(model, arrivals.release(loaded), is_held=False)
    assert ids(model) == [5, 8, 2, 9, 4, 3, 1]
    assert not arrivals.pending


def test_what_was_there_before_comes_back_at_once(held: Held) -> None:
    take(held, make_issue(7, 3))
    assert ids(held[0]) == [5, 4, 7, 3, 2, 1]


def test_a_row_that_belongs_above_what_is_loaded_stays(held: Held) -> None:
    model, arrivals, _loaded = held
    loaded = Loaded(top=(5_000_000, 5))
    take(held, make_issue(2, 10), make_issue(8, 11, first_seen=EPOCH), loaded=loaded)
    assert ids(model) == [5, 4, 3, 2, 1]
    assert arrivals.pending == Pending(updated=2)
    run(model, arrivals.release(loaded), is_held=False)
    assert ids(model) == [5, 4, 3, 1]


def test_beyond_a_number_only_ids_wait(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals_module, "MOST", 3)
    take(held, *(make_issue(number, number) for number in range(10, 20)))
    assert held[1].is_many
    assert 15 in held[1]
