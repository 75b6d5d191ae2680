"""Who reports to the engine of a data folder: each run has a locked file there.

An engine that a run has started goes on after it while others use it. The kernel frees the lock of whoever
was killed.
"""

import os
import uuid
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from app import private_files

FOLDER = "engine-users"


class FolderUser:
    """Uses the engine of a folder, from `join` to `leave`."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER
        self._lock = _lock(self._folder / f"{os.getpid()}-{uuid.uuid4().hex[:8]}")

    def join(self) -> None:
        """Use it from now on. Raises `OSError` in an unusable folder."""
        private_files.make_folder(self._folder.parent)
        private_files.make_folder(self._folder)
        self._lock.acquire(blocking=False)

    def leave(self) -> None:
        """Use it no more."""
        if self._lock.is_locked:
            Path(self._lock.lock_file).unlink(missing_ok=True)
            self._lock.release()


def has_any(data_dir: Path) -> bool:
    """Whether anybody uses the folder's engine. What killed users have left is removed."""
    used = [file for file in (data_dir / FOLDER).glob("*") if _is_used(file)]
    return bool(used)


def _is_used(file: Path) -> bool:
    try:
        with _lock(file):
            file.unlink(missing_ok=True)
            return False
    except Timeout:
        return True
    except OSError:
        # It has gone meanwhile, or nobody may lock here: then nobody does.
        with suppress(OSError):
            file.unlink(missing_ok=True)
        return False


def _lock(file: Path) -> FileLock:
    return FileLock(file, mode=private_files.FILE_MODE, blocking=False, thread_local=False)
