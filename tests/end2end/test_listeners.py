"""The real engine with listeners that hang or end their process: all is filed, and the engine can stop."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest

from app import paths
from app.store.database import open_existing
from app.store.engine_state import listener_failures, listener_state
from app.store.engine_state.listener_failures import ListenerFailure
from tests.end2end.engine_process import EngineProcess, rows, run, wait_until
from tests.end2end.test_nothing_is_lost import Load, digested

CATASTROPHIC = "import re\ndef before_digest(event):\n    re.match('(a+)+$', 'a' * 60 + 'b')\n"
STOP_SECONDS = 10.0
# The digest and its children have a low priority: on a busy machine they get the CPU last.
PATIENCE_SECONDS = 120.0


class Configured:
    """A data folder with a config folder of its own, which holds listeners.py; starts engines on it."""

    def __init__(self, folder: Path, code: str) -> None:
        self.folder = folder
        self._engines: list[EngineProcess] = []
        config = folder / "config"
        self.file = config / paths.APP / paths.LISTENERS
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(code, "utf-8")
        self._environment: dict[str, Any] = {"XDG_CONFIG_HOME": str(config), "HOME": str(config)}

    def start(self, *arguments: str) -> EngineProcess:
        engine = EngineProcess(self.folder, *arguments, **self._environment)
        self._engines.append(engine)
        return engine

    def close(self) -> None:
        """Kill the engines that still run, also when the test has failed."""
        for engine in self._engines:
            if engine.process.poll() is None:
                engine.kill()

    def failures(self) -> list[ListenerFailure]:
        with closing(open_existing(self.folder)) as database, database.reading() as connection:
            return listener_failures.listed(connection)

    def is_left_out(self) -> bool:
        with closing(open_existing(self.folder)) as database, database.reading() as connection:
            return listener_state.left_out(connection) is not None


Configure = Callable[[str], Configured]


@pytest.fixture
def configured(tmp_path: Path) -> Iterator[Configure]:
    """Creates a `Configured` folder with the given code as listeners.py."""
    made: list[Configured] = []

    def make(code: str) -> Configured:
        made.append(Configured(tmp_path, code))
        return made[-1]

    yield make
    for each in made:
        each.close()


def wait_longer_until(is_true: Callable[[], bool], what: str) -> None:
    """Wait until `is_true()`, long enough for a busy machine."""
    wait_until(is_true, what, PATIENCE_SECONDS)


def send(engine: EngineProcess, events: int) -> list[str]:
    """Send until at least `events` are acknowledged; returns their ids."""
    with Load(engine.port) as load:
        wait_longer_until(lambda: len(load.acknowledged) >= events, "the events to be acknowledged")
        load.stop()
    return load.acknowledged


def descendants(engine: EngineProcess) -> list[psutil.Process]:
    """All descendants of the engine's process."""
    return psutil.Process(engine.process.pid).children(recursive=True)


def running(processes: list[psutil.Process]) -> list[psutil.Process]:
    """The processes that still run: no zombies."""
    return [each for each in processes if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]


def wait_for_end(processes: list[psutil.Process]) -> None:
    def have_ended() -> bool:
        try:
            return not running(processes)
        except psutil.NoSuchProcess:
            return False

    wait_longer_until(have_ended, "every process of the engine to end")


def stop_in_time(engine: EngineProcess) -> int:
    """SIGTERM; the engine and its descendants must end within ten seconds. Returns the exit code."""
    processes = descendants(engine)
    began = time.monotonic()
    code = engine.stop()
    assert time.monotonic() - began < STOP_SECONDS + 1
    wait_for_end(processes)
    return code


def check_all_filed(folder: Path, acknowledged: list[str]) -> None:
    (status,) = rows("status", data_dir=folder)
    stored = [row["event_id"] for row in rows("events", "--limit", "1000000", data_dir=folder)]
    assert set(acknowledged) <= set(stored)
    assert len(stored) == len(set(stored)) == status["received"] == status["digested"]
    assert (status["pending"], status["dead"]) == (0, 0)
    assert sum(row["count"] for row in rows("issues", data_dir=folder)) == len(stored)


@pytest.mark.parametrize(
    ("code", "listener", "line", "is_left_out"),
    [
        (CATASTROPHIC, "before_digest", 3, False),
        ("import os\nos._exit(1)\n", "listeners.py", 2, True),
        ("import ctypes\nctypes.string_at(0)\n", "listeners.py", 2, True),
        ("import time\ntime.sleep(600)\n", "listeners.py", 2, True),
    ],
    ids=["regex", "exit-at-import", "segfault-at-import", "hang-at-import"],
)
def test_everything_is_filed_despite_a_harmful_listener(
    tmp_path: Path,
    configured: Configure,
    code: str,
    listener: str,
    line: int,
    is_left_out: bool,
) -> None:
    config = configured(code)
    engine = config.start()
    acknowledged = send(engine, 5)
    wait_longer_until(lambda: bool(config.failures()), "the failure to be seen")
    acknowledged += send(engine, 50)
    engine.wait_digested(len(acknowledged), PATIENCE_SECONDS)
    check_all_filed(tmp_path, acknowledged)
    (queue,) = rows("queue", data_dir=tmp_path)
    failures = queue["listener_failures"]
    assert {failure["listener"] for failure in failures} == {listener}
    assert {failure["place"] for failure in failures} == {f"{config.file}:{line}"}
    left_out = queue["listeners_left_out"]
    assert (left_out["since"] is not None) is is_left_out
    said = run("queue", data_dir=tmp_path).stdout
    assert f"{listener} at {config.file}:{line}" in said.replace("\n", "")
    assert "ave the file to try again" in said or "Save listeners.py to try again" in said
    assert stop_in_time(engine) == 0


def test_engine_stops_while_its_listener_hangs(tmp_path: Path, configured: Configure) -> None:
    config = configured(CATASTROPHIC)
    engine = config.start("--child")
    acknowledged = send(engine, 5)
    wait_longer_until(lambda: bool(listeners(engine)), "the process of listeners.py")
    processes = descendants(engine)
    assert engine.process.stdin is not None
    engine.process.stdin.close()
    engine.process.stdin = None
    began = time.monotonic()
    engine.process.wait(30)
    assert time.monotonic() - began < STOP_SECONDS + 1
    wait_for_end(processes)
    engine.stop()
    config.file.unlink()
    again = config.start()
    again.wait_digested(len(acknowledged), PATIENCE_SECONDS)
    assert again.stop() == 0
    check_all_filed(tmp_path, acknowledged)


def test_no_process_outlives_a_killed_engine(tmp_path: Path, configured: Configure) -> None:
    config = configured(
        "import subprocess, sys\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n" + CATASTROPHIC,
    )
    engine = config.start()
    send(engine, 5)
    wait_longer_until(lambda: any(process.children() for process in listeners(engine)), "what it has started")
    processes = descendants(engine)
    assert len(processes) >= 3
    engine.kill()
    wait_for_end(processes)


def test_engine_stops_while_its_digest_is_suspended(tmp_path: Path, configured: Configure) -> None:
    config = configured("def before_digest(event):\n    return event\n")
    engine = config.start()
    acknowledged = send(engine, 5)
    engine.wait_digested(len(acknowledged), PATIENCE_SECONDS)
    digest = psutil.Process(listeners(engine)[0].ppid())
    digest.send_signal(signal.SIGSTOP)
    acknowledged += send(engine, 5)
    stop_in_time(engine)
    again = config.start()
    again.wait_digested(len(acknowledged), PATIENCE_SECONDS)
    assert again.stop() == 0
    check_all_filed(tmp_path, acknowledged)


def test_listener_process_runs_only_while_the_file_exists(tmp_path: Path, configured: Configure) -> None:
    config = configured("")
    config.file.unlink()
    engine = config.start()
    acknowledged = send(engine, 5)
    engine.wait_digested(len(acknowledged), PATIENCE_SECONDS)
    assert listeners(engine) == []
    config.file.write_text("def before_digest(event):\n    return None\n", "utf-8")
    send(engine, 5)
    wait_longer_until(lambda: bool(listeners(engine)), "the process of listeners.py")
    config.file.unlink()
    wait_longer_until(lambda: digested(tmp_path) >= len(acknowledged), "the rest")
    processes = listeners(engine)
    send(engine, 5)
    wait_for_end(processes)
    assert engine.stop() == 0


def listeners(engine: EngineProcess) -> list[psutil.Process]:
    """The processes that run listeners.py: children of the digest's process."""
    children = psutil.Process(engine.process.pid).children()
    return [below for child in children for below in child.children()]


def test_disabled_listeners_stay_disabled_until_the_file_is_saved(
    tmp_path: Path, configured: Configure
) -> None:
    config = configured("import os\nos._exit(1)\n")
    engine = config.start()
    acknowledged = send(engine, 5)
    wait_longer_until(lambda: bool(config.failures()), "the failure")
    acknowledged += send(engine, 5)
    wait_longer_until(config.is_left_out, "the file to be left out")
    engine.kill()
    failures = config.failures()
    engine = config.start()
    acknowledged += send(engine, 5)
    # Reports that were committed just before the kill are filed as well.
    wait_longer_until(lambda: engine.status()["pending"] == 0, "everything to be filed")
    assert config.failures() == failures
    config.file.write_text(
        "def before_digest(event):\n    event.tags['mended'] = 'yes'\n    return event\n", "utf-8"
    )
    mended = send(engine, 5)
    engine.wait_digested(len(acknowledged + mended), PATIENCE_SECONDS)
    assert not config.is_left_out()
    assert len(rows("events", "--query", "mended:yes", "--limit", "1000000", data_dir=tmp_path)) == len(
        mended
    )
    assert engine.stop() == 0
