"""“Recently deleted”: what is listed, and its way back by key."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.regrouping.shop import Shop
from tests.ui.undoing import Do
from ui.theme import Theme
from ui.trash.controller import TrashController


def test_what_was_deleted_is_restored_by_key(
    shop: Shop, controller: TrashController, do: Do, qtbot: QtBot, dressed: Theme
) -> None:
    do(lambda: controller.actions.delete([1], "One"))
    do(lambda: controller.actions.delete([2, 3]))
    controller.open()
    dialog = controller.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.list.rows.rowCount() == 2)
    first, second = dialog.list.rows.rows
    assert (first.title, second.title) == ("2 issues", "One")
    assert first.where.startswith("2 issues · goes for good on ")
    with qtbot.waitSignal(controller.actions.committed):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    controller.ring()
    qtbot.waitUntil(lambda: dialog.list.rows.rowCount() == 1)
    assert len(shop.shown()) == 8
    dialog.close()
