"""What a listener changed of an event, beside its report."""

from app.store.inbox.events import changes
from tests.factories import Store, append, make_report


def test_changes_are_stored_once_per_event(store: Store) -> None:
    append(store.database, make_report(1))
    store.write(changes.add, [(1, 0, b'{"title":"first"}'), (1, 2, b"{}")])
    store.write(changes.add, [(1, 0, b'{"title":"second"}')])
    assert store.read(changes.of, 1, 0) == b'{"title":"first"}'
    assert store.read(changes.of, 1, 1) is None
    assert store.read(changes.of, 1, 2) == b"{}"


def test_the_changes_of_several_reports_are_read_at_once(store: Store) -> None:
    append(store.database, make_report(1), make_report(2), make_report(3))
    store.write(changes.add, [(1, 0, b"a"), (2, 1, b"b"), (3, 0, b"c")])
    assert store.read(changes.of_reports, [1, 2, 4]) == {(1, 0): b"a", (2, 1): b"b"}
