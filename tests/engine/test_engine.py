"""The engine as an object: what it starts, it stops; and the switch that digests within the request."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import send_test
from app.engine import address
from app.engine.cannot_start import CannotStart
from app.engine.engine import Engine
from app.settings import Settings
from app.store import sqlite
from app.store.database import open_existing
from app.store.errors import DatabaseTooOld
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter
from app.store.queue import queue_overview
from tests.older_store import store_of_version


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A new folder, a free port, no jobs."""
    return Settings(data_dir=tmp_path, port=0, spotlight_port=0, digest_inline=True)


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """An engine that has not started."""
    engine = Engine(settings)
    yield engine
    engine.stop()


def test_with_the_inline_switch_an_answer_means_filed(engine: Engine) -> None:
    url = engine.start()
    for expected in (1, 2):
        assert send_test.send(url).ok
        with engine.database.reading() as connection:
            assert queue_overview.status(connection).digested == expected
            (issue,) = issues.page(connection, IssueFilter())
        assert (issue.project, issue.count) == (send_test.PROJECT, expected)


def test_its_address_can_be_found_while_it_runs(engine: Engine, settings: Settings) -> None:
    url = engine.start()
    assert address.find(settings) == url
    engine.stop()
    assert address.find(settings) == "http://127.0.0.1:0"


def test_what_cannot_start_leaves_nothing_behind(engine: Engine, settings: Settings) -> None:
    engine.start()
    with pytest.raises(CannotStart, match="Another Arecibo") as refused:
        Engine(settings).start()
    assert refused.value.kind == "data-dir-locked"
    engine.stop()
    again = Engine(settings)
    again.start()
    again.stop()


def test_a_start_that_is_stopped_in_an_upgrade_leaves_the_old_store(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "STEPS_BETWEEN_LOOKS", 20)
    store_of_version(tmp_path, "0010", [])
    stopped = Engine(settings, is_stopping=lambda: True)
    with pytest.raises(CannotStart) as failed:
        stopped.start()
    assert failed.value.kind == "stopped"
    with pytest.raises(DatabaseTooOld):
        open_existing(tmp_path)
    later = Engine(settings)
    later.start()
    later.stop()
    open_existing(tmp_path).close()


def test_an_address_of_another_machine_is_reported(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="cannot listen") as refused:
        Engine(Settings(data_dir=tmp_path, host="192.0.2.1", port=0, digest_inline=True)).start()
    assert refused.value.kind == "address-unusable"
