"""`kill -9` at any moment: every acknowledged event is stored once, and every counter is exact."""

import http.client
import random
import threading
import uuid
from contextlib import closing
from pathlib import Path

import psutil

from app.store.database import open_existing
from app.store.queue import queue_overview
from tests.end2end.engine_process import EngineProcess, rows, run, wait_until
from tests.factories import envelope

KILLS = 6
SENDERS = 4
# Between two requests of a sender. Without it, what a kill leaves to be digested depends on how fast the
# machine is, and can be more than a busy one digests in the time that a test waits.
PAUSE_SECONDS = 0.005


class Load:
    """Sends envelopes over several connections until the engine is gone; records which were acknowledged."""

    def __init__(self, port: int) -> None:
        self.acknowledged: list[str] = []
        self._port = port
        self._threads = [threading.Thread(target=self._send) for _sender in range(SENDERS)]
        self.is_warm = threading.Event()
        self._stopping = threading.Event()

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        for thread in self._threads:
            thread.join()

    def stop(self) -> None:
        """Stop sending."""
        self._stopping.set()

    def _send(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        try:
            while not self._stopping.is_set():
                event_id = uuid.uuid4().hex
                bug = random.randrange(20)
                frames = [{"function": f"f{bug}", "module": "shop", "lineno": bug}]
                failed = {"type": "KeyError", "value": event_id, "stacktrace": {"frames": frames}}
                body = envelope(event_id, exception={"values": [failed]})
                connection.request("POST", "/api/1/envelope/?sentry_key=shop", body)
                answer = connection.getresponse()
                answer.read()
                if answer.status == http.HTTPStatus.OK:
                    self.acknowledged.append(event_id)
                if len(self.acknowledged) > 50:
                    self.is_warm.set()
                self._stopping.wait(PAUSE_SECONDS)
        except (OSError, http.client.HTTPException):
            # The engine was killed: that is the test.
            self.is_warm.set()
        finally:
            connection.close()


def test_kill_at_random_under_load(tmp_path: Path) -> None:
    acknowledged: list[str] = []
    rng = random.Random(1974)
    for kill in range(KILLS):
        engine = EngineProcess(tmp_path)
        before = digested(tmp_path)
        with Load(engine.port) as load:
            assert load.is_warm.wait(30)
            if kill % 2:
                # In even rounds the kill comes while the digest's process still starts.
                wait_until(lambda before=before: digested(tmp_path) > before, "the digest")  # type: ignore[misc]
            threading.Event().wait(rng.uniform(0, 0.3))
            engine.kill()
        acknowledged += load.acknowledged
    engine = EngineProcess(tmp_path)
    engine.wait_digested(len(acknowledged))
    assert engine.stop() == 0

    (status,) = rows("status", data_dir=tmp_path)
    stored = [row["event_id"] for row in rows("events", "--limit", "1000000", data_dir=tmp_path)]
    assert len(stored) == len(set(stored))
    assert set(acknowledged) <= set(stored)
    # At each kill, at most one report of each sender was committed and not acknowledged.
    assert len(stored) - len(acknowledged) <= KILLS * SENDERS
    assert status["received"] == status["digested"] == len(stored)
    assert (status["pending"], status["dead"]) == (0, 0)
    counts = [row["count"] for row in rows("issues", data_dir=tmp_path)]
    assert sum(counts) == len(stored)
    assert len(counts) == 20


def digested(folder: Path) -> int:
    """How many reports the digest has finished."""
    with closing(open_existing(folder)) as database, database.reading() as connection:
        return queue_overview.status(connection).digested


def test_reports_that_wait_at_a_stop_are_digested_after_the_next_start(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path)
    run("send-test", data_dir=tmp_path)
    assert engine.stop() == 0
    again = EngineProcess(tmp_path)
    again.wait_digested(1)
    assert again.stop() == 0


def test_killed_digest_is_replaced(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path)
    acknowledged: list[str] = []
    with Load(engine.port) as load:
        assert load.is_warm.wait(30)
        for _kill in range(3):
            wait_until(lambda: bool(digest_processes(engine)), "a digest's process")
            for process in digest_processes(engine):
                process.kill()
                process.wait(10)
        load.stop()
    acknowledged += load.acknowledged
    engine.wait_digested(len(acknowledged))
    status = engine.status()
    assert status["events"] == status["received"] == len(acknowledged)
    assert status["dead"] == 0
    assert engine.stop() == 0
    assert "process ended" in engine.errors


def test_digest_ends_with_a_killed_engine(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path)
    wait_until(lambda: bool(digest_processes(engine)), "a digest's process")
    digests = digest_processes(engine)
    engine.kill()
    _gone, alive = psutil.wait_procs(digests, timeout=10)
    assert alive == []


def digest_processes(engine: EngineProcess) -> list[psutil.Process]:
    """The pool's processes; multiprocessing's resource tracker is another child."""
    children = psutil.Process(engine.process.pid).children()
    return [child for child in children if "spawn_main" in " ".join(child.cmdline())]
