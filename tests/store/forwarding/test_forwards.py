"""The table of targets: no key is shown, and what was removed comes back for what arrives from then on."""

import pytest

from app.store.forwarding import forwarded_reports, forwards
from app.store.forwarding.forwards import HasTarget
from app.store.inbox.issues import projects
from tests.factories import NOON, Store, make_report

DSN = "https://k3ytok3n@errors.example.org/1"


def test_it_is_added_shown_without_its_key_and_removed_with_all_that_waits(store: Store) -> None:
    number = store.write(projects.number, "shop", NOON)
    added = store.write(forwards.add, number, DSN, after_report=0, now=NOON)
    assert added.dsn == DSN
    assert "k3ytok3n" not in f"{added!r} {added.where}"
    store.write(forwarded_reports.add, [make_report(1)], NOON)
    with pytest.raises(HasTarget):
        store.write(forwards.add, number, DSN, after_report=0, now=NOON)
    store.write(forwards.set_enabled, added.id, enabled=False)
    removed = store.write(forwards.remove, added.id)
    assert removed is not None
    assert removed.waiting == 1
    assert store.write(forwards.remove, added.id) is None
    assert store.read(forwarded_reports.newest, 9) == []
    store.write(forwards.add_again, removed, after_report=7, now=NOON + 1)
    again = store.read(forwards.of_project, number)
    assert again is not None
    assert (again.dsn, again.after_report, again.waiting, again.enabled) == (DSN, 7, 0, False)
    assert again.id != added.id
