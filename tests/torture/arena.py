"""One data folder and the real engine on it, into which faults are injected."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

import psutil

from app import paths
from app.clock import now_micros
from app.engine import child_protocol
from app.engine.child_protocol import EngineListening, EngineMessage, EngineNotice, StoreState, WindowMessage
from app.store.database import open_existing
from app.store.engine_state import job_requests
from app.store.queue import queue_overview
from app.store.queue.queue_overview import QueueStatus
from app.store.upkeep.health import TroubleKind
from tests.torture import comparison
from tests.torture.outcome import Outcome
from tests.torture.senders import Senders

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60.0
POLL_SECONDS = 0.02


class Arena:
    """Starts, stops and kills the engine of one folder. `rng` makes the choices that the seed decides.

    `environment` is added to the engine's; its config folder is the arena's own, so that a fault can write a
    `listeners.py`.
    """

    def __init__(self, folder: Path, rng: random.Random, **environment: str) -> None:
        self.folder = folder / "data"
        self.config = folder / "config" / "arecibo"
        self.config.mkdir(parents=True)
        self.folder.mkdir(mode=0o700)
        self.rng = rng
        self.port = 0
        self.errors = folder / "stderr"
        self._environment = {
            **os.environ,
            "XDG_CONFIG_HOME": str(folder / "config"),
            "ARECIBO_SPOTLIGHT": "0",
            **environment,
        }
        self._process: subprocess.Popen[str] | None = None

    def start(self, *arguments: str) -> None:
        """Start the engine, and wait for the line that says where it listens."""
        self.launch(*arguments)
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        first = child_protocol.parse_engine_message(line)
        assert isinstance(first, EngineListening), f"{line}{self.errors.read_text()[-2_000:]}"
        self.port = int(first.url.rpartition(":")[2])

    def wait_for_notice(self) -> str:
        """The engine's next sentence for a person. Raises `AssertionError` when the engine ends before."""
        for message in self._messages():
            if isinstance(message, EngineNotice):
                return message.sentence
        raise AssertionError(f"it sent no notice: {self.errors.read_text()[-2_000:]}")

    def wait_for_store(self, trouble: TroubleKind | None) -> None:
        """Wait until the engine reports this of its store; None: it is in order. Raises `AssertionError`."""
        for message in self._messages():
            if isinstance(message, StoreState) and (message.trouble and message.trouble.kind) == trouble:
                return
        raise AssertionError(f"it did not report {trouble}: {self.errors.read_text()[-2_000:]}")

    def send(self, message: WindowMessage) -> None:
        """Send the engine a message, as the window does."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(f"{child_protocol.format_window_message(message)}\n")
        self._process.stdin.flush()

    def _messages(self) -> Iterator[EngineMessage | None]:
        """What the engine says from now on, until it ends."""
        assert self._process is not None
        assert self._process.stdout is not None
        for line in self._process.stdout:
            yield child_protocol.parse_engine_message(line)

    def run_job(self, name: str) -> None:
        """Have the engine run a job now, as window and command line do."""
        with closing(open_existing(self.folder)) as database, database.writing() as connection:
            job_requests.add(connection, name, now_micros())

    def launch(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the engine's process, on the port that the last one had."""
        self._close_pipes()
        command = [sys.executable, str(ROOT / "main.py"), "serve", "--port", str(self.port)]
        with self.errors.open("a") as errors:
            self._process = subprocess.Popen(
                [*command, "--data-dir", str(self.folder), *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=self._environment,
            )
        return self._process

    @property
    def engine(self) -> psutil.Process:
        """The engine's process."""
        assert self._process is not None
        return psutil.Process(self._process.pid)

    def descendants(self) -> list[psutil.Process]:
        """All descendants of the engine's process."""
        try:
            return self.engine.children(recursive=True)
        except psutil.NoSuchProcess:
            return []

    def digest(self, seconds: float = PATIENCE_SECONDS) -> psutil.Process:
        """The digest's process: the pool's worker with a low priority."""
        found: list[psutil.Process] = []

        def is_found() -> bool:
            found[:] = [child for child in self.descendants() if _is_digest(child)]
            return bool(found)

        self.wait_until(is_found, "the digest's process", seconds)
        return found[0]

    def kill(self) -> list[psutil.Process]:
        """`kill -9` the engine; returns its descendants."""
        assert self._process is not None
        left = self.descendants()
        self._process.kill()
        self._process.wait(PATIENCE_SECONDS)
        return left

    def stop(self, seconds: float = PATIENCE_SECONDS) -> float:
        """SIGTERM; returns how many seconds the engine took to end. Raises `TimeoutExpired`."""
        assert self._process is not None
        began = time.monotonic()
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        self._process.wait(seconds)
        return time.monotonic() - began

    def close(self) -> None:
        """Kill the engine and its descendants, if they still run."""
        if self._process is None:
            return
        left = self.descendants()
        self._process.kill()
        self._process.wait()
        for process in left:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self._close_pipes()

    def _close_pipes(self) -> None:
        """Close the pipes of an engine that has ended."""
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with suppress(BrokenPipeError):
                        pipe.close()

    def senders(self, *, connections: int = 4, pause: float = 0.0) -> Senders:
        """Clients of this engine, which follow it to another port."""
        return Senders(lambda: self.port, connections=connections, pause=pause)

    def status(self) -> QueueStatus:
        """The counters, read from the store."""
        with closing(open_existing(self.folder)) as database, database.reading() as connection:
            return queue_overview.status(connection)

    def wait_until_digested(self, seconds: float = 2 * PATIENCE_SECONDS) -> QueueStatus:
        """Wait until nothing is pending."""
        with closing(open_existing(self.folder)) as database:

            def is_done() -> bool:
                with database.reading() as connection:
                    return queue_overview.status(connection).pending == 0

            self.wait_until(is_done, "everything to be digested", seconds)
        return self.status()

    def wait_until_caught_up(self, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until the digest has finished all reports that are there now, whatever comes meanwhile."""
        received = self.status().received

        def is_done() -> bool:
            status = self.status()
            return status.digested + status.dead >= received

        self.wait_until(is_done, "the digest to catch up", seconds)

    def add_environment(self, **more: str) -> None:
        """Add to the environment of the next engine."""
        self._environment |= more

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of `main.py` on the arena's folder."""
        return subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *arguments, "--data-dir", str(self.folder)],
            capture_output=True,
            text=True,
            check=False,
            env=self._environment,
        )

    def outcome(
        self,
        times: int,
        senders: Senders,
        *complaints: str,
        figure: str = "",
        others: Sequence[Path] = (),
        allowed: Sequence[int] = (200, 503),
    ) -> Outcome:
        """The outcome of a fault, once nothing is pending. Empty `complaints` do not count."""
        found = [complaint for complaint in complaints if complaint]
        if unexpected := senders.unexpected(allowed):
            found.append(f"unexpected answers: {unexpected}")
        try:
            self.wait_until_digested()
        except TimeoutError as error:
            found.append(str(error))
        compared = comparison.compare(senders.acknowledged, self.folder, *others)
        return Outcome(times, compared, figure, tuple(found))

    def pause(self, seconds: float) -> None:
        """Let the engine work for a while, so that the fault comes at a random moment."""
        time.sleep(seconds)

    @property
    def log(self) -> Path:
        """The store's write-ahead log."""
        return self.folder / f"{paths.DATABASE}-wal"

    @staticmethod
    def wait_until(is_true: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until `is_true()`. Raises `TimeoutError` that names `what` was waited for."""
        give_up = time.monotonic() + seconds
        while not is_true():
            if time.monotonic() > give_up:
                raise TimeoutError(f"waited {seconds:.0f} s in vain for {what}")
            time.sleep(POLL_SECONDS)


def _is_digest(process: psutil.Process) -> bool:
    try:
        return process.nice() >= 10 and "spawn_main" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False
