"""The data's page: a backup by hand, listed and restored, and the daily ones."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.factories import Store, make_event
from ui.link.preferences_access import PreferencesAccess
from ui.preferences.program.data_page import DataPage


@pytest.fixture
def page(store: Store, access: PreferencesAccess, qtbot: QtBot) -> DataPage:
    store.file(make_event())
    made = DataPage(access)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.bytes.text().startswith("The store takes "))
    return made


def test_a_backup_is_made_listed_and_restored(
    page: DataPage, access: PreferencesAccess, tmp_path: Path, qtbot: QtBot
) -> None:
    assert page.backups.none.isVisible()
    page.back_up.click()
    assert not page.back_up.isVisible()
    qtbot.waitUntil(lambda: page.backups.table.count() == 1)
    assert page.outcome.text().startswith("Backed up and checked")
    assert page.back_up.isVisible()
    (file,) = (tmp_path / "backups").iterdir()
    page.backups.restore.click()
    with qtbot.waitSignal(access.settings.asked) as asked:
        page.backups.confirm.click()
    assert asked.args == ["restore", file]
    access.settings.answered.emit("Restored.")
    assert page.outcome.text() == "Restored."


def test_daily_backups_need_no_other_engine(page: DataPage, access: PreferencesAccess, qtbot: QtBot) -> None:
    assert not page.kept.isEnabled()
    with qtbot.assertNotEmitted(access.settings.engine_needed):
        with qtbot.waitSignal(access.settings.changed):
            page.daily.click()
        with qtbot.waitSignal(access.settings.changed):
            page.kept.setValue(7)
    policy = access.settings.chosen.backup
    assert (policy.daily, policy.kept) == (True, 7)
    with qtbot.waitSignal(access.settings.changed):
        access.history.undo()
    assert page.kept.value() == 3


def test_clearing_is_asked_twice(page: DataPage, access: PreferencesAccess, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(access.settings.asked):
        page.clear.click()
        page.keep.click()
        page.clear.click()
    with qtbot.waitSignal(access.settings.asked) as asked:
        page.clear_now.click()
    assert asked.args[0] == "clear"
