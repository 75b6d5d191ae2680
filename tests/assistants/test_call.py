"""What a call is answered from: a store that may not be there, and an engine that may not run."""

import threading
from pathlib import Path

import pytest

from app import paths
from app.assistants.call import Call, Given, Refused
from app.engine import address
from app.engine.address import EngineAddresses
from app.engine.folder_lock import FolderLock
from app.settings import Settings
from app.store.inbox.lists import events
from tests.factories import Store


def test_without_a_store_a_sentence_says_what_to_do(settings: Settings) -> None:
    with (
        pytest.raises(Refused, match=r"no error store.*Start Arecibo.*doctor says more"),
        Call(settings).reading(),
    ):
        pytest.fail("there is nothing to read")


def test_a_store_that_is_broken_is_told_as_that(store: Store, settings: Settings, tmp_path: Path) -> None:
    store.database.close()
    (tmp_path / paths.DATABASE).write_bytes(b"no database at all, and longer than a header " * 100)
    with pytest.raises(Refused, match="cannot be read"), Call(settings).reading():
        pytest.fail("there is nothing to read")


def test_without_the_persons_rules_nothing_is_shown(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "preferences.json").write_text("{")
    with pytest.raises(Refused, match="own rules for secrets cannot be read"):
        Call(settings).rules.hide("text")


def test_an_engine_that_was_killed_does_not_run(settings: Settings, tmp_path: Path) -> None:
    address.write(tmp_path, EngineAddresses(url="http://127.0.0.1:4711"))
    assert Call(settings).engine_url() is None
    said = Call(settings).without_engine()
    assert "No engine runs" in said
    assert f"serve --data-dir {tmp_path}" in said


def test_a_running_engine_is_not_mentioned(settings: Settings, tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    lock.acquire()
    address.write(tmp_path, EngineAddresses(url="http://127.0.0.1:4711"))
    assert Call(settings).engine_url() == "http://127.0.0.1:4711"
    assert Call(settings).without_engine() == ""
    lock.release()


def test_a_statement_ends_when_the_call_is_given_up(store: Store, settings: Settings) -> None:
    given_up = Given()
    call = Call(settings, given_up=given_up)
    long = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    timer = threading.Timer(0.05, given_up.give_up)

    def read() -> None:
        with call.reading() as connection:
            assert events.last(connection) == 0
            timer.start()
            connection.exec_driver_sql(long)

    with pytest.raises(Refused, match="the call was given up"):
        read()
    timer.join()
