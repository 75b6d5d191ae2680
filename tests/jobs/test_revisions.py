"""Revisions reach the doorbell, from the digest's process and from the watch, each once."""

import multiprocessing
import queue

from app.jobs.revisions import Revisions

PATIENCE_SECONDS = 30


def make_revisions() -> tuple[Revisions, "queue.Queue[int]"]:
    announced: queue.Queue[int] = queue.Queue()
    return Revisions(multiprocessing.get_context("spawn"), announced.put), announced


def test_what_the_digest_sends_is_announced_in_order() -> None:
    revisions, announced = make_revisions()
    revisions.start()
    for revision in (1, 2, 3):
        revisions.sender.send_bytes(b"%d" % revision)
    assert [announced.get(timeout=PATIENCE_SECONDS) for _revision in range(3)] == [1, 2, 3]
    revisions.stop()


def test_what_was_sent_before_the_end_is_announced() -> None:
    revisions, announced = make_revisions()
    revisions.start()
    revisions.sender.send_bytes(b"7")
    revisions.stop()
    assert announced.get_nowait() == 7


def test_what_the_watch_finds_is_announced_unless_it_is_known() -> None:
    revisions, announced = make_revisions()
    revisions.announce(4)
    for revision in (3, 4, 5, 5):
        revisions.found(revision)
    assert [announced.get_nowait() for _revision in range(2)] == [4, 5]
    assert announced.empty()
