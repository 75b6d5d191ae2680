"""File descriptors run out, or the digest is suspended: the engine recovers, and nothing is lost."""

import http.client
import os
import signal
import sys
import uuid
from pathlib import Path

import psutil
import pytest

from app.store.database import open_existing
from app.store.engine_state import engine_findings
from app.store.engine_state.engine_findings import FindingKind
from tests.end2end.engine_process import EngineProcess, wait_until
from tests.factories import envelope

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of another process: Linux only")


def digest_of(engine: EngineProcess) -> psutil.Process:
    """The digest's process."""
    children = psutil.Process(engine.process.pid).children()
    (digest,) = [child for child in children if "spawn_main" in " ".join(child.cmdline())]
    return digest


def send(connection: http.client.HTTPConnection, reports: int) -> None:
    for _report in range(reports):
        body = envelope(uuid.uuid4().hex)
        connection.request("POST", "/api/1/envelope/?sentry_key=shop", body)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == http.HTTPStatus.OK


def kinds(folder: Path) -> set[str]:
    """The kinds of the engine's own findings."""
    database = open_existing(folder)
    with database.reading() as connection:
        found = {each.kind for each in engine_findings.listed(connection)}
    database.close()
    return found


def test_digest_without_descriptors_starts_when_there_are_some_again(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415 - not on every system

    engine = EngineProcess(tmp_path)
    connection = http.client.HTTPConnection("127.0.0.1", engine.port, timeout=30)
    send(connection, 1)
    engine.wait_digested(1)
    # A new connection: the engine closes one that has been idle for some seconds.
    connection.close()
    send(connection, 1)
    soft, hard = resource.prlimit(engine.process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(engine.process.pid, resource.RLIMIT_NOFILE, (5, hard))
    digest_of(engine).kill()
    send(connection, 100)
    wait_until(lambda: FindingKind.DIGEST_NOT_STARTED in kinds(tmp_path), "the engine to say so")
    resource.prlimit(engine.process.pid, resource.RLIMIT_NOFILE, (soft, hard))
    engine.wait_digested(102)
    wait_until(lambda: not kinds(tmp_path), "the engine to be well again")
    connection.close()
    assert engine.stop() == 0
    assert "Too many open files" in engine.errors


def test_engine_ends_while_its_digest_is_suspended(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path)
    connection = http.client.HTTPConnection("127.0.0.1", engine.port, timeout=30)
    send(connection, 1)
    engine.wait_digested(1)
    digest = digest_of(engine)
    os.kill(digest.pid, signal.SIGSTOP)
    connection.close()
    send(connection, 1)
    connection.close()
    assert engine.stop() == 0
    assert not digest.is_running()
    engine = EngineProcess(tmp_path)
    engine.wait_digested(2)
    assert engine.stop() == 0
