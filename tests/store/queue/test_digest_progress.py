"""What waits for the digest, and what moves when it works."""

import pytest

from app.store.queue import digest_progress, report_queue
from app.store.queue.report_queue import ReportSetback
from tests.factories import NOON, SECOND, Store, append, make_event, make_report

LONGEST = 128 * SECOND


def set_back(store: Store, due_at: int, attempts: int = 1) -> None:
    again = ReportSetback(
        report_id=1, attempts=attempts, due_at=due_at, dead=False, error="KeyError", traceback="…"
    )
    store.write(report_queue.set_back, again)


def is_pending(store: Store) -> bool:
    return store.read(digest_progress.is_anything_pending, NOON, LONGEST)


def test_what_is_in_line_is_pending_until_it_is_dealt_with(store: Store) -> None:
    assert not is_pending(store)
    append(store.database, make_report(1))
    assert is_pending(store)
    store.write(report_queue.advance, 1)
    assert not is_pending(store)


@pytest.mark.parametrize(
    ("due", "pending"), [(-1, True), (0, True), (1, False), (128, False), (129, True), (10_800, True)]
)
def test_what_failed_is_pending_when_it_is_due_or_cannot_be_due_so_late(
    store: Store, due: int, pending: bool
) -> None:
    append(store.database, make_report(1))
    store.write(report_queue.advance, 1)
    set_back(store, NOON + due * SECOND)
    assert is_pending(store) is pending
    claimed = store.read(report_queue.claim_due, NOON, LONGEST, limit=5)
    assert [report.id for report, _attempts in claimed] == ([1] if pending else [])


def test_each_kind_of_work_moves_it(store: Store) -> None:
    append(store.database, make_report(1))
    seen = [store.read(digest_progress.progress)]
    set_back(store, NOON)
    seen.append(store.read(digest_progress.progress))
    set_back(store, NOON, attempts=2)
    seen.append(store.read(digest_progress.progress))
    store.write(report_queue.advance, 1)
    seen.append(store.read(digest_progress.progress))
    assert len(set(seen)) == 4


def test_an_issue_moves_it(store: Store) -> None:
    before = store.read(digest_progress.progress)
    store.file(make_event())
    assert store.read(digest_progress.progress) != before
