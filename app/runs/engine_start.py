"""The engine that a run reports to: the one that works on the folder, or one started for the run."""

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from app.engine import address, folder_lock
from app.settings import Settings
from app.store.database import open_existing
from app.store.queue import queue_overview

START_SECONDS = 30.0
STOP_SECONDS = 10.0
SETTLE_SECONDS = 10.0
_MAIN = Path(__file__).resolve().parents[2] / "main.py"


class NoEngine(OSError):
    """No engine runs, and none could be started; the text is a sentence."""


class RunEngine:
    """Finds the engine, and starts one without a window where none runs; it ends with the run."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._own: subprocess.Popen[bytes] | None = None

    def url(self) -> str:
        """Where an engine listens now. Raises `NoEngine`."""
        if folder_lock.is_locked(self._settings.data_dir):
            running = address.read(self._settings.data_dir)
            if running is not None:
                return running.url
        if self._own is None or self._own.poll() is not None:
            self._own = self._start(self._settings.port)
        if self._own.poll() is not None:
            # Somebody else has the port: clients in the program are told the one that is free.
            self._own = self._start(0)
        running = address.read(self._settings.data_dir)
        if running is None:
            raise NoEngine("no engine runs, and none could be started: main.py serve says why.")
        return running.url

    def stop(self) -> None:
        """Stop the engine, if it was started here, when what it took has been digested."""
        if self._own is None or self._own.poll() is not None:
            return
        self._settle()
        try:
            self._own.communicate(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._own.kill()
            self._own.wait()

    def _settle(self) -> None:
        deadline = time.monotonic() + SETTLE_SECONDS
        with closing(open_existing(self._settings.data_dir)) as database:
            while time.monotonic() < deadline:
                with database.reading() as connection:
                    if queue_overview.status(connection).pending == 0:
                        return
                time.sleep(0.02)

    def _start(self, port: int) -> "subprocess.Popen[bytes]":
        # As a window's child it ends when this end of its stdin is closed, however this process ends.
        command = [sys.executable, str(_MAIN), "serve", "--child", "--port", str(port)]
        command += ["--data-dir", str(self._settings.data_dir)]
        process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + START_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            if folder_lock.is_locked(self._settings.data_dir) and address.read(self._settings.data_dir):
                break
            time.sleep(0.02)
        return process
