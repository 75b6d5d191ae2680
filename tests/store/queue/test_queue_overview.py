"""The queue, read for people: what waits, since when."""

from app.model import from_micros
from app.store.queue import dead_letters, queue_overview, report_queue
from app.store.queue.report_queue import ReportSetback
from tests.factories import NOON, SECOND, Store, append, make_report


def test_the_oldest_of_what_is_pending(store: Store) -> None:
    assert store.read(queue_overview.oldest) is None
    append(store.database, *(make_report(n, at=NOON + n * SECOND) for n in range(1, 4)))
    assert store.read(queue_overview.oldest) == from_micros(NOON + SECOND)
    store.write(report_queue.advance, 2)
    assert store.read(queue_overview.oldest) == from_micros(NOON + 3 * SECOND)
    setback = ReportSetback(report_id=1, attempts=1, due_at=NOON, dead=False, error="", traceback="")
    store.write(report_queue.set_back, setback)
    assert store.read(queue_overview.oldest) == from_micros(NOON + SECOND)
    store.write(dead_letters.discard, [1], NOON)
    assert store.read(queue_overview.oldest) == from_micros(NOON + 3 * SECOND)


def test_what_waits_is_listed_in_line(store: Store) -> None:
    append(store.database, *(make_report(n, body=b"x" * n, project=f"p{n}") for n in range(1, 5)))
    store.write(report_queue.advance, 1)
    waiting = store.read(queue_overview.waiting, limit=2)
    assert [(one.report_id, one.project, one.size) for one in waiting] == [(2, "p2", 2), (3, "p3", 3)]
