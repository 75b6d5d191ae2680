"""Asks `symbol_server.py`, the process in which native libraries read symbols and source maps.

What ended that process once, or took it too long, is not tried again.
"""

import atexit
import subprocess
from collections.abc import Sequence
from hashlib import blake2b
from threading import Lock, Timer
from typing import BinaryIO, cast

import msgspec

from app import program_command
from app.source.symbol_server import (
    Answer,
    Demangle,
    Names,
    Question,
    Token,
    Tokens,
    Translate,
    Unreadable,
    read,
    write,
)

_MODULE = "app.source.symbol_server"
LONGEST_SYMBOL = 2_000
_SECONDS = 20.0
_MOST_KNOWN = 20_000
_MOST_DEADLY = 1_000
_DEATHS_AT_ONCE = 3


class SymbolProcess:
    """Owns the process. Safe to use from several threads, which wait for each other."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        self._names: dict[str, str | None] = {}
        self._deadly: set[bytes] = set()

    def demangle(self, symbols: Sequence[str]) -> dict[str, str]:
        """What the symbols mean; those that mean nothing, or cannot be read, are not in it."""
        with self._lock:
            if len(self._names) > _MOST_KNOWN:
                self._names.clear()
            asked = [s for s in dict.fromkeys(symbols) if s not in self._names and len(s) <= LONGEST_SYMBOL]
            if asked:
                self._ask_names(asked)
            return {symbol: name for symbol in symbols if (name := self._names.get(symbol)) is not None}

    def translate(
        self, script: bytes, source_map: bytes, places: Sequence[tuple[int, int]]
    ) -> tuple[Token | None, ...] | str:
        """The original of each place, (line, column) from 1; a string says why the map cannot be used."""
        with self._lock:
            answer = self._ask(Translate(script, source_map, tuple(places)))
            if answer is None and script:
                # Without the script the map still says which line: only names of functions need its syntax.
                answer = self._ask(Translate(b"", source_map, tuple(places)))
        if isinstance(answer, Tokens):
            return answer.tokens
        return answer.why if isinstance(answer, Unreadable) else "the map cannot be read"

    def close(self) -> None:
        """End the process; the next question starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _ask_names(self, asked: list[str]) -> None:
        answer = self._ask(Demangle(tuple(asked)))
        if isinstance(answer, Names):
            self._names |= dict(zip(asked, answer.names, strict=True))
            return
        self._names |= dict.fromkeys(asked)
        # One of them is deadly: the others are asked one by one.
        deaths = 0
        for symbol in asked if len(asked) > 1 else ():
            answer = self._ask(Demangle((symbol,)))
            if isinstance(answer, Names):
                self._names[symbol] = answer.names[0]
            else:
                deaths += 1
                if deaths == _DEATHS_AT_ONCE:
                    break

    def _ask(self, question: Question) -> Answer | None:
        key = blake2b(msgspec.msgpack.encode(question)).digest()
        if key in self._deadly:
            return None
        began_now = self._process is None
        answer = self._send(question)
        if answer is None and not began_now:
            answer = self._send(question)  # one that was not asked for a while has ended by itself
        if answer is None:
            if len(self._deadly) >= _MOST_DEADLY:
                self._deadly.clear()
            self._deadly.add(key)
            return None
        decoded: Answer = msgspec.msgpack.decode(answer, type=Answer)
        return decoded

    def _send(self, question: Question) -> bytes | None:
        limit: Timer | None = None
        try:
            if self._process is None:
                self._process = subprocess.Popen(  # noqa: S603 - a fixed command
                    program_command.module(_MODULE),
                    cwd=program_command.ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,  # the last words of a library that aborts
                )
            process = self._process
            limit = Timer(self._seconds, process.kill)
            limit.daemon = True
            limit.start()
            write(cast(BinaryIO, process.stdin), question)
            answer = read(cast(BinaryIO, process.stdout))
        except OSError:  # it cannot be started, or has ended
            answer = None
        finally:
            if limit is not None:
                limit.cancel()
        if answer is None:
            self.close()
        return answer


shared = SymbolProcess()
"""The one of this program."""
atexit.register(shared.close)
