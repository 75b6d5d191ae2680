"""Views that a person has saved: their order, their names, and taking a change of them back."""

import random

import pytest

from app.store.inbox.lists.issues import View
from app.store.places import project_acts, saved_views
from app.store.places.saved_views import SavedView, ViewChange, ViewRefused
from tests.factories import Store, make_event


def names(store: Store) -> list[str]:
    return [view.name for view in store.read(saved_views.listed)]


def done(change: ViewChange | None) -> ViewChange:
    assert change is not None
    return change


@pytest.fixture
def three(store: Store) -> Store:
    """Views 1 to 3."""
    for name in "abc":
        store.write(saved_views.add, SavedView(name=name, text=f"level:{name}"))
    return store


def test_a_view_is_saved_and_outlives_the_renaming_of_its_project(store: Store) -> None:
    store.file(make_event(), project="shop")
    given = SavedView(name=" My  view ", text="card", view=View.MUTED, project="shop", sort="count")
    store.write(saved_views.add, given)
    (view,) = store.read(saved_views.listed)
    assert (view.name, view.text, view.view, view.project, view.sort) == (
        "My view", "card", View.MUTED, "shop", "count",
    )  # fmt: skip
    store.write(project_acts.rename, 1, "Store")
    assert store.read(saved_views.listed)[0].project == "Store"


def test_views_are_moved_renamed_and_deleted_and_each_is_taken_back(three: Store) -> None:
    moved = done(three.write(saved_views.move, 3, 0))
    assert names(three) == ["c", "a", "b"]
    renamed = done(three.write(saved_views.change, SavedView(id=1, name="first")))
    removed = done(three.write(saved_views.remove, 1))
    assert names(three) == ["c", "b"]
    assert not three.write(saved_views.take_back, renamed), "it is not there any more"
    assert three.write(saved_views.take_back, removed)
    assert names(three) == ["c", "first", "b"]
    assert three.write(saved_views.take_back, renamed)
    assert three.write(saved_views.take_back, moved)
    assert names(three) == ["a", "b", "c"]
    assert three.write(saved_views.move, 3, 9) is None
    assert three.write(saved_views.remove, 404) is None


def test_taking_back_leaves_views_that_came_since(three: Store) -> None:
    removed = done(three.write(saved_views.remove, 2))
    three.write(saved_views.add, SavedView(name="later"))
    assert three.write(saved_views.take_back, removed)
    assert names(three) == ["a", "b", "c", "later"]


def test_what_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for view, why in (
        (SavedView(name=""), "needs a name"),
        (SavedView(name="x" * 61), "60 characters"),
        (SavedView(name="x", text="x" * 4_001), "4,000 characters"),
        (SavedView(name="x", project="none"), "no project none"),
    ):
        with pytest.raises(ViewRefused, match=why):
            store.write(saved_views.add, view)
    monkeypatch.setattr(saved_views, "MOST", 0)
    with pytest.raises(ViewRefused, match="already"):
        store.write(saved_views.add, SavedView(name="x"))


@pytest.mark.parametrize("seed", range(3))
def test_any_history_of_acts_is_taken_back_in_the_opposite_order(store: Store, seed: int) -> None:
    chance, past, changes = random.Random(seed), [], []
    for n in range(30):
        before = store.read(saved_views.listed)
        number = chance.choice(before).id if before else 0
        act = chance.randrange(4)
        change: ViewChange | None
        if act == 0 or not before:
            change = store.write(saved_views.add, SavedView(name=f"n{n}"))
        elif act == 1:
            change = store.write(saved_views.move, number, chance.randrange(6))
        elif act == 2:
            change = store.write(saved_views.remove, number)
        else:
            change = store.write(saved_views.change, SavedView(id=number, name=f"r{n}"))
        if change is not None:
            past.append(before)
            changes.append(change)
    for before, change in zip(reversed(past), reversed(changes), strict=True):
        assert store.write(saved_views.take_back, change)
        assert store.read(saved_views.listed) == before
