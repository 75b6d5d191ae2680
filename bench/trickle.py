"""What the digest's process costs while errors trickle in: its CPU seconds, as a part of one core.

The engine is the real one, and the errors are of a hundred issues, as in `window_flood`.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import ingest, report

# Errors a second, and the part of one core that the digest's process may take.
TARGETS = {50: 0.05, 200: 0.10, 500: 0.15}
WARM_UP_SECONDS = 3.0
SECONDS = 20.0
DIGEST = b"multiprocessing.spawn"
TICKS = os.sysconf("SC_CLK_TCK")


def run(seconds: float = SECONDS) -> None:
    """Measure and print; only where `/proc` says what a process has used."""
    report.title(f"trickle: the digest's process over {seconds:.0f} s")
    if not Path("/proc/self/stat").exists():
        report.row("not measured: there is no /proc here")
        return
    for rate, target in TARGETS.items():
        with tempfile.TemporaryDirectory(prefix="arecibo-bench-") as folder:
            parts = measure(Path(folder), rate, seconds)
        report.row(f"{rate} errors/s", *(f"{name} {part:.3f}" for name, part in parts.items()))
        report.figure("the digest, of a core", parts["digest"], target, less_is_better=True)


def measure(folder: Path, rate: int, seconds: float) -> dict[str, float]:
    """The parts of a core that the digest's process and the engine's take at `rate` errors a second.

    `folder` is a data folder; it may hold a store already, which grows.
    """
    with ingest.engine(folder) as port, _flood(port, rate, WARM_UP_SECONDS + seconds + 1):
        time.sleep(WARM_UP_SECONDS)
        digest, engine = _digest_of(os.getpid())
        before, begun = (_cpu_seconds(digest), _cpu_seconds(engine)), time.monotonic()
        time.sleep(seconds)
        took = time.monotonic() - begun
        return {
            "digest": (_cpu_seconds(digest) - before[0]) / took,
            "engine": (_cpu_seconds(engine) - before[1]) / took,
        }


@contextmanager
def _flood(port: int, rate: int, seconds: float) -> Iterator[None]:
    command = [sys.executable, "-m", "bench.window_flood", str(port), str(rate), str(seconds)]
    sender = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        sender.wait()


def _digest_of(ancestor: int) -> tuple[int, int]:
    """The process ids of the digest's process, and of the engine that started it, a child of `ancestor`."""
    for engine in _children(ancestor):
        for child in _children(engine):
            if DIGEST in Path(f"/proc/{child}/cmdline").read_bytes():
                return child, engine
    raise RuntimeError("the digest's process does not run")


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(number) for task in tasks for number in task.read_text().split()]


def _cpu_seconds(process: int) -> float:
    """What the process has used so far, in user and system mode."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    run()
