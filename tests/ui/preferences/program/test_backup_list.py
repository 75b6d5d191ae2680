"""The list of backups: nothing is restored without a second question."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.store.upkeep.backup import Backup
from ui.preferences.program.backup_list import BackupList

BACKUPS = tuple(
    Backup(file=Path(f"/b/{n}"), at=datetime(2026, 11, n, tzinfo=UTC), size=n << 20, is_aside=n == 1)
    for n in (3, 2, 1)
)


@pytest.fixture
def shown(qtbot: QtBot) -> BackupList:
    made = BackupList()
    qtbot.addWidget(made)
    made.show()
    return made


def test_an_empty_list_says_so(shown: BackupList) -> None:
    assert shown.none.isVisible()
    assert not shown.restore.isVisible()


def test_it_asks_before_it_restores(shown: BackupList, qtbot: QtBot) -> None:
    shown.show_backups(BACKUPS)
    assert [shown.table.item(row).text().split("   ·   ")[2:] for row in range(3)] == [
        ["3.0 MiB", "by hand"],
        ["2.0 MiB", "by hand"],
        ["1.0 MiB", "set aside for a backup"],
    ]
    shown.table.setCurrentRow(1)
    with qtbot.assertNotEmitted(shown.restore_requested):
        shown.restore.click()
        assert shown.confirm.isVisible()
        shown.cancel.click()
        assert not shown.confirm.isVisible()
    shown.restore.click()
    with qtbot.waitSignal(shown.restore_requested) as requested:
        shown.confirm.click()
    assert requested.args == [Path("/b/2")]


def test_another_choice_withdraws_the_question(shown: BackupList) -> None:
    shown.show_backups(BACKUPS)
    shown.restore.click()
    shown.table.setCurrentRow(2)
    assert not shown.confirm.isVisible()
    shown.show_backups(BACKUPS[1:])
    assert shown.table.currentRow() == 1, "what was chosen stays so"
