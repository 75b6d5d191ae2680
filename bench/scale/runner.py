"""Runs each measurement of `bench scale` on each store, in turns, and judges its figures.

A measurement is a module of this package with `measure(folder)` and its `FIGURES`. It runs in a process of
its own, whose bytecode is cached, as a user starts things, and on a copy of the store.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import msgspec

from bench import report
from bench.scale import (
    acts,
    filing,
    flow,
    journal,
    questions,
    retention,
    searching,
    stores,
    surveying,
    window,
)
from bench.scale.figures import Figure, Result

MEASUREMENTS = (filing, questions, searching, surveying, flow, acts, retention, window, journal)
ROUNDS = 3
# What takes a few seconds, at the smallest size.
SHORT = (filing, questions)
SHORT_SIZES = stores.SIZES[:1]


def run() -> None:
    """Measure and judge, on all three stores."""
    _run(MEASUREMENTS, stores.SIZES, ROUNDS)


def run_short() -> None:
    """Some of it on the smallest store, once, and judge nothing."""
    _run(SHORT, SHORT_SIZES, 1)


def _run(modules: Sequence[ModuleType], sizes: Sequence[int], rounds: int) -> None:
    report.title("scale: " + ", ".join(f"{size:,}" for size in sizes) + " events")
    for module in modules:
        found = {(figure.name, size): list[float]() for figure in module.FIGURES for size in sizes}
        for _round in range(rounds):
            for size in sizes:
                for name, value in _measure(module.__name__, size).items():
                    found[name, size].append(value)
        for figure in module.FIGURES:
            _print(figure, [statistics.median(found[figure.name, size]) for size in sizes])


def _measure(module: str, size: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="arecibo-bench-", dir=stores.cache_folder()) as scratch:
        folder = stores.copy(size, Path(scratch) / "store")
        command = [sys.executable, "-m", "bench.scale.runner", module, str(folder)]
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment)
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Result).values


def _print(figure: Figure, values: list[float]) -> None:
    cells = [f"{value:,.2f}" if abs(value) < 10 else f"{value:,.1f}" for value in values]
    growth = f"{values[-1] / values[0]:.2f} ×" if values[0] else ""
    wanted = f"{figure.wanted} {figure.bound:g}"
    verdict = "" if len(values) < len(stores.SIZES) else "reached" if figure.is_reached(values) else "MISSED"
    report.row(f"{figure.name}, {figure.unit}".ljust(60), *cells, growth, wanted, verdict)


if __name__ == "__main__":
    given_module, given_folder = sys.argv[1:]
    for measurement in MEASUREMENTS:
        if measurement.__name__ == given_module:
            print(msgspec.json.encode(Result(measurement.measure(Path(given_folder)))).decode())
