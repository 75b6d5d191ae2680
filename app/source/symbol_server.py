"""The process that runs libraries of native code on input from outside: `python -m app.source.symbol_server`.

Deeply nested JavaScript overflows the stack of the one, and a made-up Swift name aborts the other: both end
the process, and that must not be the window's. `symbol_process.py` starts it and asks; it ends by itself when
it is not asked for a while, and when its parent has ended. Each message is its length in four bytes, and
MessagePack.
"""

import os
import struct
import sys
from collections import OrderedDict
from hashlib import blake2b
from threading import Timer
from typing import Any, BinaryIO

import msgspec
from msgspec import Struct

if sys.platform != "win32":
    import resource

IDLE_SECONDS = 120.0
MOST_MEMORY = 3 * 1024**3
LINES_AROUND = 5
_MAPS_HELD = 4
_LENGTH = struct.Struct(">I")


class Demangle(Struct, frozen=True, tag=True):
    """Which names are meant by these symbols?"""

    names: tuple[str, ...]


class Translate(Struct, frozen=True, tag=True):
    """Where in the original source are these places, (line, column) from 1, of a script with this map?"""

    script: bytes
    source_map: bytes
    places: tuple[tuple[int, int], ...]


class Token(Struct, frozen=True, kw_only=True):
    """An original place; line and column from 1. `before` and `after` are the lines around it."""

    source: str
    line: int
    column: int
    function: str | None = None
    before: tuple[str, ...] = ()
    text: str | None = None
    after: tuple[str, ...] = ()


class Names(Struct, frozen=True, tag=True):
    """For each symbol what it means; None where it is not mangled."""

    names: tuple[str | None, ...]


class Tokens(Struct, frozen=True, tag=True):
    """For each place its original; None where the map has none."""

    tokens: tuple[Token | None, ...]


class Unreadable(Struct, frozen=True, tag=True):
    """The map cannot be used; `why` is half a sentence for people."""

    why: str


Question = Demangle | Translate
Answer = Names | Tokens | Unreadable


def write(stream: BinaryIO, message: Question | Answer) -> None:
    """Send a message. Raises `BrokenPipeError` when the other end has gone."""
    encoded = msgspec.msgpack.encode(message)
    stream.write(_LENGTH.pack(len(encoded)) + encoded)
    stream.flush()


def read(stream: BinaryIO) -> bytes | None:
    """The next message; None at the end, also one in the middle of it."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


class Libraries:
    """What answers. Each library is loaded when it is first needed."""

    def __init__(self) -> None:
        self._maps: OrderedDict[bytes, Any] = OrderedDict()

    def answer(self, question: Question) -> Answer:
        """What the library for it says."""
        if isinstance(question, Demangle):
            return self._demangle(question)
        return self._translate(question)

    def _demangle(self, question: Demangle) -> Names:
        import multi_demangle  # noqa: PLC0415 - 20 ms, for events with mangled names only

        options = multi_demangle.DemangleOptions.name_only()
        found = multi_demangle.demangle_symbols(question.names, options)
        pairs = zip(question.names, found, strict=True)
        return Names(tuple(name if name != symbol else None for symbol, name in pairs))

    def _translate(self, question: Translate) -> Answer:
        try:
            # 35 ms, for events with scripts only
            from symbolic.exceptions import SymbolicError  # noqa: PLC0415
            from symbolic.sourcemapcache import SourceMapCache  # noqa: PLC0415
        except ImportError:
            return Unreadable("source maps cannot be read on this system")
        key = blake2b(question.source_map, key=blake2b(question.script).digest()[:32]).digest()
        try:
            held = self._maps.pop(key, None) or SourceMapCache.from_bytes(
                question.script, question.source_map
            )
        except SymbolicError as error:
            return Unreadable(f"the map is broken: {str(error)[:120]}")
        self._maps[key] = held
        while len(self._maps) > _MAPS_HELD:
            self._maps.popitem(last=False)
        return Tokens(tuple(self._token(held, line, column) for line, column in question.places))

    def _token(self, held: Any, line: int, column: int) -> Token | None:
        found = held.lookup(line, column, LINES_AROUND)
        if found is None or not found.src:
            return None
        return Token(
            source=found.src,
            line=found.line,
            column=found.col,
            function=found.function_name,
            before=tuple(found.pre_context),
            text=found.context_line,
            after=tuple(found.post_context),
        )


def serve(questions: BinaryIO, answers: BinaryIO, idle_seconds: float = IDLE_SECONDS) -> None:
    """Answer every question, until there is none; the process ends when none comes for so many seconds."""
    libraries = Libraries()
    idle = _ending_after(idle_seconds)
    while (message := read(questions)) is not None:
        idle.cancel()
        write(answers, libraries.answer(msgspec.msgpack.decode(message, type=Question)))
        idle = _ending_after(idle_seconds)
    idle.cancel()


def _ending_after(seconds: float) -> Timer:
    # The main thread waits in a read, which nothing but the end of the process interrupts everywhere.
    timer = Timer(seconds, os._exit, (0,))
    timer.daemon = True
    timer.start()
    return timer


if __name__ == "__main__":
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    serve(sys.stdin.buffer, sys.stdout.buffer)
