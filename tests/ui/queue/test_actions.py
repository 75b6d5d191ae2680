"""Discarding reports, undone and redone for those that are still stored."""

from app.store.queue import dead_letters
from tests.factories import Store
from tests.ui.undoing import Back, Do
from ui.queue.actions import QueueActions
from ui.undo import UndoStack


def test_reports_that_came_back_elsewhere(
    store: Store, undo: UndoStack, of_queue: QueueActions, do: Do, back: Back, refusal: Do
) -> None:
    do(lambda: of_queue.discard([1, 2]))
    store.write(dead_letters.undo_discard, [1])
    assert back() == "2 reports discarded (1 report could not be had back)"
    assert do(undo.redo) == "2 reports discarded"
    store.write(dead_letters.undo_discard, [1, 2])
    assert refusal(undo.undo).startswith("Not undone")
