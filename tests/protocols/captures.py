"""What real clients sent, recorded from the wire: one file a request."""

import base64
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from app.model import Report, to_micros
from app.protocols import table
from app.protocols.delivery import Delivery
from app.protocols.event import timestamps
from app.protocols.sentry import envelope
from app.protocols.wire import encoding, http_head

SAMPLES = Path(__file__).parent.parent / "samples" / "captures"
# The day on which they were recorded, so that their timestamps are plausible.
RECORDED = to_micros(timestamps.parse("2026-11-23T13:00:00Z") or timestamps.EARLIEST)
LIMIT = 1 << 24


class Capture(Struct):
    """One recorded request."""

    protocol: table.Protocol
    arrival: table.HttpRequest
    head: bytes

    def accept(self) -> table.Accepted:
        return self.protocol.accept(self.arrival)

    def report(self) -> Report:
        accepted = self.accept()
        return report_of(self.protocol.name, accepted, self.head, self.arrival.body)

    def body(self) -> bytes:
        hint = http_head.header(self.head, "content-encoding")
        return encoding.decode(self.arrival.body, hint, limit=LIMIT)

    def read(self) -> Delivery:
        return self.protocol.read(self.report(), self.body())


def report_of(
    protocol: str,
    accepted: table.Accepted,
    head: bytes = b"",
    body: bytes = b"",
    *,
    received_at: int = RECORDED,
) -> Report:
    """The report of a request that arrived on the day of the recordings, or at `received_at`."""
    return Report(
        id=1,
        received_at=received_at,
        protocol=protocol,
        project=accepted.project,
        event_id=accepted.event_id,
        remote="127.0.0.1",
        head=head,
        body=body,
    )


def load(name: str) -> Capture:
    """The capture `name`, as in ``sentry-node/handled``."""
    recorded = _recorded(name)
    method = recorded["method"]
    found = table.find(recorded["path"], method)
    assert found is not None, recorded["path"]
    protocol, match = found
    headers = [(key.lower().encode(), value.encode()) for key, value in recorded["headers"]]
    lines = [f"{key}: {value}" for key, value in recorded["headers"]]
    arrival = table.HttpRequest(
        path=recorded["path"],
        groups=match.groups(),
        query=recorded["query"].encode(),
        headers=headers,
        body=base64.b64decode(recorded["body_b64"]),
        remote="127.0.0.1",
    )
    query = f"?{recorded['query']}" if recorded["query"] else ""
    first = f"{method} {recorded['path']}{query} HTTP/1.1"
    return Capture(protocol, arrival, "\r\n".join([first, *lines]).encode())


def names(clients: str = "*") -> list[str]:
    """The reports of those clients: not their preflights, nor what they only asked."""
    every = sorted(f"{path.parent.name}/{path.stem}" for path in SAMPLES.glob(f"{clients}/*.json"))
    return [name for name in every if _brings_a_report(_recorded(name))]


def cases(names: Iterable[str]) -> list[Any]:
    """A parameter of a test for each of `names`; those that repeat others run with all captures only."""
    return [
        name if name in first_of_a_kind() else pytest.param(name, marks=pytest.mark.all_captures)
        for name in names
    ]


@cache
def first_of_a_kind() -> frozenset[str]:
    """The first capture of each case of each client, and the first of each client with each content."""
    every = names()
    of_case: dict[tuple[str, str], str] = {}
    for name in every:
        client, _slash, case = name.partition("/")
        of_case.setdefault((client, case.partition(".")[0]), name)
    found = {*of_case.values()}
    of_content: dict[tuple[str, ...], str] = {}
    for name in sorted(every, key=lambda name: name not in found):
        of_content.setdefault((name.partition("/")[0], *content_of(name)), name)
    return frozenset((*found, *of_content.values()))


def content_of(name: str) -> tuple[str, ...]:
    """The protocol of a capture, and of an envelope the types of its items."""
    capture = load(name)
    protocol = capture.protocol.name
    if protocol not in ("sentry.envelope", "sentry.stream"):
        return (protocol,)
    return (protocol, *sorted({item.type for item in envelope.read(capture.body()).items}))


def _brings_a_report(recorded: dict[str, Any]) -> bool:
    return table.find(recorded["path"], recorded["method"]) is not None


@cache
def _recorded(name: str) -> dict[str, Any]:
    recorded: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))
    return recorded


def arrival(
    path: str, body: bytes, headers: dict[str, str] | None = None, query: bytes = b"", method: str = "POST"
) -> tuple[table.Protocol, table.HttpRequest]:
    """A request made up for a test, and who is to take it."""
    found = table.find(path, method)
    assert found is not None
    protocol, match = found
    pairs = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    return protocol, table.HttpRequest(path, match.groups(), query, pairs, body, "127.0.0.1")
