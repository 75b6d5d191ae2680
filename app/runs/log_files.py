"""Reads log files for errors, and follows them as they grow (`main.py read`)."""

import errno
import gzip
import os
import select
import stat
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from msgspec import Struct

from app.platforms import shared_file
from app.printed.scanner import FoundError
from app.runs.output import LINE_PAUSE_SECONDS, Output
from app.runs.piped_input import PipedInput

POLL_SECONDS = 0.2
_PIECE = 1 << 18
_HEAD = 256
_GZIP = b"\x1f\x8b"


class FoundInLog(Struct, frozen=True):
    """An error in a log, and the file that it stands in; None for stdin.

    `beginning` is how that file begins: after a rotation another one has the same name.
    """

    error: FoundError
    file: Path | None
    beginning: bytes = b""


class LogFile:
    """One file, or stdin (`path` is None), read from its beginning. `found` is called with each error.

    A file that gzip has packed is unpacked. Raises `OSError` where the file cannot be read.
    """

    def __init__(self, path: Path | None, found: Callable[[FoundInLog], None]) -> None:
        self._path = path
        self._found = found
        self._open()

    def _open(self) -> None:
        self._unpacked: BinaryIO | None = None
        self._piped: PipedInput | None = None
        if self._path is None:
            self._file: BinaryIO = open(0, "rb", buffering=0, closefd=False)  # noqa: SIM115
            self._piped = PipedInput(0) if sys.platform == "win32" else None
        else:
            # A pipe without a writer would be waited for here, before anything else is read.
            fd = shared_file.open_to_read(self._path)
            if stat.S_ISDIR(os.fstat(fd).st_mode):
                os.close(fd)
                raise IsADirectoryError(errno.EISDIR, "is a folder: name the files in it", str(self._path))
            self._file = os.fdopen(fd, "rb", buffering=0)
            self._look_whether_it_is_packed()
        self._beginning = b""
        self._pauses = 0
        self._output = Output(
            lambda error: self._found(FoundInLog(error, self._path, self._beginning.partition(b"\n")[0]))
        )

    def _look_whether_it_is_packed(self) -> None:
        self._is_regular = stat.S_ISREG(os.fstat(self._file.fileno()).st_mode)
        if self._is_regular and self._file.read(len(_GZIP)) == _GZIP:
            self._file.seek(0)
            self._unpacked = cast("BinaryIO", gzip.GzipFile(fileobj=self._file, mode="rb"))
        elif self._is_regular:
            self._file.seek(0)

    def read(self) -> bool:
        """Read a piece of what is there; False when there is no more now."""
        try:
            data = self._piped.read() if self._piped else (self._unpacked or self._file).read(_PIECE)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise OSError(errno.EIO, f"cannot be unpacked: {error}", str(self._path)) from error
        if not data:
            return False
        if len(self._beginning) < _HEAD and b"\n" not in self._beginning:
            self._beginning = (self._beginning + data[:_HEAD])[:_HEAD]
        self._output.take(data, "log", None)
        self._pauses = 0
        return True

    @property
    def grows(self) -> bool:
        """Whether more may come behind its end."""
        return self._path is not None and self._unpacked is None and self._is_regular

    def is_ready(self) -> bool:
        """Whether `read` would return at once; waits a moment for a pipe."""
        if self._piped is not None:
            return self._piped.is_ready(POLL_SECONDS)
        return self.grows or bool(select.select([self._file], [], [], POLL_SECONDS)[0])

    def pause(self) -> None:
        """Nothing more has come for a moment: what has begun is complete, unless within a line."""
        self._pauses += 1
        if not self._output.has_begun or self._pauses * POLL_SECONDS >= LINE_PAUSE_SECONDS:
            self._output.complete()

    def end(self) -> None:
        """Nothing more comes."""
        self._output.end()
        self.close()

    def close(self) -> None:
        """Read no further."""
        self._file.close()

    def reopen(self) -> None:
        """If the file was replaced or cut short, as logs are rotated, go on with the new one."""
        if self._path is None or not self.grows:
            return
        try:
            now = self._path.stat()
        except FileNotFoundError:
            # The old one has been moved away, and the new one is not there yet.
            return
        ours = os.fstat(self._file.fileno())
        is_other = (now.st_dev, now.st_ino) != (ours.st_dev, ours.st_ino)
        if is_other or now.st_size < self._file.seek(0, os.SEEK_CUR):
            # Its program may have written on into the old one, until it noticed.
            while is_other and self.read():
                pass
            self.end()
            self._open()


def read_all(files: Sequence[LogFile], *, follow: bool, is_over: Callable[[float], bool]) -> None:
    """Read the files, and with `follow` what they grow by, until `is_over` says so.

    `is_over` waits for so many seconds. Stdin is read to its end, which a pipe has when its writer ends.
    """
    try:
        _read_all(list(files), follow=follow, is_over=is_over)
    finally:
        for file in files:
            file.close()


def _read_all(open_files: list[LogFile], *, follow: bool, is_over: Callable[[float], bool]) -> None:
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
