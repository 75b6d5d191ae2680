"""The lock of a data folder: one engine works on it at a time."""

from pathlib import Path

from filelock import FileLock, Timeout

from app import paths, private_files
from app.engine.cannot_start import CannotStart


class FolderLock:
    """Holds the lock of one data folder, from `acquire` to `release`."""

    def __init__(self, data_dir: Path) -> None:
        self._file = data_dir / paths.ENGINE_LOCK
        self._lock = self._make()

    def acquire(self) -> None:
        """Take it. Raises `CannotStart` where another engine has it, `OSError` in an unusable folder."""
        private_files.make_folder(self._file.parent)
        private_files.demand_plain(self._file)
        try:
            self._lock.acquire(blocking=False)
        except Timeout as error:
            raise locked(self._file.parent) from error

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
