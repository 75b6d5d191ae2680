"""The queue: numbers in line, a cursor, and setbacks beside it."""

from app.store.queue import report_queue
from app.store.queue.report_queue import ReportSetback
from tests.factories import NOON, SECOND, Store, append, make_report

LONGEST = 100 * SECOND


def setback(number: int, due_at: int, *, attempts: int = 1, filed: int | None = None) -> ReportSetback:
    return ReportSetback(
        report_id=number, attempts=attempts, due_at=due_at, dead=False, error="", traceback="", filed=filed
    )


def test_reports_are_claimed_in_order_within_both_bounds(store: Store) -> None:
    append(store.database, *(make_report(number, body=b"x" * 10) for number in range(1, 6)))
    by_number = store.read(report_queue.claim, limit=2, max_bytes=1_000)
    by_bytes = store.read(report_queue.claim, limit=100, max_bytes=25)
    assert [report.id for report in by_number.reports] == [1, 2]
    assert [report.id for report in by_bytes.reports] == [1, 2, 3]
    assert (by_bytes.start, by_bytes.through, by_bytes.newest) == (0, 3, 5)
    assert store.read(report_queue.waiting) == (5, 50)


def test_a_claim_is_current_until_the_cursor_moves(store: Store) -> None:
    append(store.database, make_report(1))
    claim = store.read(report_queue.claim, limit=1, max_bytes=1)
    assert store.read(report_queue.is_current, claim)
    store.write(report_queue.advance, claim.through)
    assert not store.read(report_queue.is_current, claim)
    assert store.read(report_queue.waiting) == (0, 0)


def test_failed_reports_are_due_at_their_time_or_when_a_clock_was_ahead(store: Store) -> None:
    append(store.database, *(make_report(number) for number in (1, 2, 3, 4)))
    for each in (
        setback(1, NOON),
        setback(2, NOON + SECOND),
        setback(3, NOON + 1 + LONGEST),
        setback(4, NOON, filed=0),
    ):
        store.write(report_queue.set_back, each)
    due = store.read(report_queue.claim_due, NOON, LONGEST, limit=10)
    assert [(report.id, attempts) for report, attempts in due] == [(1, 1), (3, 1)]
    large = store.read(report_queue.claim_large, NOON, LONGEST)
    assert large is not None
    assert (large.report.id, large.attempts, large.filed) == (4, 1, 0)


def test_a_setback_replaces_the_one_before_and_ends_when_settled(store: Store) -> None:
    append(store.database, make_report(1))
    store.write(report_queue.set_back, setback(1, NOON))
    store.write(report_queue.set_back, setback(1, NOON + SECOND, attempts=2))
    assert store.read(report_queue.next_due, NOON, LONGEST) == NOON + SECOND
    assert store.read(report_queue.is_due, 1, 2)
    assert not store.read(report_queue.is_due, 1, 1)
    store.write(report_queue.settle, [1])
    assert store.read(report_queue.next_due, NOON, LONGEST) is None


def test_numbers_go_on_after_the_newest_report_was_removed(store: Store) -> None:
    append(store.database, make_report(1), make_report(2))
    store.write(report_queue.advance, 2)
    store.write(report_queue.remove, [2])
    assert store.read(report_queue.last_number) == 2


def test_several_reports_are_read_by_number_and_missing_ones_left_out(store: Store) -> None:
    append(store.database, make_report(1), make_report(2, body=b"two"), make_report(3))
    found = store.read(lambda connection: list(report_queue.several(connection, [3, 9, 2])))
    assert [report.id for report in found] == [2, 3]
    assert found[0].body == b"two"
