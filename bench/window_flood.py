"""Sends errors of a hundred issues at a given rate, from a process of its own.

    python -m bench.window_flood PORT RATE SECONDS [TEXT]

TEXT is the message of every error, by which a search finds them.

Ten times a second it sends a new issue with the title `MARK <time>`: the moment at which it was sent, in
nanoseconds of the monotonic clock, which all processes of a machine share. It ends after SECONDS, however
much it could send until then, and prints one JSON object: how many were answered by a 200, how many of those
were marks, and how many were answered a second.

Requests are put together from parts that are made beforehand: with JSON and streams the sender itself reached
only 1,400 to 1,585 a second where 2,000 were asked for.
"""

import asyncio
import json
import sys
import time
from collections import deque
from typing import cast

import uvloop

from bench.requests import sample

ISSUES = 100
CONNECTIONS = 32
MARKS_PER_SECOND = 10
MARK = "MARK "
# How often it sends what is due: looking more often takes a large part of a core.
LOOK_SECONDS = 0.004
END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length: "
# What stands for the event id, and for the title of a mark, until a request is made.
EVENT_ID = b"0" * 32
TITLE = "a title of as many letters as a mark has"
NANOSECOND_DIGITS = len(TITLE) - len(MARK)


class _Requests:
    """Whole requests, put together from parts around their event ids."""

    def __init__(self, text: str) -> None:
        self._text = text
        _header, _item, payload, *_rest = sample().split(b"\n")
        self._event = json.loads(payload)
        self._requests = [self._parts(f"issue {number}", f"Error{number}") for number in range(ISSUES)]
        before, after = self._parts(TITLE, TITLE)
        self._mark = before, after.split(TITLE.encode())

    def _parts(self, fingerprint: str, kind: str) -> tuple[bytes, bytes]:
        """What comes before the event id, and what comes after it."""
        event = dict(self._event, fingerprint=[fingerprint])
        event.pop("event_id")
        event["exception"]["values"][-1]["type"] = kind
        if self._text:
            event["exception"]["values"][-1]["value"] = self._text
        body = b'{"event_id":"%b"}\n{"type":"event"}\n%b\n' % (EVENT_ID, json.dumps(event).encode())
        head = (
            "POST /api/1/envelope/?sentry_key=flood HTTP/1.1\r\nHost: localhost\r\n"
            f"Content-Type: application/x-sentry-envelope\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        before, after = (head.encode() + body).split(EVENT_ID)
        return before, after

    def error(self, number: int) -> bytes:
        """The request number `number`, counted from the start of this process."""
        before, after = self._requests[number % ISSUES]
        return before + _event_id(number) + after

    def mark(self, number: int) -> bytes:
        """The same as a new issue, which names this moment."""
        before, after = self._mark
        title = f"{MARK}{time.monotonic_ns():0{NANOSECOND_DIGITS}}".encode()
        return before + _event_id(number) + title.join(after)


def _event_id(number: int) -> bytes:
    # Two senders may send to one store.
    return b"%016x%016x" % (STARTED, number)


STARTED = time.time_ns()


class _Sender:
    """Sends at the rate, on whichever connection waits for no answer."""

    def __init__(self, rate: float, seconds: float, text: str) -> None:
        self.answered = self.marks = 0
        # Used in turns: the engine closes one that it has not heard from for some seconds.
        self.idle: deque[_Connection] = deque()
        self.waiting = 0
        self._requests = _Requests(text)
        self._rate = rate
        self._seconds = seconds
        self._marks_every = max(1, int(rate / MARKS_PER_SECOND))

    async def send(self) -> None:
        """Send until the time is over."""
        begun, sent = time.monotonic(), 0
        while (now := time.monotonic()) < begun + self._seconds:
            # A busy machine cannot send as fast as it should.
            while self.idle and begun + sent / self._rate <= now and sent < self._rate * self._seconds:
                is_mark = sent % self._marks_every == 0
                request = self._requests.mark(sent) if is_mark else self._requests.error(sent)
                self.idle.popleft().send(request, is_mark=is_mark)
                sent += 1
            await asyncio.sleep(max(LOOK_SECONDS, begun + sent / self._rate - now))


class _Connection(asyncio.Protocol):
    def __init__(self, sender: _Sender) -> None:
        self._sender = sender
        self._received = b""
        self._is_mark = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._sender.idle.append(self)

    def send(self, request: bytes, *, is_mark: bool) -> None:
        self._is_mark = is_mark
        self._sender.waiting += 1
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(END_OF_HEAD)
        length = head.lower().partition(LENGTH)[2].partition(b"\r\n")[0]
        if not end or len(body) < int(length):
            return
        is_taken = self._received.startswith(b"HTTP/1.1 200")
        self._sender.answered += is_taken
        self._sender.marks += self._is_mark and is_taken
        self._received = b""
        self._sender.waiting -= 1
        self._sender.idle.append(self)

    def connection_lost(self, exc: Exception | None) -> None:
        if self in self._sender.idle:
            self._sender.idle.remove(self)
        else:
            # Its answer will not come.
            self._sender.waiting -= 1


async def _send(port: int, rate: float, seconds: float, text: str) -> _Sender:
    loop = asyncio.get_running_loop()
    sender = _Sender(rate, seconds, text)
    for _number in range(CONNECTIONS):
        await loop.create_connection(lambda: _Connection(sender), "127.0.0.1", port)
    await sender.send()
    while sender.waiting:
        await asyncio.sleep(LOOK_SECONDS)
    return sender


if __name__ == "__main__":
    given_port, given_rate, given_seconds, *given_text = sys.argv[1:]
    begin = time.monotonic()
    text = "".join(given_text)
    done = uvloop.run(_send(int(given_port), float(given_rate), float(given_seconds), text))
    took = time.monotonic() - begin
    print(json.dumps({"answered": done.answered, "marks": done.marks, "rate": done.answered / took}))
