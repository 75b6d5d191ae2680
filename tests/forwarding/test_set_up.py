"""Setting a target: for a project by any of its names, from now on."""

import pytest

from app.forwarding import set_up
from app.forwarding.own_address import OwnAddress
from app.store.forwarding import forwards
from app.store.forwarding.forwards import HasTarget
from app.store.places import project_acts
from app.target_dsn import DsnUnusable
from tests.factories import NOON, Store, make_event

DSN = "https://k3y@errors.example.org/1"


def test_a_dsn_is_checked_before_it_is_stored() -> None:
    assert set_up.check(f" {DSN}\n", (1974,)) == DSN
    with pytest.raises(DsnUnusable):
        set_up.check("https://errors.example.org/1", ())
    with pytest.raises(OwnAddress):
        set_up.check("http://k3y@localhost:1974/1", (1974,))


def test_it_begins_behind_what_is_there_and_there_is_one_a_project(store: Store) -> None:
    store.file(make_event(), make_event(value="2"))
    added = store.write(set_up.add, "shop", DSN, NOON)
    assert (added.project, added.after_report) == ("shop", 2)
    with pytest.raises(HasTarget, match="Remove that first"):
        store.write(set_up.add, "shop", DSN, NOON)
    assert store.write(set_up.add, "not_seen_yet", DSN, NOON).project == "not_seen_yet"


def test_a_project_is_found_by_what_its_app_sends_and_by_what_people_see(store: Store) -> None:
    store.file(make_event())
    store.file(make_event(), project="old_shop")
    added = store.write(set_up.add, "shop", DSN, NOON)
    store.write(project_acts.rename, 1, "The shop")
    store.write(project_acts.merge, 2, 1)
    for name in ("shop", "The shop", "old_shop"):
        assert store.read(set_up.of_project, name) == store.read(forwards.get, added.id)
    assert store.read(set_up.of_project, "other") is None
