"""Starting an editor: detached from this process, and what is said when it does not start."""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from app.plain_text import elided
from app.platforms import processes

_LONGEST_WORDS = 400
_SHOWN_COMMAND = 160
MOMENT_SECONDS = 1.5
"""An editor that ends with an error within this time has not opened the file."""


class EditorFailed(Exception):
    """The editor could not be started, or ended at once; the text is a sentence for people."""


class Started:
    """An editor that was started, in a session of its own."""

    def __init__(self, process: "subprocess.Popen[bytes]", command: Sequence[str], words: IO[bytes]) -> None:
        self._process = process
        self._command = command
        self._words = words
        self._said = ""
        self._ended = threading.Event()
        # Somebody must ask for its exit code in the end, or its entry stays in the process table.
        threading.Thread(target=self._follow, daemon=True).start()

    @property
    def number(self) -> int:
        """The number of its process."""
        return self._process.pid

    def check(self, seconds: float = MOMENT_SECONDS) -> None:
        """Wait for so long whether it fails. Raises `EditorFailed`."""
        if not self._ended.wait(seconds) or not self._process.returncode:
            return
        said = f": {self._said}" if self._said else ""
        raise EditorFailed(
            f"{shown(self._command)} ended with {self._process.returncode}{said}. Choose another editor or "
            "command in the preferences."
        )

    def _follow(self) -> None:
        self._process.wait()
        with self._words:
            self._words.seek(0)
            words = self._words.read(_LONGEST_WORDS).decode("utf-8", "replace").strip()
        self._said = elided(words, _LONGEST_WORDS)
        self._ended.set()


def start(command: Sequence[str], folder: Path | None = None, *, console: bool = False) -> Started:
    """Start `command` in `folder`. It has none of our pipes, and outlives us. Raises `EditorFailed`.

    `console`: on Windows, it gets a console of its own.
    """
    # A file and no pipe: nothing is held open for whoever reads it, and a long message blocks nobody.
    words = tempfile.TemporaryFile()  # noqa: SIM115 - `Started` closes it
    # On a console of its own, an editor reads keys and draws: its streams are not ours to give.
    has_own = console and sys.platform == "win32"
    try:
        process = subprocess.Popen(  # noqa: S603 - no shell
            list(command),
            cwd=folder,
            stdin=None if has_own else subprocess.DEVNULL,
            stdout=None if has_own else subprocess.DEVNULL,
            stderr=None if has_own else words,
            start_new_session=True,
            creationflags=processes.detached(console=console),
        )
    except (OSError, ValueError) as error:
        words.close()
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise EditorFailed(
            f"{shown(command)} cannot be started: {reason}. Is the editor still installed? Choose "
            f"another one in the "
            "preferences."
        ) from error
    return Started(process, command, words)


def run_here(command: Sequence[str], folder: Path | None = None) -> None:
    """Run `command` in the terminal of this process, until it ends. Raises `EditorFailed`."""
    try:
        code = subprocess.run(list(command), cwd=folder, check=False).returncode  # noqa: S603 - no shell
    except (OSError, ValueError) as error:
        raise EditorFailed(f"{shown(command)} cannot be started: {error}.") from error
    if code:
        raise EditorFailed(f"{shown(command)} ended with {code}.")


def shown(command: Sequence[str]) -> str:
    """The command as a person reads it."""
    words = [os.fsencode(word).decode("utf-8", "replace") for word in command]
    return elided(" ".join(words), _SHOWN_COMMAND)
