"""A screen of our own (Xvfb), and the windows on it."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE_SECONDS = 60.0


class Screen:
    """A display that nobody sees, for as long as the context lasts; `name` is its DISPLAY."""

    name: str

    def __enter__(self) -> Self:
        reading, writing = os.pipe()
        command = ["Xvfb", "-screen", "0", "1400x900x24", "-ac", "-displayfd", str(writing)]
        self._server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as told:
            self.name = f":{told.readline().strip()}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.terminate()
        self._server.wait()

    def has_window(self) -> bool:
        """Whether Arecibo's window is on the screen."""
        asked = subprocess.run(
            ["xwininfo", "-display", self.name, "-root", "-tree"], capture_output=True, text=True, check=True
        )
        return any('Arecibo"' in line and "1x1" not in line for line in asked.stdout.splitlines())

    def picture(self, file: Path) -> None:
        """Write what is on the screen into a PNG file."""
        subprocess.run(["import", "-display", self.name, "-window", "root", str(file)], check=True)


def wait_until(holds: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> float:
    """Wait, and return for how many seconds; fails after `seconds`."""
    started = time.monotonic()
    while not holds():
        assert time.monotonic() - started < seconds, f"{what}: not within {seconds:.0f} s"
        time.sleep(0.01)
    return time.monotonic() - started
