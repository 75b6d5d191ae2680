"""`backup` and `restore`, and the way back."""

from pathlib import Path

import pytest
from filelock import FileLock

from app import paths
from app.cli.exit_codes import DONE, ENVIRONMENT_ERROR, FAILED
from app.store.upkeep import backup
from tests.cli.main import rows, run
from tests.factories import Store, make_event


def test_a_backup_is_restored_and_that_is_undone(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store.file(make_event())
    kept = tmp_path / "kept" / "b.sqlite3"
    assert run(tmp_path, "backup", str(kept)) == DONE
    assert run(tmp_path, "backup", str(kept)) == FAILED
    store.file(make_event("OtherError"))
    store.database.close()
    assert run(tmp_path, "restore", str(kept)) == DONE
    capsys.readouterr()
    run(tmp_path, "issues", "--json")
    assert len(rows(capsys)) == 1
    (aside,) = backup.set_aside(tmp_path)
    assert run(tmp_path, "restore", str(aside.file)) == DONE
    capsys.readouterr()
    run(tmp_path, "issues", "--json")
    assert len(rows(capsys)) == 2


def test_nothing_is_restored_under_a_running_engine(store: Store, tmp_path: Path) -> None:
    kept = tmp_path / "b.sqlite3"
    assert run(tmp_path, "backup", str(kept)) == DONE
    with FileLock(tmp_path / paths.ENGINE_LOCK):
        assert run(tmp_path, "restore", str(kept)) == ENVIRONMENT_ERROR
    assert backup.set_aside(tmp_path) == []
    kept.write_text("no store")
    assert run(tmp_path, "restore", str(kept)) == FAILED
    assert backup.set_aside(tmp_path) == []
