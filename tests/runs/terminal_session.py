"""A program in a pseudo-terminal, and the person before it."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

PATIENCE_SECONDS = 30.0


class TerminalSession:
    """Runs `command` in a terminal of 24 rows and 80 columns; `with` ends it."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        cwd: Path | None = None,
        environment: Mapping[str, str] | None = None,
        rows: int = 24,
        columns: int = 80,
    ) -> None:
        self.output = b""
        self._code: int | None = None
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            with suppress(OSError):
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                if cwd is not None:
                    os.chdir(cwd)
                os.execvpe(command[0], list(command), dict(environment or os.environ))
            os._exit(127)

    def __enter__(self) -> "TerminalSession":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._code is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._terminal)

    def type(self, text: str) -> None:
        """Type it."""
        os.write(self._terminal, text.encode())

    def resize(self, rows: int, columns: int) -> None:
        """Give the terminal's window another size."""
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def await_text(self, text: str, times: int = 1) -> bytes:
        """Read until `text` has been printed so often; what has been printed so far."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.output.count(text.encode()) < times:
            assert time.monotonic() < deadline, f"waited in vain for {text!r} in {self.output[-2000:]!r}"
            if not self._read():
                assert self.output.count(text.encode()) >= times, f"no {text!r} in {self.output[-2000:]!r}"
        return self.output

    def await_end(self) -> int:
        """Read to the end; the exit code, or minus the number of a signal."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self._read():
            assert time.monotonic() < deadline, f"it goes on: {self.output[-2000:]!r}"
        _pid, status = os.waitpid(self.pid, 0)
        self._code = os.waitstatus_to_exitcode(status)
        return self._code

    def echoes(self) -> bool:
        """Whether the terminal shows what is typed."""
        return bool(termios.tcgetattr(self._terminal)[3] & termios.ECHO)

    def _read(self) -> bool:
        if not select.select([self._terminal], [], [], PATIENCE_SECONDS)[0]:
            raise AssertionError(f"nothing more is printed after {self.output[-2000:]!r}")
        try:
            data = os.read(self._terminal, 1 << 16)
        except OSError:  # Linux says so when the other side has ended
            return False
        self.output += data
        return bool(data)
