"""Tries a set-up as an assistant would: starts the command, and asks it for its tools.

It speaks the three lines of the protocol itself: the SDK takes a second to load, for which the window has no
use. Source: https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle
"""

import json
import subprocess
import threading
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from app.plain_text import elided

SECONDS = 30.0
_VERSION = "2025-11-25"
_LONGEST_REASON = 300
_STOP_SECONDS = 5.0


class Trial(Struct, frozen=True):
    """Whether it worked, in a sentence, and the names of the tools that the server has."""

    message: str
    tools: tuple[str, ...] = ()

    @property
    def worked(self) -> bool:
        """Whether the server answered."""
        return bool(self.tools)


class _NoAnswer(Exception):
    """The server ended, or said something else than was asked."""


class Attempt:
    """One trial of a command; `cancel`, from any thread, ends it."""

    def __init__(self, command: Sequence[str], seconds: float = SECONDS) -> None:
        self._command = list(command)
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_cancelled = False

    def cancel(self) -> None:
        """Nobody waits for it any more."""
        with self._lock:
            self._is_cancelled = True
            if self._process is not None:
                self._process.kill()

    def run(self) -> Trial:
        """Start the command, list its tools, and end it; takes a second or two, and at most `seconds`."""
        with self._lock:
            if self._is_cancelled:
                return Trial("It was not tried.")
            try:
                self._process = process = subprocess.Popen(  # noqa: S603 - no shell
                    self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
                )
            except (OSError, ValueError) as error:
                return Trial(f"It cannot be started: {error}.")
        said: list[bytes] = []
        errors = threading.Thread(target=lambda: said.append(_end_of(process)), daemon=True)
        errors.start()
        late = threading.Timer(self._seconds, process.kill)
        late.start()
        try:
            names = _tools_of(process)
        except (_NoAnswer, OSError, ValueError, LookupError, TypeError, AttributeError):
            # It ended, or what it says is not the protocol.
            process.kill()
            errors.join(_STOP_SECONDS)
            reason = elided(b"".join(said).decode("utf-8", "replace").strip(), _LONGEST_REASON)
            return Trial(f"It was started, and did not answer{f': {reason}' if reason else ' in time'}.")
        finally:
            late.cancel()
            _end(process)
            errors.join(_STOP_SECONDS)
        return Trial(f"It works: the server has {len(names)} tools.", names)


def _tools_of(process: "subprocess.Popen[bytes]") -> tuple[str, ...]:
    about = {"name": "arecibo-window", "version": "1"}
    _ask(process, 1, "initialize", {"protocolVersion": _VERSION, "capabilities": {}, "clientInfo": about})
    _say(process, {"method": "notifications/initialized"})
    result = _ask(process, 2, "tools/list", {})
    return tuple(str(tool["name"]) for tool in result["tools"])


def _ask(
    process: "subprocess.Popen[bytes]", number: int, method: str, params: dict[str, Any]
) -> dict[str, Any]:
    _say(process, {"id": number, "method": method, "params": params})
    assert process.stdout is not None
    while line := process.stdout.readline():
        answer = json.loads(line)
        if answer.get("id") == number:
            if "result" not in answer:
                raise _NoAnswer
            result: dict[str, Any] = answer["result"]
            return result
    raise _NoAnswer


def _say(process: "subprocess.Popen[bytes]", message: dict[str, Any]) -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")
    process.stdin.flush()


def _end_of(process: "subprocess.Popen[bytes]") -> bytes:
    """The last that it said to stderr."""
    assert process.stderr is not None
    kept = b""
    with process.stderr as stream:
        for line in stream:
            kept = (kept + line)[-4_000:]
    return kept


def _end(process: "subprocess.Popen[bytes]") -> None:
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        try:
            pipe.close()
        except OSError:  # it has gone before it read everything
            continue
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
