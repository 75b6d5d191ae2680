"""User-Agent headers, understood in a process of their own, for a program that shows an event now and then.

The parser takes 0.3 s to load, most of it in one call that lets no other thread run, and 30 MB: a window that
loaded it froze at the first event from a browser. `app.digest.user_agent` is that process: it starts with the
first header that is not known yet, and ends by itself when it has not been asked for a while.
"""

import atexit
import subprocess
from threading import Lock

import msgspec

from app import program_command
from app.model import UserAgent

_MODULE = "app.digest.user_agent"
_MOST_KNOWN = 4_096


class UserAgentProcess:
    """Owns the process. Safe to use from several threads, which wait for each other."""

    def __init__(self) -> None:
        self._known: dict[str, UserAgent] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def known(self, raw: str) -> UserAgent:
        """What is known of this header already: at first its text alone."""
        return self._known.get(raw) or UserAgent(raw=raw)

    def understand(self, raw: str) -> UserAgent:
        """Browser, system and device that the header names. Waits for the process; raises `OSError`."""
        with self._lock:
            found = self._known.get(raw)
            if found is None:
                if len(self._known) >= _MOST_KNOWN:
                    self._known.clear()
                found = self._known[raw] = msgspec.json.decode(self._ask(raw), type=UserAgent)
            return found

    def complete(self, agent: UserAgent) -> UserAgent:
        """The same header understood, if its text is all that is known of it; it stays so when that fails."""
        if agent != UserAgent(raw=agent.raw):
            return agent
        try:
            return self.understand(agent.raw)
        except OSError:
            return agent

    def close(self) -> None:
        """End the process; `understand` starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.communicate()

    def _ask(self, raw: str) -> bytes:
        question = msgspec.json.encode(raw.encode("utf-8", "replace").decode()) + b"\n"
        # One that was not asked for a while has ended.
        answer = self._send(question) or self._send(question)
        if not answer:
            raise OSError("the process that reads User-Agent headers ended")
        return answer

    def _send(self, question: bytes) -> bytes:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - a fixed command
                program_command.module(_MODULE),
                cwd=program_command.ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
            )
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(question)
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = b""
        if not answer:
            self.close()
        return answer


shared = UserAgentProcess()
"""The one of this program."""
atexit.register(shared.close)
