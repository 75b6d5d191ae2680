"""A load generator in a process of its own: keep-alive connections that each send again when answered.

    python -m bench.load PORT plain|gzip CONNECTIONS WARM_UP_SECONDS SECONDS

Prints one JSON object: see `Load`. It checks the status and the length of every answer. Measured: a request
takes 17 µs of its core, where the handler that does nothing takes 30 µs of another.
"""

import asyncio
import json
import subprocess
import sys
import time
from array import array
from collections import Counter
from collections.abc import Iterator
from typing import cast

import msgspec
import uvloop

from bench.requests import requests

END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length: "


class Load(msgspec.Struct, frozen=True):
    """The result. `rate` is answers a second; `p50` and `p99` are latencies in milliseconds."""

    answers: int
    seconds: float
    rate: float
    p50: float
    p99: float
    statuses: dict[str, int]

    @property
    def not_ok(self) -> int:
        """Answers other than 200, and lost connections."""
        return sum(count for status, count in self.statuses.items() if status != "200")


def run(port: int, encoding: str, *, connections: int, warm_up: float, seconds: float) -> Load:
    """Send from a new process, and wait for its result."""
    command = [sys.executable, "-m", "bench.load"]
    arguments = [str(port), encoding, str(connections), str(warm_up), str(seconds)]
    done = subprocess.run([*command, *arguments], check=True, stdout=subprocess.PIPE)
    return msgspec.json.decode(done.stdout, type=Load)


class _Measurement:
    def __init__(self, source: Iterator[bytes]) -> None:
        self.source = source
        self.latencies = array("d")
        self.statuses: Counter[bytes] = Counter()
        self.stopped = False

    def restart(self) -> None:
        self.latencies = array("d")
        self.statuses.clear()


class _Client(asyncio.Protocol):
    def __init__(self, measurement: _Measurement) -> None:
        self._measurement = measurement
        self._received = b""
        self._started = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._measurement.stopped:
            self._measurement.statuses[b"connection lost"] += 1

    def data_received(self, data: bytes) -> None:
        if self._received:
            data = self._received + data
        end = data.find(END_OF_HEAD)
        at = data.find(LENGTH, 0, end) + len(LENGTH)
        if end < 0 or len(data) < end + len(END_OF_HEAD) + int(data[at : data.index(b"\r", at)]):
            self._received = data
            return
        self._received = b""
        measurement = self._measurement
        measurement.latencies.append(time.perf_counter() - self._started)
        measurement.statuses[data[9:12]] += 1
        if not measurement.stopped:
            self._send()

    def _send(self) -> None:
        self._started = time.perf_counter()
        self._transport.write(next(self._measurement.source))


async def _measure(port: int, encoding: str, connections: int, warm_up: float, seconds: float) -> Load:
    loop = asyncio.get_running_loop()
    measurement = _Measurement(requests(encoding))
    clients = [
        await loop.create_connection(lambda: _Client(measurement), "127.0.0.1", port)
        for _number in range(connections)
    ]
    await asyncio.sleep(warm_up)
    measurement.restart()
    started = time.perf_counter()
    await asyncio.sleep(seconds)
    took = time.perf_counter() - started
    measurement.stopped = True
    for transport, _client in clients:
        transport.close()
    latencies = sorted(measurement.latencies)
    return Load(
        answers=len(latencies),
        seconds=took,
        rate=len(latencies) / took,
        p50=_quantile(latencies, 0.50) * 1000,
        p99=_quantile(latencies, 0.99) * 1000,
        statuses={status.decode(): count for status, count in measurement.statuses.items()},
    )


def _quantile(ascending: list[float], share: float) -> float:
    return ascending[int(len(ascending) * share)] if ascending else 0.0


def main(port: str, encoding: str, connections: str, warm_up: str, seconds: str) -> None:
    """Measure, and print the result as JSON."""
    load = uvloop.run(_measure(int(port), encoding, int(connections), float(warm_up), float(seconds)))
    print(json.dumps(msgspec.to_builtins(load)))


if __name__ == "__main__":
    main(*sys.argv[1:])
