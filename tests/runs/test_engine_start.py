"""The engine of a run: found, started, shared, given away, and started anew."""

import http.client
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.engine import address, folder_lock, handover
from app.engine.address import EngineAddresses
from app.runs.engine_start import NoEngine, RunEngine
from app.settings import Settings
from tests.end2end.engine_process import EngineProcess, wait_until


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, port=0)


@pytest.fixture
def run_engine(settings: Settings) -> Iterator[RunEngine]:
    made = RunEngine(settings)
    yield made
    made.stop()


def answers(url: str) -> bool:
    where = urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=10)
    try:
        connection.request("POST", "/shop", b"It failed", {"Content-Type": "text/plain"})
        return connection.getresponse().status == 200
    finally:
        connection.close()


def test_one_is_started_and_ends_when_it_has_filed_what_it_took(
    tmp_path: Path, run_engine: RunEngine
) -> None:
    url = run_engine.url()
    assert run_engine.url() == url
    assert answers(url)
    assert handover.yields(tmp_path)
    run_engine.stop()
    assert not folder_lock.is_locked(tmp_path)
    assert run_engine.settle(0.0)


@pytest.mark.long
def test_one_that_runs_is_used_and_left_running(tmp_path: Path, run_engine: RunEngine) -> None:
    running = EngineProcess(tmp_path)
    assert run_engine.url() == running.url
    run_engine.stop()
    assert answers(running.url)
    assert running.stop() == 0


@pytest.mark.long
def test_it_is_shared_and_ends_with_the_last(
    tmp_path: Path, settings: Settings, run_engine: RunEngine
) -> None:
    first = RunEngine(settings)
    url = first.url()
    assert run_engine.url() == url
    first.stop()
    assert answers(url)
    assert run_engine.url() == url
    run_engine.stop()
    wait_until(lambda: not folder_lock.is_locked(tmp_path), "the engine to end")


@pytest.mark.long
def test_the_address_of_a_killed_engine_is_not_believed(tmp_path: Path, run_engine: RunEngine) -> None:
    address.write(tmp_path, EngineAddresses(url="http://127.0.0.1:1"))
    assert answers(run_engine.url())


@pytest.mark.long
def test_a_taken_port_is_left_to_who_has_it(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        run_engine = RunEngine(Settings(data_dir=tmp_path, port=taken))
        url = run_engine.url()
        assert urlsplit(url).port != taken
        assert answers(url)
        run_engine.stop()


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(NoEngine, match=r"cannot be used.*--data-dir"):
        RunEngine(Settings(data_dir=tmp_path / "data", port=0)).url()


@pytest.mark.long
def test_why_one_cannot_start_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoEngine, match="cannot listen"):
        RunEngine(Settings(data_dir=tmp_path, port=0, host="192.0.2.1")).url()


@pytest.mark.long
def test_it_gives_way_to_another_and_replaces_it_when_that_has_gone(
    tmp_path: Path, run_engine: RunEngine
) -> None:
    first = run_engine.url()
    port = str(urlsplit(first).port)
    run_engine.keep()
    assert answers(first)
    other = EngineProcess(tmp_path, "--port", port)
    assert other.url == first
    assert not handover.yields(tmp_path)
    assert run_engine.url() == first
    assert answers(first)
    assert other.stop() == 0
    wait_until(lambda: handover.yields(tmp_path) and address.read(tmp_path) is not None, "another engine")
    assert run_engine.url() == first
    assert answers(first)
    assert run_engine.settle()
    run_engine.stop()


@pytest.mark.long
def test_a_killed_engine_is_replaced(tmp_path: Path, run_engine: RunEngine) -> None:
    other = EngineProcess(tmp_path)
    assert run_engine.url() == other.url
    run_engine.keep()
    other.kill()
    wait_until(lambda: folder_lock.is_locked(tmp_path) and handover.yields(tmp_path), "another engine")
    assert answers(run_engine.url())
