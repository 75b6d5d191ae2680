"""A backup beside the UI thread: it says how far it is, and can be cancelled."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.store.upkeep.backup import Backup
from tests.factories import Store, make_event
from ui.preferences.program.backup_run import BackupRun


def test_it_ends_with_the_backup(store: Store, tmp_path: Path, qtbot: QtBot) -> None:
    store.file(make_event())
    run = BackupRun(Path(store.database.file).parent)
    with qtbot.waitSignal(run.ended) as ended:
        run.begin(tmp_path / "kept")
        run.begin(tmp_path / "again")
    assert isinstance(ended.args[0], Backup)
    assert ended.args[0].file.exists()
    assert not (tmp_path / "again").exists(), "one at a time"


def test_cancelled_it_leaves_nothing(store: Store, tmp_path: Path, qtbot: QtBot) -> None:
    run = BackupRun(Path(store.database.file).parent)
    with qtbot.waitSignal(run.ended) as ended:
        run.begin(tmp_path / "kept")
        run.cancel()
    assert "cancelled" in str(ended.args[0]) or isinstance(ended.args[0], Backup)


def test_a_failure_is_a_sentence(tmp_path: Path, qtbot: QtBot) -> None:
    run = BackupRun(tmp_path)
    with qtbot.waitSignal(run.ended) as ended:
        run.begin(tmp_path / "kept")
    assert "no error store" in ended.args[0]
