"""`doctor --repair`: needs exclusive use of the store, and prints what it did."""

import json
from pathlib import Path

import pytest
from filelock import FileLock

from app import paths
from app.cli.exit_codes import DONE, ENVIRONMENT_ERROR
from app.digest.pipeline import Digest
from app.settings import Settings
from tests.cli.main import run
from tests.factories import Store, append, make_report


@pytest.fixture
def folder(store: Store, tmp_path: Path) -> Path:
    """The folder of a store with two events."""
    append(store.database, make_report(1), make_report(2))
    Digest(store.database, Settings(data_dir=tmp_path)).run()
    return tmp_path


def test_sound_store_has_nothing_to_repair(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "doctor", "--repair") == DONE
    printed = capsys.readouterr().out
    assert printed == "Nothing was wrong.\nThe search index was built again, of 2 events.\n"


def test_wrong_counts_are_corrected_and_reported(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store.write(lambda connection: connection.exec_driver_sql("UPDATE issues SET count = 1"))
    assert run(folder, "doctor", "--repair", "--json") == DONE
    assert json.loads(capsys.readouterr().out)["counts"] == 1
    store.write(lambda connection: connection.exec_driver_sql("UPDATE issues SET count = 1"))
    assert run(folder, "doctor", "--repair") == DONE
    assert "1 issues had wrong counts." in capsys.readouterr().out


def test_running_engine_prevents_the_repair(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with FileLock(folder / paths.ENGINE_LOCK):
        assert run(folder, "doctor", "--repair") == ENVIRONMENT_ERROR
    assert "An engine works on" in capsys.readouterr().err


def test_missing_store_leaves_no_lock_behind(tmp_path: Path) -> None:
    assert run(tmp_path, "doctor", "--repair") == ENVIRONMENT_ERROR
    assert list(tmp_path.iterdir()) == []
