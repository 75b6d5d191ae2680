"""The queue at one moment, read from a real store."""

from app.model import from_micros
from tests.factories import NOON, Store, append, make_report
from tests.ui.queue.factories import make_snapshot
from ui.queue.snapshot import SnapshotReader, Tab
from ui.widgets.row_list import ListRow


def test_everything_in_line_is_under_waiting(store: Store) -> None:
    append(store.database, make_report(1), make_report(2))
    found = store.read(SnapshotReader().read)
    assert [row.title for row in found.rows[Tab.WAITING]] == ["Report 1", "Report 2"]
    assert found.count(Tab.WAITING) == found.status.pending == 2
    assert found.oldest == from_micros(NOON)
    assert found.rows[Tab.DEAD] == ()


def test_rates_are_known_from_the_second_snapshot_on(store: Store) -> None:
    reader = SnapshotReader()
    assert store.read(reader.read).flow is None
    append(store.database, make_report(1))
    flow = store.read(reader.read).flow
    assert flow is not None
    assert flow.received > 0
    assert flow.digested == 0


def test_a_tab_without_a_number_of_its_own_counts_its_rows() -> None:
    job = ListRow(("job", "digest"), "digest", "", None, "success", "")
    rows = dict.fromkeys(Tab, ()) | {Tab.JOBS: (job,)}
    found = make_snapshot(rejected=7, rows=rows)
    assert (found.count(Tab.JOBS), found.count(Tab.REFUSED), found.count(Tab.LISTENERS)) == (1, 7, 0)
