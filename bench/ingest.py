"""Durable ingest at 64 connections ÷ an ASGI handler that does nothing, both under the same uvicorn settings.

The engine is the real one, started as a process with its digest running; a 200 from it means that the report
is on disk. Both sides take turns within one run, and the median of the rounds' ratios is the result.
"""

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from bench import load, report
from bench.requests import ENCODINGS

CONNECTIONS = 64
TARGET = 0.75
LISTENING = re.compile(r"listening on http://.*:(\d+)")


class Status(msgspec.Struct):
    """The counters of `main.py status --json` that are used here."""

    received: int
    digested: int
    rejected: int


def run(rounds: int = 5, seconds: float = 4.0) -> None:
    """Measure and print."""
    for encoding in ENCODINGS:
        report.title(f"ingest, {encoding}: durable engine ÷ no-op handler, {CONNECTIONS} connections")
        _compare(encoding, rounds, seconds)


def _compare(encoding: str, rounds: int, seconds: float) -> None:
    ratios, engine_loads, digested, took = [], [], 0, 0.0
    folder = Path(tempfile.mkdtemp(prefix="arecibo-bench-"))
    try:
        for number in range(rounds):
            idle = _measure_no_op(encoding, seconds)
            with engine(folder / str(number)) as port:
                busy = _load(port, encoding, seconds)
                after = _status(folder / str(number))
            shutil.rmtree(folder / str(number))
            ratios.append(busy.rate / idle.rate)
            engine_loads.append(busy)
            digested += after.digested
            took += busy.seconds
            report.row(
                f"round {number + 1}",
                f"no-op {idle.rate:,.0f}/s",
                f"engine {busy.rate:,.0f}/s",
                f"ratio {ratios[-1]:.2f}",
                f"p99 {busy.p99:.1f} ms",
                f"not 200: {busy.not_ok}",
                f"digested {after.digested:,} of {after.received:,}",
            )
    finally:
        shutil.rmtree(folder)
    report.figure("median ratio", statistics.median(ratios), TARGET)
    report.row(f"answers that were not 200: {sum(each.not_ok for each in engine_loads)} (to be 0)")


def _measure_no_op(encoding: str, seconds: float) -> load.Load:
    with _process([sys.executable, "-m", "bench.no_op"]) as port:
        return _load(port, encoding, seconds)


def _load(port: int, encoding: str, seconds: float) -> load.Load:
    return load.run(port, encoding, connections=CONNECTIONS, warm_up=1.0, seconds=seconds)


@contextmanager
def engine(data_dir: Path) -> Iterator[int]:
    """Run the engine on this data folder; yields its port."""
    command = [sys.executable, "main.py", "serve", "--port", "0", "--data-dir", str(data_dir)]
    with _process(command) as port:
        yield port


@contextmanager
def _process(command: list[str]) -> Iterator[int]:
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        match = LISTENING.match(line)
        if match is None:
            raise RuntimeError(f"{' '.join(command)} did not start: {line!r}")
        yield int(match[1])
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()


def _status(data_dir: Path) -> Status:
    command = [sys.executable, "main.py", "status", "--json", "--data-dir", str(data_dir)]
    return msgspec.json.decode(
        subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout, type=Status
    )
