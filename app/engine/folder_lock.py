"""The lock of a data folder: one engine works on it at a time."""

import time
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from app import paths, private_files
from app.engine import handover
from app.engine.cannot_start import CannotStart

# Who asks whether the folder is locked (`is_locked`) has the lock for a moment.
_ASKED_SECONDS = 0.2
_POLL_SECONDS = 0.01


class FolderLock:
    """Holds the lock of one data folder, from `acquire` to `release`.

    `yields`: its engine gives way to one that does not (`handover`).
    """

    def __init__(self, data_dir: Path, *, yields: bool = False) -> None:
        self._folder = data_dir
        self._file = data_dir / paths.ENGINE_LOCK
        self._yields = yields
        self._lock = self._make()

    def acquire(self, is_given_up: Callable[[], bool] = lambda: False) -> None:
        """Take it; where the engine that has it gives way, wait for it, until `is_given_up`.

        Raises `CannotStart` where another engine has it, `OSError` in an unusable folder.
        """
        private_files.make_folder(self._folder)
        private_files.demand_plain(self._file)
        if not self._takes_it() and not self._takes_it_over(is_given_up):
            raise locked(self._folder)
        handover.begin(self._folder, yields=self._yields)

    def _takes_it(self) -> bool:
        ends = time.monotonic() + _ASKED_SECONDS
        while not self._try():
            if time.monotonic() > ends or (not self._yields and handover.yields(self._folder)):
                return False
            time.sleep(_POLL_SECONDS)
        return True

    def _takes_it_over(self, is_given_up: Callable[[], bool]) -> bool:
        return not self._yields and handover.ask_until(self._folder, self._try, is_given_up)

    def _try(self) -> bool:
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            return False
        return True

    def renew(self) -> None:
        """Take the lock again after the folder was removed, with its lock file. Raises `OSError`."""
        if self._file.exists():
            return
        lock = self._make()
        private_files.make_folder(self._file.parent)
        # filelock's `Timeout` is an OSError, too.
        lock.acquire(blocking=False)
        old, self._lock = self._lock, lock
        old.release()

    def release(self) -> None:
        """Let others have the folder."""
        self._lock.release()

    def _make(self) -> FileLock:
        return FileLock(self._file, mode=private_files.FILE_MODE)


def locked(data_dir: Path) -> CannotStart:
    """The error when another engine has the data folder."""
    return CannotStart(
        "data-dir-locked",
        f"Another Arecibo already works on {data_dir}. Use that one, or choose another --data-dir.",
    )


def is_locked(data_dir: Path) -> bool:
    """Whether an engine works on the folder; False, too, where the folder cannot be used."""
    file = data_dir / paths.ENGINE_LOCK
    if not file.exists():
        return False
    try:
        with FileLock(file, blocking=False):
            return False
    except Timeout:
        return True
    except OSError:
        return False
