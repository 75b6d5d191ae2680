"""The engine that a run reports to: the one that works on the folder, or one started for the run.

An engine that was started for a run ends with the last run that uses it, and gives way to a window's engine
(`app.engine.handover`), with which the run goes on. When the engine that others have started ends, one is
started in its place, on the same port: the clients in the run's program know no other.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlsplit

from app.engine import address, child_protocol, folder_lock, folder_users, handover
from app.engine.child_protocol import EngineListening, EngineNotice, StartFailed, StoreUpgrading
from app.engine.folder_users import FolderUser
from app.platforms import processes
from app.settings import Settings
from app.store.database import open_existing
from app.store.errors import StoreError
from app.store.queue import queue_overview

START_SECONDS = 60.0
STOP_SECONDS = 15.0
SETTLE_SECONDS = 30.0
_POLL_SECONDS = 0.02
_WATCH_SECONDS = 0.25
_MAIN = Path(__file__).resolve().parents[2] / "main.py"


class NoEngine(OSError):
    """No engine runs, and none could be started; the text is a sentence. `kind` as in `CannotStart`."""

    def __init__(self, sentence: str, kind: str | None = None) -> None:
        super().__init__(sentence)
        self.kind = kind


class RunEngine:
    """Finds the engine, and starts one without a window where none runs. Threads may share it."""

    def __init__(self, settings: Settings, notice: Callable[[str], None] = lambda _sentence: None) -> None:
        """`notice` is called with sentences for the user, of an engine that is started."""
        self._settings = settings
        self._notice = notice
        self._folder = settings.data_dir
        self._lock = threading.Lock()
        self._user: FolderUser | None = None
        self._own: subprocess.Popen[bytes] | None = None
        self._port: int | None = None
        self._ends = threading.Event()

    def url(self) -> str:
        """Where an engine listens now. Raises `NoEngine`."""
        with self._lock:
            self._join()
            url = self._running() or self._successor() or self._start_any()
            self._port = urlsplit(url).port
            return url

    def keep(self) -> None:
        """From now on, start an engine whenever there is none: the run's program may report at any time."""
        threading.Thread(target=self._keep, name="engine", daemon=True).start()

    def settle(self, seconds: float = SETTLE_SECONDS) -> bool:
        """Wait until all that was taken is filed, for so long at most; whether it is."""
        deadline = time.monotonic() + seconds
        with closing(open_existing(self._folder)) as database:
            while True:
                with database.reading() as connection:
                    if queue_overview.status(connection).pending == 0:
                        return True
                if time.monotonic() > deadline:
                    return False
                time.sleep(_POLL_SECONDS)

    def stop(self) -> None:
        """Use it no more. One that was started here files what it took, and ends, unless others use it."""
        self._ends.set()
        with self._lock:
            own, self._own = self._own, None
            is_ours = own is not None and own.poll() is None
            if is_ours:
                with suppress(StoreError):
                    self.settle()
            if self._user is not None:
                self._user.leave()
                self._user = None
            if own is None or own.stdin is None:
                return
            own.stdin.close()
            if is_ours and folder_users.has_any(self._folder):
                # It is theirs now: nobody here waits for its end.
                own.returncode = 0
            else:
                _await_end(own)

    def _join(self) -> None:
        if self._user is not None:
            return
        user = FolderUser(self._folder)
        try:
            user.join()
        except OSError as error:
            raise NoEngine(
                f"the data folder {self._folder} cannot be used: {error.strerror or error}. "
                "Choose another with --data-dir."
            ) from error
        self._user = user

    def _keep(self) -> None:
        while not self._ends.wait(_WATCH_SECONDS):
            # What cannot be started is told by whoever needs it.
            with suppress(NoEngine):
                self.url()

    def _running(self) -> str | None:
        """Where the engine listens that has the folder. One that begins or ends is waited for."""
        deadline = time.monotonic() + START_SECONDS
        while folder_lock.is_locked(self._folder):
            found = address.read(self._folder)
            if found is not None:
                return found.url
            if self._ends.is_set() or time.monotonic() > deadline:
                raise NoEngine(f"an engine has the folder {self._folder}, and does not say where it listens.")
            time.sleep(_POLL_SECONDS)
        return None

    def _successor(self) -> str | None:
        """Where the engine listens to which the last one has given way; None when none has, or in vain."""
        if not handover.is_wanted(self._folder):
            return None
        deadline = time.monotonic() + handover.WITHIN_SECONDS
        while not self._ends.is_set() and time.monotonic() < deadline:
            found = self._running()
            if found is not None:
                return found
            time.sleep(_POLL_SECONDS)
        return None

    def _start_any(self) -> str:
        """Start one: on the port that is known already, else on the settings', else on a free one."""
        wanted = self._settings.port if self._port is None else self._port
        try:
            return self._start(wanted)
        except NoEngine as error:
            if error.kind == "data-dir-locked":
                # Another one was faster.
                found = self._running()
                if found is not None:
                    return found
            # Somebody else has the port: clients in the program are told the one that is free.
            if error.kind != "port-taken" or self._port is not None:
                raise
        return self._start(0)

    def _start(self, port: int) -> str:
        if self._own is not None:
            _let_end(self._own)
        command = [sys.executable, str(_MAIN), "serve", "--yields", "--host", self._settings.host]
        command += ["--port", str(port), "--data-dir", str(self._folder)]
        # It ends when this end of its stdin is closed, however this process ends.
        process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=processes.detached(),
        )
        assert process.stdout is not None
        with process.stdout as told:
            for line in told:
                match child_protocol.parse_engine_message(line.decode("utf-8", "replace")):
                    case EngineListening(url):
                        self._own = process
                        return url
                    case EngineNotice(sentence):
                        self._notice(sentence)
                    case StoreUpgrading() as progress:
                        self._notice(progress.sentence)
                    case StartFailed(kind, message):
                        _let_end(process)
                        raise NoEngine(message, kind)
        _let_end(process)
        raise NoEngine(
            f"the engine ended as it started, with code {process.returncode}: main.py serve says why."
        )


def _let_end(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin is not None:
        process.stdin.close()
    _await_end(process)


def _await_end(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
