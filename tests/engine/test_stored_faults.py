"""The faults of whichever store is open."""

from app.clock import now_micros
from app.engine.stored_faults import StoredFaults
from app.store.engine_state import faults
from app.store.inbox.issues import projects
from tests.factories import SECOND, Store
from tests.store.engine_state.test_faults import make_fault


def test_it_reads_counts_and_ends(store: Store) -> None:
    stored = StoredFaults(lambda: store.database)
    assert stored.listed() == []
    now = now_micros()
    number = store.write(projects.number, "shop", now)
    store.write(faults.begin, make_fault(number, since=now))
    stored.count({(number, now): 4})
    (found,) = stored.listed()
    assert found.met == 4
    stored.end([make_fault(number, since=now - SECOND)])
    assert len(stored.listed()) == 1, "it was set anew"
    stored.end([found])
    assert stored.listed() == []
