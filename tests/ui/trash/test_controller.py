"""The commands: they delete what is meant, and name it in the list of what was deleted."""

from pytestqt.qtbot import QtBot

from app.detail import read_event
from app.store.trash import deletions
from tests.factories import Store
from tests.regrouping.shop import Shop
from tests.ui.undoing import Do
from ui.issues.pane import IssuesPane
from ui.link.store_access import StoreAccess
from ui.places import Place
from ui.trash.controller import TrashController
from ui.undo import UndoStack


def test_one_issue_is_named_and_several_are_counted(
    shop: Shop,
    store: Store,
    access: StoreAccess,
    undo: UndoStack,
    controller: TrashController,
    do: Do,
    qtbot: QtBot,
) -> None:
    pane = IssuesPane(access, undo)
    qtbot.addWidget(pane)
    with qtbot.waitSignal(pane.feed.settled):
        pane.show_place(Place())
    pane.view.select_row(0)
    do(lambda: controller.delete(pane.selection))
    with qtbot.waitSignal(pane.feed.settled):
        pane.feed.ring()
    pane.selection.select_by_rule()
    do(lambda: controller.delete(pane.selection))
    assert [each.title for each in store.read(deletions.listed)] == ["8 issues", "KeyError: 'card'"]
    pane.feed.stop()


def test_the_shown_event_is_deleted(shop: Shop, store: Store, controller: TrashController, do: Do) -> None:
    shop.send("f1")
    controller.delete_event(None)
    shown = store.read(read_event, 10)
    do(lambda: controller.delete_event(shown))
    assert [each.title for each in store.read(deletions.listed)] == ["An event of “KeyError: 'card'”"]


def test_the_list_follows_the_store(shop: Shop, controller: TrashController, do: Do, qtbot: QtBot) -> None:
    controller.ring()
    controller.open()
    dialog = controller.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.none.isVisible)
    do(lambda: controller.actions.delete([1]))
    controller.ring()
    qtbot.waitUntil(dialog.list.isVisible)
