"""The list of all runs."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.factories import Store
from ui.link.store_access import StoreAccess
from ui.runs.dialog import RunsDialog
from ui.theme import Theme


@pytest.fixture
def dialog(access: StoreAccess, qtbot: QtBot) -> RunsDialog:
    made = RunsDialog(access)
    qtbot.addWidget(made)
    return made


def test_runs_are_listed_with_how_they_ended(
    dialog: RunsDialog, filled: Store, qtbot: QtBot, dressed: Theme
) -> None:
    dialog.open()
    qtbot.waitUntil(lambda: dialog.list.rows.rowCount() == 2)
    second, first = dialog.list.rows.rows
    assert (second.title, second.where) == ("pytest -q", "Run 2 · exited with 1 · 2 errors · shop · 4.0 s")
    assert (first.where, first.token) == ("Run 1 · exited with 1 · 1 error · shop · 4.0 s", "danger")
    assert dialog.new_button.isEnabled()
    dialog.list.setCurrentIndex(dialog.list.rows.index(1))
    assert not dialog.new_button.isEnabled(), "there is none before"
    with qtbot.waitSignal(dialog.chosen) as chosen:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert chosen.args is not None
    assert (chosen.args[0].id, chosen.args[1]) == (1, False)


def test_without_any_it_is_said_how_a_command_is_run(dialog: RunsDialog, store: Store, qtbot: QtBot) -> None:
    dialog.open()
    qtbot.waitUntil(dialog.none.isVisible)
    assert "arecibo run -- your command" in dialog.none.text()
    assert not dialog.forget_button.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
