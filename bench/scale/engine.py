"""The real engine on a store, and a sender that measures its answers meanwhile."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

LISTENING = re.compile(r"listening on http://.*:(\d+)")


class Answers(Struct, frozen=True):
    """How long answers took, in milliseconds, and how many were not 200."""

    count: int
    p50: float
    p99: float
    worst: float
    not_ok: int


@contextmanager
def running(folder: Path) -> Iterator[int]:
    """The engine on the store in `folder`; gives its port."""
    command = [sys.executable, "main.py", "serve", "--port", "0", "--data-dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        match = LISTENING.match(process.stdout.readline())
        if match is None:
            raise RuntimeError(f"The engine on {folder} did not start.")
        yield int(match[1])
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()


class Sender:
    """Sends errors at a rate from a process of its own, until it is stopped."""

    def __init__(self, port: int, rate: float) -> None:
        command = [sys.executable, "-m", "bench.scale.sender", str(port), str(rate)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def stop(self) -> Answers:
        """End it; returns what it measured."""
        printed, _nothing = self._process.communicate()
        return msgspec.json.decode(printed, type=Answers)
