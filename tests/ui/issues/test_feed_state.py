import pytest

from app.sorting import position_of as position
from tests.ui.issues.factories import make_issue
from ui.issues.feed_state import Loaded

FIRST, LAST = make_issue(5, last_seen=50), make_issue(3, last_seen=30)


@pytest.mark.parametrize(
    ("loaded", "expected"),
    [
        (Loaded(), [True, True, True, True, True]),
        (Loaded(top=position(FIRST)), [False, True, True, True, True]),
        (Loaded(bottom=position(LAST)), [True, True, True, True, False]),
        (Loaded(top=position(FIRST), bottom=position(LAST)), [False, True, True, True, False]),
    ],
)
def test_the_rows_between_both_ends_are_loaded(loaded: Loaded, expected: list[bool]) -> None:
    newer, between, older = (make_issue(4, last_seen=seconds) for seconds in (60, 40, 20))
    assert [loaded.holds(issue) for issue in (newer, FIRST, between, LAST, older)] == expected
