"""The rows in order, whatever comes and goes."""

from hypothesis import given
from hypothesis import strategies as st

from app.model import Issue
from app.sorting import position_of
from tests.ui.issues.factories import make_issue
from ui.issues.ordered import OrderedIssues

ISSUES = st.builds(make_issue, st.integers(1, 30), st.integers(0, 5))


@given(st.lists(ISSUES, unique_by=lambda issue: issue.id), st.lists(ISSUES))
def test_it_is_always_as_if_sorted_again(first: list[Issue], changes: list[Issue]) -> None:
    rows = OrderedIssues(first)
    expected = {issue.id: issue for issue in first}
    for issue in changes:
        row = rows.row_of(issue.id)
        if row is None:
            rows.insert(rows.place_for(issue), [issue])
        else:
            rows.move(row, rows.place_for(issue), issue)
        expected[issue.id] = issue
        assert [rows[number] for number in range(len(rows))] == sorted(
            expected.values(), key=position_of, reverse=True
        )
        assert rows.row_of(issue.id) == sorted(expected.values(), key=position_of, reverse=True).index(issue)


def test_the_newest_is_first_and_of_two_at_once_the_younger_issue() -> None:
    rows = OrderedIssues([make_issue(1, 5), make_issue(2, 5), make_issue(3, 9)])
    assert [rows[row].id for row in range(3)] == [3, 2, 1]


def test_removed_issues_have_no_row() -> None:
    rows = OrderedIssues([make_issue(number, number) for number in range(1, 6)])
    rows.remove(1, 3)
    assert [rows[row].id for row in range(len(rows))] == [5, 1]
    assert rows.row_of(3) is None
    assert 3 not in rows
