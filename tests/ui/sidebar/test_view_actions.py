"""Acts on saved views: each is undone and done again."""

import pytest

from app.store.places import saved_views
from app.store.places.saved_views import SavedView
from tests.factories import Store
from tests.ui.undoing import Back, Do
from ui.link.store_access import StoreAccess
from ui.sidebar.view_actions import ViewActions
from ui.undo import UndoStack


@pytest.fixture
def acts(access: StoreAccess, undo: UndoStack) -> ViewActions:
    return ViewActions(access, undo, access)


def names(store: Store) -> list[str]:
    return [view.name for view in store.read(saved_views.listed)]


def test_each_act_on_a_view_is_undone_and_done_again(
    store: Store, acts: ViewActions, undo: UndoStack, do: Do, back: Back
) -> None:
    store.write(saved_views.add, SavedView(name="first"))
    assert do(lambda: acts.save(SavedView(name="mine", text="card"))) == "View mine saved"
    for act, done, after in (
        (lambda: acts.move(2, "mine", 0), "View mine moved", ["mine", "first"]),
        (
            lambda: acts.change(SavedView(id=2, name="ours"), is_renaming=True),
            "View renamed to ours",
            ["first", "ours"],
        ),
        (lambda: acts.delete(1, "first"), "View first deleted", ["mine"]),
    ):
        before = names(store)
        assert do(act) == done
        assert names(store) == after
        assert back() == done
        assert names(store) == before
        assert do(undo.redo) == done
        assert names(store) == after
        back()
    assert back() == "View mine saved"
    assert names(store) == ["first"]


def test_why_a_view_is_not_saved(acts: ViewActions, refusal: Do) -> None:
    assert refusal(lambda: acts.save(SavedView(name="x", project="none"))) == "There is no project none."


def test_a_view_that_was_changed_since_is_not_taken_back(
    store: Store, acts: ViewActions, undo: UndoStack, do: Do, refusal: Do
) -> None:
    do(lambda: acts.save(SavedView(name="mine")))
    store.write(saved_views.change, SavedView(id=1, name="other"))
    assert refusal(undo.undo).startswith("Not undone")


def test_what_followed_is_done_again_after_the_view_itself(
    store: Store, acts: ViewActions, undo: UndoStack, do: Do, back: Back
) -> None:
    do(lambda: acts.save(SavedView(name="mine")))
    do(lambda: acts.change(SavedView(id=1, name="ours"), is_renaming=True))
    back()
    back()
    assert names(store) == []
    do(undo.redo)
    assert do(undo.redo) == "View renamed to ours"
    assert names(store) == ["ours"]
