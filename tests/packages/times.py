"""Time to the first window: the folder with its own Python beside the checkout, in turns, the medians."""

import os
import signal
import statistics
import subprocess
import time
from pathlib import Path

from tests.packages.by_installers import free_port
from tests.packages.screen import Screen, wait_until

TURNS = 7


def run(checkout: list[str], packaged: list[str], work: Path, screen: Screen) -> None:
    """Measure and print both, in seconds from the start of the process to the window on the screen."""
    os.environ["DISPLAY"] = screen.name
    seconds: dict[str, list[float]] = {"checkout": [], "folder": []}
    for _turn in range(TURNS):
        for name, command in (("checkout", checkout), ("folder", packaged)):
            seconds[name].append(_to_window(command, work / f"times-{name}", screen))
    for name, taken in seconds.items():
        spread = f"{min(taken):.2f} to {max(taken):.2f}"
        print(f"  first window, {name}: {statistics.median(taken):.2f} s ({spread})")


def _to_window(command: list[str], data_dir: Path, screen: Screen) -> float:
    started = time.monotonic()
    window = subprocess.Popen([*command, "--port", str(free_port()), "--data-dir", str(data_dir)])
    try:
        wait_until(screen.has_window, "the window is there")
        return time.monotonic() - started
    finally:
        window.send_signal(signal.SIGTERM)
        window.wait(30)
        wait_until(lambda: not screen.has_window(), "the window is gone")
