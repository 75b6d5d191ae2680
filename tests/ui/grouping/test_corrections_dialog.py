"""The list of corrections: merges and rules, their progress, and their undo."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.digest.grouping.rules import RulePart, Same
from app.store.database import Database
from app.store.grouping import grouping_rules
from tests.regrouping.shop import Shop
from ui.commands.keymap import with_key
from ui.grouping.controller import GroupingController
from ui.grouping.corrections_dialog import CorrectionsDialog


@pytest.fixture
def shop(database: Database, tmp_path: Path) -> Shop:
    """Three issues."""
    shop = Shop(database, tmp_path)
    for function in ("charge", "refund", "cancel"):
        shop.send(function)
    return shop


def opened(controller: GroupingController, rows: int, qtbot: QtBot) -> CorrectionsDialog:
    controller.show_made()
    dialog = controller.made
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.list.rows.rowCount() == rows)
    return dialog


def lines(dialog: CorrectionsDialog) -> list[tuple[str, str]]:
    return [(row.title, row.where) for row in dialog.list.rows.rows]


def test_without_corrections_a_hint_is_shown(
    controller: GroupingController, shop: Shop, qtbot: QtBot
) -> None:
    dialog = opened(controller, 0, qtbot)
    qtbot.waitUntil(dialog.none.isVisible)
    assert with_key("merge them", "merge") in dialog.none.text()
    assert not dialog.undo.isVisible()


def test_they_are_listed_and_undone_by_key(controller: GroupingController, shop: Shop, qtbot: QtBot) -> None:
    before = shop.shown()
    shop.apply(shop.plan(Same(RulePart.FUNCTION, ("charge", "refund"))))
    shop.settle()
    dialog = opened(controller, 1, qtbot)
    ((title, where),) = lines(dialog)
    assert "charge" in title
    assert where == "Rule · in force · 1 event moved"
    assert dialog.undo.text() == "Undo"
    with qtbot.waitSignal(controller.actions.committed):
        QTest.keyClick(dialog, Qt.Key.Key_Delete)
    shop.settle()
    controller.ring()
    qtbot.waitUntil(lambda: lines(dialog)[0][1] == "Rule · undone")
    assert not dialog.undo.isEnabled()
    assert shop.shown() == before
    with shop.database.reading() as connection:
        assert grouping_rules.listed(connection) == ()


def test_a_running_correction_shows_its_progress_and_can_be_cancelled(
    controller: GroupingController, shop: Shop, qtbot: QtBot
) -> None:
    shop.merge(1, 2, 3)
    dialog = opened(controller, 1, qtbot)
    assert lines(dialog)[0][1] == "Merge · moving 0 of 2 events"
    assert dialog.undo.text() == "Cancel"
    with qtbot.waitSignal(controller.actions.committed):
        dialog.undo.click()
    shop.settle()
    assert len(shop.shown()) == 3


def test_a_correction_that_another_depends_on_names_that_one(
    controller: GroupingController, shop: Shop, qtbot: QtBot
) -> None:
    shop.merge(1, 2)
    shop.settle()
    shop.merge(1, 3)
    shop.settle()
    dialog = opened(controller, 2, qtbot)
    dialog.list.setCurrentIndex(dialog.list.rows.index(1))
    with qtbot.waitSignal(controller.actions.refused):
        dialog.undo.click()
    assert dialog.message.text().startswith("Undo “")
    controller.ring()
    qtbot.waitUntil(dialog.undo.isEnabled)


def test_a_new_correction_appears_while_the_dialog_is_open(
    controller: GroupingController, shop: Shop, qtbot: QtBot
) -> None:
    shop.merge(1, 2)
    dialog = opened(controller, 1, qtbot)
    shop.merge(1, 3)
    for _ring in range(3):
        controller.ring()
    qtbot.waitUntil(lambda: dialog.list.rows.rowCount() == 2)
    assert dialog.list.currentIndex().row() == 1, "the chosen one stays chosen"
