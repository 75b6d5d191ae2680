"""Deleting and restoring are undone and done again, also where something came meanwhile."""

import pytest
from pytestqt.qtbot import QtBot

from app.model import from_micros
from app.store.inbox.lists import issues
from app.store.trash import deletions
from tests.factories import Store
from tests.regrouping.shop import Shop
from tests.ui.undoing import Back, Do
from ui.trash import actions as module
from ui.trash.actions import TrashActions
from ui.undo import UndoStack


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ISSUES_AT_ONCE", 2)


def test_many_are_deleted_in_steps_as_one_act(
    shop: Shop, store: Store, undo: UndoStack, of_trash: TrashActions, do: Do, back: Back
) -> None:
    before = shop.shown()
    assert do(lambda: of_trash.delete([5, 1, 2, 3, 4])) == "5 issues deleted"
    assert list(shop.shown()) == [6, 7, 8, 9]
    (listed,) = store.read(deletions.listed)
    assert (listed.title, listed.issues) == ("5 issues", 5)
    assert (listed.goes_at - listed.at).days == 1
    assert listed.at > from_micros(0)
    assert back() == "5 issues deleted"
    assert shop.shown() == before
    assert store.read(deletions.listed) == []
    assert do(undo.redo) == "5 issues deleted"
    assert list(shop.shown()) == [6, 7, 8, 9]
    assert len(store.read(deletions.listed)) == 1


def test_undo_takes_in_what_came_meanwhile_and_can_be_done_again(
    shop: Shop, undo: UndoStack, of_trash: TrashActions, do: Do, back: Back
) -> None:
    do(lambda: of_trash.delete([1]))
    assert shop.send("f1") == 10
    assert back() == "1 issue deleted"
    shop.settle()
    assert shop.shown() == shop.recounted()
    assert shop.shown()[1][0] == 2
    do(undo.redo)
    assert list(shop.shown()) == [2, 3, 4, 5, 6, 7, 8, 9]
    back()
    assert shop.shown()[1][0] == 2


def test_what_was_restored_elsewhere_is_not_restored_again(
    shop: Shop, store: Store, undo: UndoStack, of_trash: TrashActions, do: Do, back: Back, refusal: Do
) -> None:
    do(lambda: of_trash.delete([1, 2]))
    (deletion,) = store.read(deletions.listed)
    assert do(lambda: of_trash.restore(deletion.id, deletion.title)) == "2 issues restored"
    assert len(shop.shown()) == 9
    assert back() == "2 issues restored"
    assert len(shop.shown()) == 7
    assert do(undo.redo) == "2 issues restored"
    assert len(shop.shown()) == 9
    assert back() == "2 issues restored"
    assert refusal(undo.undo).startswith("Not undone"), "that deletion is another one by now"


def test_a_project_and_everything(
    shop: Shop, store: Store, of_trash: TrashActions, do: Do, back: Back, refusal: Do
) -> None:
    assert do(lambda: of_trash.delete_all("shop")) == "9 issues deleted"
    assert store.read(deletions.listed)[0].title == "All 9 issues of shop"
    assert shop.send("f1") == 10, "its reports go on into it"
    assert do(of_trash.delete_all) == "1 issue deleted"
    assert refusal(of_trash.delete_all) == "There is nothing to delete"
    back()
    back()
    shop.settle()
    assert shop.shown() == shop.recounted()


def test_an_event_goes_comes_back_and_goes_again(
    shop: Shop,
    store: Store,
    undo: UndoStack,
    of_trash: TrashActions,
    do: Do,
    back: Back,
    refusal: Do,
    qtbot: QtBot,
) -> None:
    shop.send("f1", value="'iban'")
    before = shop.shown()
    with qtbot.waitSignal(of_trash.event_gone) as gone:
        assert do(lambda: of_trash.delete_event(10, "An event")) == "1 event deleted"
    assert gone.args == [10]
    assert shop.shown()[1][0] == 1
    assert back() == "1 event deleted"
    assert shop.shown() == before
    do(undo.redo)
    (deletion,) = store.read(deletions.listed)
    assert deletion.title == "An event"
    assert do(lambda: of_trash.restore(deletion.id, deletion.title)) == "1 event restored"
    assert shop.shown() == before
    assert back() == "1 event restored"
    assert shop.shown()[1][0] == 1
    do(undo.redo)
    assert shop.shown() == before
    assert "no longer stored" in refusal(lambda: of_trash.delete_event(404, "None"))


def test_what_is_over_cannot_be_restored(shop: Shop, of_trash: TrashActions, refusal: Do) -> None:
    assert refusal(lambda: of_trash.restore(404, "1 issue")) == "It cannot be restored any more"


def test_an_issue_whose_merge_is_being_undone_is_not_deleted(
    shop: Shop, store: Store, of_trash: TrashActions, refusal: Do
) -> None:
    merge = shop.merge(1, 2)
    shop.settle()
    shop.undo(merge)
    assert "is being undone just now" in refusal(lambda: of_trash.delete([1]))
    assert store.read(issues.get, 1) is not None
