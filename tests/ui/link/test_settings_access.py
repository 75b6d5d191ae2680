"""The settings of the window: changed in the file, followed at once, taken back, and locked by flags."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.settings import Settings
from ui.link.background import Background
from ui.link.change_history import ChangeHistory
from ui.link.settings_access import SettingsAccess


@pytest.fixture
def history() -> ChangeHistory:
    return ChangeHistory()


@pytest.fixture
def access(tmp_path: Path, background: Background, history: ChangeHistory) -> Iterator[SettingsAccess]:
    chosen = Settings(data_dir=tmp_path, port=4_000)
    made = SettingsAccess(chosen, background, history, file=tmp_path / "settings.toml")
    made.locked = {"port": "--port", "host": "ARECIBO_HOST"}
    yield made
    background.stop()


def test_a_change_is_in_force_and_in_the_file_and_is_taken_back(
    access: SettingsAccess, history: ChangeHistory, qtbot: QtBot
) -> None:
    with qtbot.waitSignals([access.changed, access.engine_needed]):
        access.change("30 days", {"retention.days": 30, "spotlight": False})
    assert not access.chosen.spotlight
    assert access.chosen.retention.days == 30
    assert access.chosen.port == 4_000, "the flag goes before the file"
    assert "days = 30" in access.file.read_text()
    assert history.last is not None
    assert history.last.what == "30 days"
    with qtbot.waitSignal(access.changed):
        history.undo()
    assert access.chosen.retention.days == 90
    with qtbot.waitSignal(access.changed):
        history.redo()
    assert access.chosen.retention.days == 30


def test_what_only_the_window_reads_needs_no_engine(access: SettingsAccess, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(access.engine_needed), qtbot.waitSignal(access.changed):
        access.change("Muted", {"notifications.do_not_disturb": True})
    assert access.chosen.notifications.do_not_disturb


def test_what_cannot_be_used_is_refused_with_a_sentence(
    access: SettingsAccess, history: ChangeHistory, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(access.refused) as refused:
        access.change("No days", {"retention.days": 0})
    assert "retention.days" in refused.args[0]
    assert not access.file.exists()
    assert history.last is None


def test_what_a_flag_decides_is_locked_with_the_reason(access: SettingsAccess) -> None:
    assert "--port" in access.why_locked("port")
    assert "the variable ARECIBO_HOST" in access.why_locked("host")
    assert access.why_locked("retention.days") == ""
