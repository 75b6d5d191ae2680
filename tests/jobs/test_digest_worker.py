"""The digest's process: its priority, what it ignores, where it prints, and what it tells the engine."""

import gc
import os
import signal

import pytest

from app.jobs import digest_worker
from app.store.queue import queue_overview
from tests.factories import Store, append, make_report
from tests.jobs.conftest import PATIENCE_SECONDS, DigestProcess


def test_it_leaves_the_processor_to_the_receiver(digest_process: DigestProcess) -> None:
    niceness = digest_process.pool.submit(os.nice, 0).result(PATIENCE_SECONDS)
    assert niceness == min(os.nice(0) + digest_worker.NICENESS, 19)


def test_only_the_engine_decides_when_it_stops(digest_process: DigestProcess) -> None:
    handler = digest_process.pool.submit(signal.getsignal, signal.SIGINT).result(PATIENCE_SECONDS)
    assert handler == signal.SIG_IGN


def test_what_is_printed_in_it_goes_to_stderr(
    digest_process: DigestProcess, capfd: pytest.CaptureFixture[str]
) -> None:
    digest_process.pool.submit(os.write, 1, b"failed {}\n").result(PATIENCE_SECONDS)
    assert capfd.readouterr() == ("", "failed {}\n")


def test_the_cycle_collector_is_spared(digest_process: DigestProcess) -> None:
    assert digest_process.pool.submit(gc.get_freeze_count).result(PATIENCE_SECONDS) > 0
    threshold, *_older = digest_process.pool.submit(gc.get_threshold).result(PATIENCE_SECONDS)
    assert threshold > gc.get_threshold()[0]


def test_the_engine_is_sent_the_revision_of_each_commit(digest_process: DigestProcess, store: Store) -> None:
    for number in (1, 2):
        append(store.database, make_report(number))
        assert digest_process.pool.submit(digest_worker.digest).result(PATIENCE_SECONDS) == 1
        assert digest_process.revisions.recv_bytes() == b"%d" % number


def test_it_digests_no_more_once_it_is_to_stop(digest_process: DigestProcess, store: Store) -> None:
    append(store.database, *(make_report(number) for number in range(1, 4)))
    digest_process.stopping.set()
    assert digest_process.pool.submit(digest_worker.digest).result(PATIENCE_SECONDS) == 0
    assert store.read(queue_overview.status).pending == 3
    digest_process.stopping.clear()
    assert digest_process.pool.submit(digest_worker.digest).result(PATIENCE_SECONDS) == 3


def test_in_a_process_that_was_not_started_nothing_is_done() -> None:
    for act in (digest_worker.digest, digest_worker.regroup):
        with pytest.raises(RuntimeError, match="before it was started"):
            act()
