"""Retry and discard: what failed is tried again or discarded, and the sum always holds."""

import pytest
from sqlalchemy import insert

from app.settings import Retention
from app.store import schema
from app.store.engine_state import job_requests
from app.store.queue import dead_letters, queue_overview, report_queue
from app.store.queue.report_queue import ReportSetback
from app.store.upkeep.retention import DAY, Sweep
from tests.factories import NOON, SECOND, Store, append, make_report

DEAD, WAITING = 1, 2


@pytest.fixture
def failed(store: Store) -> Store:
    """One dead report, one that waits for its next try, one that the digest has not come to."""
    append(store.database, make_report(DEAD), make_report(WAITING), make_report(3))
    with store.database.writing() as connection:
        for number, attempts, due_at in ((DEAD, 5, None), (WAITING, 1, NOON + SECOND)):
            connection.execute(
                insert(schema.setbacks).values(
                    report_id=number,
                    attempts=attempts,
                    due_at=due_at,
                    dead=due_at is None,
                    error="KeyError: 'frames'",
                    traceback="Traceback",
                )
            )
        report_queue.advance(connection, WAITING)
    return store


def sums(store: Store) -> tuple[int, int, int, int]:
    status = store.read(queue_overview.status)
    assert status.received == status.pending + status.digested + status.dead
    return status.received, status.pending, status.digested, status.dead


# Longer than anything waits here.
LONGEST_PAUSE = 10 * 86_400 * SECOND


def due(store: Store, now: int = NOON) -> list[tuple[int, int]]:
    claimed = store.read(report_queue.claim_due, now, LONGEST_PAUSE, limit=10)
    return [(report.id, attempts) for report, attempts in claimed]


def test_a_retry_is_due_at_once_and_the_digest_is_woken(failed: Store) -> None:
    assert due(failed) == []
    assert failed.write(dead_letters.retry, [DEAD, 77], NOON) == [DEAD]
    assert due(failed) == [(DEAD, 5)]
    assert sums(failed) == (3, 3, 0, 0)
    assert [request.job for request in failed.read(job_requests.waiting)] == ["digest"]


def test_all_are_retried_except_what_was_discarded(failed: Store) -> None:
    failed.write(dead_letters.discard, [DEAD], NOON)
    assert failed.write(dead_letters.retry_all, NOON) == [WAITING]
    assert failed.write(dead_letters.retry, [DEAD], NOON) == []


def test_nothing_to_retry_requests_no_job(store: Store) -> None:
    assert store.write(dead_letters.retry_all, NOON) == []
    assert store.read(job_requests.waiting) == []


@pytest.mark.parametrize("report_id", [DEAD, WAITING])
def test_discarded_counts_as_digested_and_can_be_restored_as_it_was(failed: Store, report_id: int) -> None:
    before, how = sums(failed), failed.read(queue_overview.setback, report_id)
    assert failed.write(dead_letters.discard, [report_id], NOON) == [report_id]
    assert failed.write(dead_letters.discard, [report_id], NOON) == []
    received, _pending, digested, _dead = sums(failed)
    assert (received, digested) == (3, 1)
    assert report_id not in [setback.report_id for setback in failed.read(queue_overview.setbacks)]
    assert report_id not in [number for number, _attempts in due(failed, NOON + SECOND)]
    assert failed.write(dead_letters.undo_discard, [report_id]) == [report_id]
    assert sums(failed) == before
    assert failed.read(queue_overview.setback, report_id) == how


def test_a_day_later_it_is_gone_and_no_number_changes(failed: Store) -> None:
    failed.write(dead_letters.discard, [DEAD, WAITING], NOON)
    before = sums(failed)
    Sweep(failed.database, Retention(), clock=lambda: NOON + DAY).run()
    assert failed.read(report_queue.get, DEAD) is not None
    Sweep(failed.database, Retention(), clock=lambda: NOON + DAY + 1).run()
    assert failed.read(report_queue.get, DEAD) is None
    assert failed.write(dead_letters.undo_discard, [DEAD, WAITING]) == []
    assert sums(failed) == before == (3, 1, 2, 0)


def test_a_try_that_ends_after_it_was_discarded_leaves_it_discarded(failed: Store) -> None:
    failed.write(dead_letters.discard, [WAITING], NOON)
    again = ReportSetback(report_id=WAITING, attempts=2, due_at=NOON, dead=False, error="again", traceback="")
    failed.write(report_queue.set_back, again)
    assert due(failed, NOON + DAY) == []
    assert sums(failed)[2] == 1


def test_only_one_of_two_digests_may_try(failed: Store) -> None:
    assert failed.read(report_queue.is_due, WAITING, 1)
    assert not failed.read(report_queue.is_due, WAITING, 0)
    assert not failed.read(report_queue.is_due, 77, 0)
    failed.write(dead_letters.discard, [WAITING], NOON)
    assert not failed.read(report_queue.is_due, WAITING, 1)
