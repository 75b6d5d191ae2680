"""The preview of a merge of several issues: seen first, done by key, and undone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.regrouping.shop import Shop
from tests.ui.undoing import Back, Do
from ui.grouping.controller import GroupingController
from ui.grouping.merge_dialog import MergeDialog
from ui.theme import Theme
from ui.undo import UndoStack


def opened(controller: GroupingController, *issues: int) -> MergeDialog:
    controller.merge(issues)
    assert controller.merging is not None
    return controller.merging


def test_what_becomes_one_is_seen_first_and_undone(
    shop: Shop,
    controller: GroupingController,
    undo: UndoStack,
    do: Do,
    back: Back,
    dressed: Theme,
    qtbot: QtBot,
) -> None:
    before = shop.shown()
    dialog = opened(controller, 3, 1, 2)
    qtbot.waitUntil(dialog.merge.isEnabled)
    assert dialog.changes.count() == 2
    assert "2 issues would be merged into issue 1" in dialog.message.text()
    assert "counts 3 events" in dialog.message.text()
    assert shop.shown() == before
    assert do(lambda: QTest.keyClick(dialog.merge, Qt.Key.Key_Return)) == "3 issues merged"
    assert not dialog.isVisible()
    assert list(shop.shown()) == [1, 4, 5, 6, 7, 8, 9]
    assert back() == "3 issues merged"
    shop.settle()
    assert shop.shown() == before
    assert do(undo.redo) == "3 issues merged"


def test_what_cannot_be_merged_says_why(shop: Shop, controller: GroupingController, qtbot: QtBot) -> None:
    shop.merge(1, 2)
    dialog = opened(controller, 2, 3)
    qtbot.waitUntil(lambda: "is merged into issue 1 already" in dialog.message.text())
    assert not dialog.merge.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_one_issue_alone_is_refused(shop: Shop, controller: GroupingController, refusal: Do) -> None:
    assert refusal(lambda: controller.merge([1])).startswith("Select the issues")
