"""The window: how soon it is shown, and whether it stays responsive under a flood of errors.

Shown ÷ a bare PySide6 window shown: both from the start of the process to the end of the first paint, in
turns. Under a flood: how late the event loop is (which the user notices as stutter), and how long an error
takes from the moment it is sent to the end of the paint that shows its row. Runs on the display, if there is
one, otherwise on Qt's offscreen platform.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import report

SHOWN_TARGET = 3.0
LAG_TARGET_MS = 16.7
ROW_TARGET_US = 200.0
# Errors a second, and how soon 99 % of their rows must be visible, in milliseconds.
VISIBLE_TARGETS_MS = {2_000: 250.0, 1_000: 200.0, 200: 100.0}
FLOOD_SECONDS = 12
ROUNDS = 7


def run() -> None:
    """Measure and print."""
    folder = Path(tempfile.mkdtemp(prefix="arecibo-bench-"))
    try:
        _shown(folder / "shown")
        _rows()
        for rate in VISIBLE_TARGETS_MS:
            _flooded(folder / str(rate), rate)
    finally:
        shutil.rmtree(folder)


def _shown(folder: Path) -> None:
    report.title("window: shown ÷ a bare PySide6 window shown")
    ratios = []
    for number in range(ROUNDS):
        bare = _milliseconds_to_paint("bench.window_bare")
        ours = _milliseconds_to_paint("bench.window_shown", str(folder))
        ratios.append(ours / bare)
        report.row(f"round {number + 1}", f"bare {bare:.0f} ms", f"window {ours:.0f} ms", f"{ratios[-1]:.2f}")
    report.figure("shown, ratio (median)", statistics.median(ratios), SHOWN_TARGET, less_is_better=True)


def _rows() -> None:
    report.title("window: a row of the list painted, processor time")
    found: dict[str, float] = json.loads(_run("bench.window_rows"))
    for name, microseconds in found.items():
        report.figure(f"{name}, µs", microseconds, ROW_TARGET_US, less_is_better=True)


def _milliseconds_to_paint(module: str, *arguments: str) -> float:
    begun = time.time()
    painted = _run(module, *arguments)
    return (float(painted) - begun) * 1000


def flood(folder: Path, rate: int, seconds: float = FLOOD_SECONDS) -> dict[str, float]:
    """The figures of `bench.window_lag` at `rate` errors a second.

    `folder` is a data folder; it may hold a store already, which grows.
    """
    found: dict[str, float] = json.loads(_run("bench.window_lag", str(folder), str(rate), str(seconds)))
    return found


def _flooded(folder: Path, rate: int) -> None:
    report.title(f"window: under {rate:,} errors a second")
    found = flood(folder, rate)
    report.row("sent and taken", f"{found['answered']:,.0f}", f"{found['rate']:,.0f}/s")
    report.row("rows updated", f"{found['changes']:,.0f}")
    report.row(
        "event loop late", *(f"{name} {found[f'lag_{name}']:.1f} ms" for name in ("p50", "p99", "worst"))
    )
    report.row("sent → visible", *(f"{name} {found[f'visible_{name}']:.0f} ms" for name in ("p50", "p99")))
    report.row(f"never visible: {found['unseen']:.0f} (to be 0)")
    report.figure("event-loop lag p99, ms", found["lag_p99"], LAG_TARGET_MS, less_is_better=True)
    target = VISIBLE_TARGETS_MS[rate]
    report.figure("sent → row visible p99, ms", found["visible_p99"], target, less_is_better=True)


def _run(module: str, *arguments: str) -> bytes:
    """Run a module, on the display if there is one; returns the last line that it prints."""
    environment = dict(os.environ)
    if not environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY"):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    return done.stdout.splitlines()[-1]
