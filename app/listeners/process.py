"""The process of `listeners.py`: of Arecibo only what calls a person's code runs here.

It leads a process group of its own, so that what it starts can be ended with it, and it ends with the digest.
What it prints goes to stderr, where the engine logs. Memory is limited, so that code which takes all of it
gets a MemoryError rather than the machine; should that not suffice, the kernel kills this process first.
"""

import faulthandler
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from app import parent_death
from app.listeners.frames import Announce, Answer, Consider, Done, Load, Ready, encode, request
from app.listeners.person_code import PersonCode
from app.log import configure
from app.platforms import standard_streams

if sys.platform != "win32":
    import resource

MEMORY_BYTES = 2 << 30
# On this signal it dumps its stack, even while it holds the interpreter: faulthandler's handler is C alone.
DUMP_STACK: int | None = getattr(signal, "SIGUSR2", None)


def run(pipe: Connection, dump: Connection, slow_seconds: float) -> None:
    """The process's target: answer requests until the pipe ends.

    Its stack goes into `dump` when it gets the signal `DUMP_STACK`, crashes or exits.
    """
    _prepare(dump)
    pipe.send_bytes(encode((Ready(),)))
    answers: list[Answer] = []

    def reply(answer: Answer, *, now: bool = False) -> None:
        answers.append(answer)
        if now:
            pipe.send_bytes(encode(tuple(answers)))
            answers.clear()

    code: PersonCode | None = None
    while True:
        message = request(_received(pipe))
        if isinstance(message, Load):
            code = PersonCode(message.file, message.left_out, slow_seconds=slow_seconds, reply=reply)
            code.load()
        elif code is not None:
            _answer(code, message)
        reply(Done() if code is None else code.done(), now=True)


def _received(pipe: Connection) -> bytes:
    try:
        return pipe.recv_bytes()
    except (EOFError, OSError):
        # The answer is not waited for, whatever threads of the file still run.
        _leave(0)


def _answer(code: PersonCode, message: Consider | Announce) -> None:
    if isinstance(message, Consider):
        for event in message.events:
            code.consider(event)
    else:
        for announcement in message.announcements:
            code.announce(announcement)


_leave: Callable[[int], NoReturn] = os._exit


def _prepare(dump: Connection) -> None:
    if hasattr(os, "setsid"):
        os.setsid()
    parent_death.end_with_parent(group=hasattr(os, "setsid"))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Programs read the engine's stdout, the window above all: what a person's code prints is for people.
    standard_streams.send_output_to_errors()
    if hasattr(sys.stdout, "reconfigure"):
        # It may be killed at any time: what it has printed is not to be lost with it.
        sys.stdout.reconfigure(line_buffering=True)
    configure()
    _limit_memory()
    if DUMP_STACK is not None and hasattr(faulthandler, "register"):
        faulthandler.enable(dump.fileno(), all_threads=False)
        faulthandler.register(DUMP_STACK, dump.fileno(), all_threads=False, chain=False)
        os._exit = _exit_with_stack(dump.fileno())  # type: ignore[assignment]


def _limit_memory() -> None:
    if sys.platform != "win32":
        _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        limit = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
        # What cannot be limited here is not; nothing else depends on it.
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")


def _exit_with_stack(dump: int) -> Callable[[int], NoReturn]:
    me = os.getpid()

    def exit_with_stack(status: int) -> NoReturn:
        # Not in a process that it forks: there, this is a normal end.
        if os.getpid() == me:
            faulthandler.dump_traceback(dump, all_threads=False)
        _leave(status)

    return exit_with_stack
