"""Sends notices and forwarded reports in a process of its own, so that no other process waits.

The library that sends takes three seconds to load and holds the interpreter meanwhile; in the receiver's
process every client would feel that. The process is started by the first of them, sends several at once, and
ends with its parent. Forwarded reports have threads of their own, and do not load that library.
"""

import multiprocessing
import os
import signal
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.context import SpawnProcess
from typing import Any

from app import forwarding, notifications, parent_death
from app.forwarding.parcel import ForwardOutcome, ForwardParcel
from app.model import Level
from app.platforms import processes
from app.platforms.pipe_end import PipeEnd

AT_ONCE = FORWARDED_AT_ONCE = 8
NICENESS = 5

# Of a notice: URL, level, title, body; its answer is what went wrong. Of a report: a `ForwardParcel`, and a
# `ForwardOutcome`. Both with a number before them.
_Notice = tuple[str, Level, str, str]
_Waiting = dict[int, "Future[Any]"]


class CourierGone(Exception):
    """The process ended while it had a notice: whether that arrived is not known."""


class Courier:
    """Owns that process. Safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: PipeEnd | None = None
        self._waiting = _Waiting()
        self._number = 0

    def deliver(self, url: str, level: Level, title: str, body: str) -> "Future[str | None]":
        """Send a notice; the future says what went wrong, or raises `CourierGone`."""
        return self._send((url, level, title, body))

    def forward(self, parcel: ForwardParcel) -> "Future[ForwardOutcome]":
        """Pass a report on; the future has the outcome, or raises `CourierGone`."""
        return self._send(parcel)

    def _send(self, parcel: _Notice | ForwardParcel) -> "Future[Any]":
        future: Future[Any] = Future()
        with self._lock:
            pipe = self._pipe or self._start()
            self._number += 1
            self._waiting[self._number] = future
            try:
                pipe.send((self._number, parcel))
            except OSError:
                # It has just ended: the thread that reads from it fails every waiting future.
                self._pipe = None
        return future

    def stop(self) -> None:
        """End the process, whatever it does."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.join()

    def _start(self) -> PipeEnd:
        spawn = multiprocessing.get_context("spawn")
        mine, its = spawn.Pipe()
        process = spawn.Process(target=carry, args=(its,), name="courier", daemon=True)
        process.start()
        its.close()
        self._process, self._pipe = process, mine
        # The next process has a dict of its own: the end of this one fails none of its futures.
        self._waiting = waiting = _Waiting()
        about = (mine, waiting)
        threading.Thread(target=self._listen, args=about, name="courier-listener", daemon=True).start()
        return mine

    def _listen(self, pipe: PipeEnd, waiting: _Waiting) -> None:
        try:
            while True:
                number, answer = pipe.recv()
                with self._lock:
                    future = waiting.pop(number)
                future.set_result(answer)
        except (EOFError, OSError):
            self._ended(pipe, waiting)

    def _ended(self, pipe: PipeEnd, waiting: _Waiting) -> None:
        with self._lock:
            lost = list(waiting.values())
            if self._pipe is pipe:
                self._pipe = None
        pipe.close()
        for future in lost:
            future.set_exception(CourierGone())


def carry(pipe: PipeEnd) -> None:
    """The process's target: send what comes through the pipe until it ends."""
    parent_death.end_with_parent()
    processes.lower_priority(NICENESS)
    # Ctrl-C reaches the whole terminal's group; the engine decides when this process stops.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answering = threading.Lock()

    def send(number: int, parcel: _Notice | ForwardParcel) -> None:
        answer: str | ForwardOutcome | None
        if isinstance(parcel, tuple):
            answer = notifications.channels.deliver(*parcel)
        else:
            answer = forwarding.delivery.deliver(parcel)
        with answering:
            pipe.send((number, answer))

    with ThreadPoolExecutor(AT_ONCE) as carriers, ThreadPoolExecutor(FORWARDED_AT_ONCE) as forwarders:
        while True:
            try:
                number, parcel = pipe.recv()
            except EOFError:
                # Do not wait for what is on its way.
                os._exit(0)
            (carriers if isinstance(parcel, tuple) else forwarders).submit(send, number, parcel)
