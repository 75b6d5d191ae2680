"""Runs git within limits of time and output, so that nothing which a repository names is run or fetched.

A repository's own configuration can name programs: hooks, a file system monitor, pagers, diff and text
converters, signature checkers, credential helpers, transports. Each is switched off here, and no command that
runs clean and smudge filters is used: files of the working tree are read by us (`texts.py`).
"""

import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Event, Thread
from typing import IO

from app.git import git_program
from app.platforms import processes

SECONDS = 10.0
MOST_BYTES = 8 * 1024 * 1024
_MOST_ERROR_BYTES = 8 * 1024
_BLOCK = 64 * 1024
_POLL_SECONDS = 0.02

_OPTIONS = (
    "--no-pager",
    "--literal-pathspecs",
    "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={os.devnull}",
    "-c", "diff.external=",
    "-c", "log.showSignature=false",
    "-c", "log.follow=false",
    "-c", "color.ui=false",
    "-c", "core.quotePath=false",
    "-c", "i18n.logOutputEncoding=UTF-8",
    "-c", "safe.bareRepository=explicit",
    "-c", "credential.helper=",
    "-c", "core.askPass=",
)  # fmt: skip
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    # Git before 2.45 does not know the one above: no transport is allowed, whatever the repository says.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_SSH_COMMAND": "false",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_PAGER": "",
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "C",
}


class GitError(Exception):
    """Git has no answer; the text is a sentence for the user."""


class NoGit(GitError):
    """There is no `git` on this machine."""


class Stopped(GitError):
    """The answer is not wanted any more."""


class Refused(GitError):
    """Git ended with an exit code other than 0. `code` is that, `said` the beginning of what it said."""

    def __init__(self, code: int, said: str) -> None:
        self.code = code
        self.said = said
        first = next((line for line in said.splitlines() if line.strip()), f"exit code {code}")
        super().__init__(f"Git refused: {first.removeprefix('fatal: ')}")


def run(
    folder: Path,
    *arguments: str,
    stop: Event | None = None,
    seconds: float = SECONDS,
    most_bytes: int = MOST_BYTES,
) -> bytes:
    """What `git arguments…` prints in `folder`.

    Raises `GitError`: `NoGit`, `Stopped` once `stop` is set, `Refused`; the plain one beyond a limit.
    """
    if stop is not None and stop.is_set():
        raise Stopped("Not needed any more.")
    program = git_program.find(os.environ)
    if program is None:
        raise NoGit("There is no git on this machine.")
    command = [program, *_OPTIONS, "-C", str(folder), *arguments]
    try:
        process = subprocess.Popen(  # noqa: S603 (arguments, no shell)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(os.environ),
            process_group=0,
            creationflags=processes.without_window(),
        )
    except FileNotFoundError as error:
        raise NoGit("There is no git on this machine.") from error
    except (OSError, ValueError) as error:
        raise GitError(f"Git could not be started: {error}") from error
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        out = _Reader(process, process.stdout, most_bytes)
        said = _Reader(process, process.stderr, _MOST_ERROR_BYTES, goes_on=True)
        try:
            _wait(process, stop, time.monotonic() + seconds, seconds)
        finally:
            # Whatever ended the waiting, an interrupt too. What git has started would hold its pipes open.
            if process.returncode is None:
                processes.kill_group(process)
            out.join()
            said.join()
    if out.is_over:
        raise GitError(f"Git's answer is longer than {most_bytes // 1024:,} kB, so it is not read.")
    if process.returncode:
        raise Refused(process.returncode, said.text())
    return bytes(out.taken)


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment that git gets: none of its own variables but those that keep it quiet."""
    kept = {name: value for name, value in given.items() if not name.startswith(("GIT_", "LC_"))}
    return kept | _ENVIRONMENT


def _wait(process: subprocess.Popen[bytes], stop: Event | None, deadline: float, seconds: float) -> None:
    while True:
        try:
            process.wait(_POLL_SECONDS)
            return
        except subprocess.TimeoutExpired:
            if stop is not None and stop.is_set():
                raise Stopped("Not needed any more.") from None
            if time.monotonic() > deadline:
                raise GitError(f"Git had no answer within {seconds:g} seconds.") from None


class _Reader:
    """Reads a pipe beside the caller, up to a limit; beyond it, ends the process or drops the rest."""

    def __init__(
        self, process: subprocess.Popen[bytes], pipe: IO[bytes], limit: int, *, goes_on: bool = False
    ) -> None:
        self.taken = bytearray()
        self.is_over = False
        self._process, self._pipe, self._limit, self._goes_on = process, pipe, limit, goes_on
        self._thread = Thread(target=self._read, daemon=True, name="git-output")
        self._thread.start()

    def _read(self) -> None:
        while block := os.read(self._pipe.fileno(), _BLOCK):
            room = self._limit - len(self.taken)
            self.taken += block[:room]
            if len(block) > room:
                self.is_over = True
                if not self._goes_on:
                    processes.kill_group(self._process)
                    return

    def join(self) -> None:
        self._thread.join()

    def text(self) -> str:
        return self.taken.decode("utf-8", "replace")
