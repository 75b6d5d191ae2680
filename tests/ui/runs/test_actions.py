"""Forgetting a run is undone, unless it is there already."""

from app.store.places import runs
from tests.factories import Store
from tests.ui.undoing import Back, Do
from ui.link.store_access import StoreAccess
from ui.runs.actions import RunActions
from ui.undo import UndoStack


def test_forgetting_a_run_is_undone_and_done_again(
    filled: Store, access: StoreAccess, undo: UndoStack, do: Do, back: Back
) -> None:
    acts = RunActions(access, undo, access)
    before = filled.read(runs.listed)
    do(lambda: acts.forget(1, "pytest -q"))
    assert len(filled.read(runs.listed)) == 1
    assert back() == "Run 1 of pytest -q forgotten"
    assert filled.read(runs.listed) == before
