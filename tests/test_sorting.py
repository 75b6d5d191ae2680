"""Where an issue stands in a list."""

from datetime import timedelta

from app.model import EPOCH, Level, to_micros
from app.sorting import LEVEL_BITS, LEVELS, Sort, position_of, value_of
from tests.ui.issues.factories import make_issue


def test_each_order_has_its_value() -> None:
    issue = make_issue(7, 90, count=12, users=3, first_seen=EPOCH + timedelta(seconds=1))
    found = {sort: value_of(issue, sort) for sort in Sort if sort is not Sort.LEVEL}
    assert found == {
        Sort.LAST_SEEN: 90_000_000,
        Sort.FIRST_SEEN: 1_000_000,
        Sort.COUNT: 12,
        Sort.USERS: 3,
    }
    assert position_of(issue) == (90_000_000, 7)


def test_the_worst_level_is_first_and_within_it_the_newest() -> None:
    issues = [
        make_issue(1, 9, level=Level.INFO),
        make_issue(2, 1, level=Level.FATAL),
        make_issue(3, 5, level=Level.FATAL),
        make_issue(4, 7, level=Level.ERROR),
    ]
    ordered = sorted(issues, key=lambda issue: position_of(issue, Sort.LEVEL), reverse=True)
    assert [issue.id for issue in ordered] == [3, 2, 4, 1]


def test_no_time_reaches_the_next_level() -> None:
    assert to_micros(EPOCH + timedelta(days=50_000)) < 1 << LEVEL_BITS
    assert set(LEVELS) == set(Level)
