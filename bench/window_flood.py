"""Sends errors of a hundred issues at a given rate, from a process of its own.

    python -m bench.window_flood PORT RATE SECONDS [TEXT]

TEXT is the message of every error, by which a search finds them.

Ten times a second it sends a new issue with the title `MARK <time>`: the moment at which it was sent, in
nanoseconds of the monotonic clock, which all processes of a machine share. It ends after SECONDS, however
much it could send until then, and prints one JSON object: how many were answered by a 200, how many of those
were marks, and how many were answered a second.
"""

import asyncio
import json
import sys
import time
import uuid

from bench.requests import sample

ISSUES = 100
CONNECTIONS = 8
MARKS_PER_SECOND = 10
MARK = "MARK "


class _Events:
    def __init__(self, text: str) -> None:
        self._text = text
        _header, _item, payload, *_rest = sample().split(b"\n")
        self._event = json.loads(payload)
        self._events = [self._made(f"issue {number}", f"Error{number}") for number in range(ISSUES)]

    def _made(self, fingerprint: str, kind: str) -> tuple[bytes, bytes]:
        event = dict(self._event, fingerprint=[fingerprint])
        event.pop("event_id")
        event["exception"]["values"][-1]["type"] = kind
        if self._text:
            event["exception"]["values"][-1]["value"] = self._text
        return b'{"event_id":"', b'"}\n{"type":"event"}\n' + json.dumps(event).encode() + b"\n"

    def request(self, number: int, *, mark: bool) -> bytes:
        sent = f"{MARK}{time.monotonic_ns()}"
        before, after = self._made(sent, sent) if mark else self._events[number % ISSUES]
        body = before + uuid.uuid4().hex.encode() + after
        head = (
            "POST /api/1/envelope/?sentry_key=flood HTTP/1.1\r\nHost: localhost\r\n"
            f"Content-Type: application/x-sentry-envelope\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


async def _send(port: int, rate: float, seconds: float, text: str) -> tuple[int, int]:
    """Returns how many were answered by a 200, and how many of those were marks."""
    events = _Events(text)
    begun = time.monotonic()
    numbers = iter(range(int(rate * seconds)))
    marks_every = max(1, int(rate / MARKS_PER_SECOND))
    answered = marks = 0

    async def connection() -> None:
        nonlocal answered, marks
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in numbers:
            await asyncio.sleep(begun + number / rate - time.monotonic())
            if time.monotonic() >= begun + seconds:
                # A busy machine cannot send as fast as it should.
                break
            mark = number % marks_every == 0
            writer.write(events.request(number, mark=mark))
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            is_taken = head.startswith(b"HTTP/1.1 200")
            answered += is_taken
            marks += mark and is_taken
        writer.close()

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    return answered, marks


if __name__ == "__main__":
    given_port, given_rate, given_seconds, *given_text = sys.argv[1:]
    begin = time.monotonic()
    sending = _send(int(given_port), float(given_rate), float(given_seconds), "".join(given_text))
    taken, marked = asyncio.run(sending)
    took = time.monotonic() - begin
    print(json.dumps({"answered": taken, "marks": marked, "rate": taken / took}))
