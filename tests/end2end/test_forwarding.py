"""Passing on by the real engine: byte for byte, at least once over a kill, and in no circle; and faults."""

import gzip
import http.client
import os
from pathlib import Path

import pytest

from tests.end2end.engine_process import EngineProcess, rows, run, wait_until
from tests.factories import envelope
from tests.forwarding.target import running

FIRST, SECOND = "1" * 32, "2" * 32


def post(engine: EngineProcess, event_id: str, project: str = "shop") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", engine.port, timeout=30)
    headers = {"X-Sentry-Auth": f"Sentry sentry_key={project}", "Content-Encoding": "gzip"}
    connection.request("POST", "/api/1/envelope/", gzip.compress(envelope(event_id), mtime=0), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def forwarded(folder: Path, what: str) -> int:
    return int(rows("forward", data_dir=folder)[0][what])


@pytest.mark.long
def test_what_was_on_its_way_at_a_kill_is_sent_again_and_nothing_else(tmp_path: Path) -> None:
    with running() as target:
        engine = EngineProcess(tmp_path)
        run("forward", "add", "shop", target.dsn, data_dir=tmp_path)
        assert post(engine, FIRST) == 200
        wait_until(lambda: forwarded(tmp_path, "sent") == 1, "the first to be passed on")
        target.may_answer.clear()
        assert post(engine, SECOND) == 200
        assert post(engine, FIRST, "other") == 200
        wait_until(lambda: len(target.taken) == 2, "the second to be on its way")
        engine.process.kill()
        engine.process.communicate()
        target.may_answer.set()
        again = EngineProcess(tmp_path)
        wait_until(lambda: forwarded(tmp_path, "sent") == 2, "the second to be passed on")
        assert again.stop() == os.EX_OK
        bodies = [gzip.decompress(each.body) for each in target.taken]
        assert bodies == [envelope(FIRST), envelope(SECOND), envelope(SECOND)]
        assert {each.path for each in target.taken} == {"/api/42/envelope/"}
        assert "k3ytok3n" not in again.errors


@pytest.mark.long
def test_two_that_pass_on_to_each_other_make_no_circle(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    engines = [EngineProcess(folder) for folder in folders]
    for folder, other in zip(folders, reversed(engines), strict=True):
        run("forward", "add", "shop", other.dsn(), data_dir=folder)
    assert run("forward", "add", "api", engines[0].dsn(), data_dir=folders[0], check=False).returncode == 1
    assert post(engines[0], FIRST) == 200
    assert post(engines[1], SECOND) == 200
    for folder, engine in zip(folders, engines, strict=True):
        engine.wait_digested(2)
        wait_until(lambda folder=folder: forwarded(folder, "sent") == 1, "it to be passed on")  # type: ignore[misc]
    for folder, engine in zip(folders, engines, strict=True):
        assert engine.status()["received"] == 2
        assert forwarded(folder, "waiting") == 0
        assert engine.stop() == os.EX_OK


@pytest.mark.long
def test_a_fault_is_followed_shown_and_ends(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path)
    run("fault", "shop", "--answer", "503", data_dir=tmp_path)
    wait_until(lambda: post(engine, FIRST) == 503, "the fault")
    assert post(engine, FIRST, "other") == 200
    assert "FAULT" in run("status", data_dir=tmp_path).stdout
    assert "on purpose" in run("doctor", data_dir=tmp_path, check=False).stdout
    run("fault", "--end", data_dir=tmp_path)
    wait_until(lambda: post(engine, SECOND) == 200, "its end")
    run("queue", "retry", "--all-refused", data_dir=tmp_path)
    engine.wait_digested(3)
    assert engine.stop() == os.EX_OK
