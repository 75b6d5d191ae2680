"""The queue as it is looked at: what waits, since when."""

from app.model import from_micros
from app.store import inbox, letters, queue
from app.store.inbox import Setback
from tests.factories import NOON, SECOND, Store, append, make_report


def test_the_oldest_of_what_is_pending(store: Store) -> None:
    assert store.read(queue.oldest) is None
    append(store.database, *(make_report(n, at=NOON + n * SECOND) for n in range(1, 4)))
    assert store.read(queue.oldest) == from_micros(NOON + SECOND)
    store.write(inbox.advance, 2)
    assert store.read(queue.oldest) == from_micros(NOON + 3 * SECOND)
    setback = Setback(report_id=1, attempts=1, due_at=NOON, dead=False, error="", traceback="")
    store.write(inbox.set_back, setback)
    assert store.read(queue.oldest) == from_micros(NOON + SECOND)
    store.write(letters.discard, [1], NOON)
    assert store.read(queue.oldest) == from_micros(NOON + 3 * SECOND)


def test_what_waits_is_listed_in_line(store: Store) -> None:
    append(store.database, *(make_report(n, body=b"x" * n, project=f"p{n}") for n in range(1, 5)))
    store.write(inbox.advance, 1)
    waiting = store.read(queue.waiting, limit=2)
    assert [(one.report_id, one.project, one.size) for one in waiting] == [(2, "p2", 2), (3, "p3", 3)]
