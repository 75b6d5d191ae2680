"""The real program from outside: `main.py serve` as a process, and the output of its commands."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.dsn import dsn
from app.store.database import open_existing
from app.store.queue import queue_overview

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60.0


def run(
    *arguments: str, data_dir: Path, check: bool = True, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `main.py` with `arguments`, and wait for its end."""
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--data-dir", str(data_dir), *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=check,
        env=os.environ | environment,
        cwd=data_dir,
    )


def rows(*arguments: str, data_dir: Path) -> list[dict[str, Any]]:
    """The rows that a listing command prints with `--json`."""
    return [json.loads(line) for line in run(*arguments, "--json", data_dir=data_dir).stdout.splitlines()]


def wait_until(is_true: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until `is_true()`; fails with `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s in vain for {what}"
        time.sleep(0.02)


class EngineProcess:
    """`main.py serve` on a free port; created when its first line has been read."""

    def __init__(self, data_dir: Path, *arguments: str, **environment: str) -> None:
        self.data_dir = data_dir
        self.process = subprocess.Popen(
            [
                sys.executable,
                str(ROOT / "main.py"),
                "serve",
                "--port",
                "0",
                "--data-dir",
                str(data_dir),
                *arguments,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | environment,
        )
        assert self.process.stdout is not None
        self.first_line = self.process.stdout.readline().strip()
        assert self.first_line.startswith("listening on "), self._complaint()
        self.url = self.first_line.removeprefix("listening on ")
        self.port = urlsplit(self.url).port or 0

    def dsn(self, project: str = "shop") -> str:
        """The DSN of `project` on this engine."""
        return dsn(self.url, project)

    def status(self) -> dict[str, int]:
        """`main.py status --json`."""
        (status,) = rows("status", data_dir=self.data_dir)
        return status

    def wait_digested(self, events: int, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until at least `events` are filed and no report is pending."""

        database = open_existing(self.data_dir)

        def done() -> bool:
            with database.reading() as connection:
                status = queue_overview.status(connection)
            return status.events >= events and status.pending == 0

        wait_until(done, f"{events} events to be filed", seconds)
        database.close()

    def kill(self) -> None:
        """`kill -9`: the engine cannot clean up."""
        self.process.kill()
        self._collect()

    def stop(self) -> int:
        """SIGTERM; returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self._collect()
        return self.process.returncode

    def _collect(self) -> None:
        self.output, self.errors = self.process.communicate(timeout=PATIENCE_SECONDS)

    def _complaint(self) -> str:
        self.process.kill()
        self._collect()
        return f"the engine did not start: {self.first_line}\n{self.errors}"
