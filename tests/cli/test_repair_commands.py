"""`doctor --repair`: alone on the store, or not at all; and what it says it has done."""

import json
from pathlib import Path

import pytest
from filelock import FileLock

from app import paths
from app.store.database import Database
from app.store.upkeep.repair import Repaired
from tests.cli.conftest import Run
from tests.regrouping.shop import Shop


@pytest.fixture
def filled(database: Database, tmp_path: Path) -> Database:
    Shop(database, tmp_path).send(tags={"region": "eu"})
    return database


def test_an_undamaged_store_has_its_search_built_again(
    filled: Database, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("doctor", "--repair") == 0
    assert capsys.readouterr().out == ("Nothing was wrong.\nThe search index was built again, of 1 events.\n")


def test_what_was_repaired_is_said(filled: Database, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    def damage() -> None:
        with filled.writing() as connection:
            connection.exec_driver_sql("UPDATE issues SET count = 70")
            connection.exec_driver_sql("DELETE FROM issue_tags")

    damage()
    assert run("doctor", "--repair") == 0
    printed = capsys.readouterr().out
    assert "1 issues had wrong counts.\n" in printed
    assert "values of tags of issues were counted too low.\n" in printed
    assert "Nothing was wrong" not in printed
    damage()
    assert run("doctor", "--repair", "--json") == 0
    done = json.loads(capsys.readouterr().out)
    assert (set(done), done["counts"]) == (set(Repaired.__struct_fields__), 1)


def test_it_is_refused_while_an_engine_works(
    filled: Database, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with FileLock(tmp_path / paths.ENGINE_LOCK):
        assert run("doctor", "--repair") == 3
    assert "An engine works on" in capsys.readouterr().err
    assert run("doctor", "--repair") == 0


def test_where_there_is_no_store_nothing_is_left(run: Run, tmp_path: Path) -> None:
    assert run("doctor", "--repair") == 3
    assert list(tmp_path.iterdir()) == []
