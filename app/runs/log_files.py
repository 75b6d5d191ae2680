"""Reads log files for errors, and follows them as they grow (`main.py read`)."""

import os
import select
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from msgspec import Struct

from app.printed.printed_line import LONGEST, plain
from app.printed.scanner import FoundError, Scanner

POLL_SECONDS = 0.2
_PIECE = 1 << 18


class FoundInLog(Struct, frozen=True):
    """An error in a log, and the file that it stands in; None for stdin."""

    error: FoundError
    file: Path | None


class LogFile:
    """One file, or stdin (`path` is None), read from its beginning. `found` is called with each error.

    Raises `OSError` where the file cannot be read.
    """

    def __init__(self, path: Path | None, found: Callable[[FoundInLog], None]) -> None:
        self._path = path
        self._file: IO[bytes] = open(0, "rb", closefd=False) if path is None else path.open("rb")  # noqa: SIM115
        self._scanner = Scanner(lambda error: found(FoundInLog(error, path)))
        self._begun = b""
        self._number = 0

    def read(self) -> bool:
        """Read a piece of what is there; False when there is no more now."""
        data = os.read(self._file.fileno(), _PIECE)
        if not data:
            return False
        *lines, begun = (self._begun + data).split(b"\n")
        for line in lines:
            self._take(line)
        # A line without an end counts by its beginning.
        self._begun = begun[: 4 * LONGEST] if len(begun) > 4 * LONGEST else begun
        return True

    @property
    def grows(self) -> bool:
        """Whether more may come behind its end."""
        return self._path is not None

    def is_ready(self) -> bool:
        """Whether `read` would return at once; waits a moment for a pipe."""
        return self.grows or bool(select.select([self._file], [], [], POLL_SECONDS)[0])

    def pause(self) -> None:
        """Nothing more has come for a moment: what has begun is complete."""
        self._scanner.pause()

    def end(self) -> None:
        """Nothing more comes."""
        if self._begun:
            self._take(self._begun)
        self._scanner.pause()
        self._file.close()

    def reopen(self) -> None:
        """If the file was replaced or cut short, as logs are rotated, go on with the new one."""
        if self._path is None:
            return
        try:
            now = self._path.stat()
        except FileNotFoundError:
            # The old one has been moved away, and the new one is not there yet.
            return
        ours = os.fstat(self._file.fileno())
        is_other = (now.st_dev, now.st_ino) != (ours.st_dev, ours.st_ino)
        if is_other or now.st_size < self._file.seek(0, os.SEEK_CUR):
            self._file.close()
            self._file = self._path.open("rb")
            self._begun, self._number = b"", 0

    def _take(self, line: bytes) -> None:
        self._number += 1
        self._scanner.take(plain(line.decode("utf-8", "replace")), None, self._number)


def read_all(files: Sequence[LogFile], *, follow: bool, is_over: Callable[[float], bool]) -> None:
    """Read the files, and with `follow` what they grow by, until `is_over` says so.

    `is_over` waits for so many seconds. Stdin is read to its end, which a pipe has when its writer ends.
    """
    open_files = list(files)
    while open_files:
        for file in tuple(open_files):
            has_ended = not _read_what_is_there(file, is_over)
            if has_ended and not (follow and file.grows):
                file.end()
                open_files.remove(file)
        if not open_files or is_over(POLL_SECONDS if all(file.grows for file in open_files) else 0.0):
            break
        for file in open_files:
            file.pause()
            file.reopen()
    for file in open_files:
        file.end()


def _read_what_is_there(file: LogFile, is_over: Callable[[float], bool]) -> bool:
    """Read all that is there now; False at the end of the file."""
    while file.is_ready():
        if not file.read():
            return False
        if is_over(0.0):
            break
    return True
