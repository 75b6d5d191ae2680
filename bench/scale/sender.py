"""Sends one error after the other at a given rate, and measures how long each answer takes.

    python -m bench.scale.sender PORT RATE

It ends with its standard input, and prints one JSON object: see `bench.scale.engine.Answers`. An error that
is due while an answer is still awaited goes by another connection, so that one slow answer hides no other.
"""

import asyncio
import sys
import time

import msgspec

from bench.requests import requests
from bench.scale.engine import Answers

CONNECTIONS = 16


class _Sender:
    def __init__(self, port: int, rate: float) -> None:
        self._port = port
        self._rate = rate
        self._requests = requests("plain")
        self._took: list[float] = []
        self._not_ok = 0
        self._begun = time.perf_counter()
        self._sent = 0

    async def run(self) -> Answers:
        connections = [asyncio.create_task(self._connection()) for _number in range(CONNECTIONS)]
        await asyncio.to_thread(sys.stdin.read)
        for connection in connections:
            connection.cancel()
        await asyncio.gather(*connections, return_exceptions=True)
        took = sorted(self._took)
        p50, p99 = (took[int(len(took) * share)] * 1000 for share in (0.5, 0.99))
        return Answers(len(took), p50, p99, took[-1] * 1000, self._not_ok)

    async def _connection(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        while True:
            due = self._begun + self._sent / self._rate
            self._sent += 1
            await asyncio.sleep(due - time.perf_counter())
            started = time.perf_counter()
            writer.write(next(self._requests))
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            self._took.append(time.perf_counter() - started)
            self._not_ok += not head.startswith(b"HTTP/1.1 200")


if __name__ == "__main__":
    given_port, given_rate = sys.argv[1:]
    answers = asyncio.run(_Sender(int(given_port), float(given_rate)).run())
    print(msgspec.json.encode(answers).decode())
