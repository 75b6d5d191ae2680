"""Requests from the field: read from their files, received, digested, and compared with what is right.

A file has `method`, `path`, `headers`, `body_b64` and `expect`: what is right, in words (`text`) and as
checks. A check is ``[path, comparison, value]`` on the last event that the request made, as
``main.py event ID --json`` prints it. In a path `-1` is the last of a list, `#path` is its length, and
`#events` is how many events there are. `==` and `!=` with "issue of the one before" compare issues. Paths
below `issue` are of the event's issue, as ``main.py issues --json`` prints it.

`expect` may have more: `searches`, each of which finds the issue, and `resolve_in`, a release that the
issue is resolved in before the next request.
"""

import base64
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct
from sqlalchemy import select

from app.cli import json_lines
from app.detail import read_event
from app.digest.pipeline import Digest
from app.model import Report, to_micros
from app.protocols.event import timestamps
from app.settings import Settings
from app.store import schema
from app.store.database import Database
from app.store.inbox.lists.issues import IssueFilter, View, page
from app.store.inbox.triage import actions
from tests.factories import append
from tests.protocols import captures

SAMPLES = Path(__file__).parent.parent / "samples" / "field"
# The minute after the one that the inputs call the present.
ARRIVED = to_micros(timestamps.parse("2026-11-30T01:14:54Z") or timestamps.EARLIEST)
_NUMBERED = re.compile(r"(?P<name>.+)\.\d+")
_BEFORE = "issue of the one before"
# Those that are compared with the one before them, and are not numbered.
_FOLLOWS = {
    "peer-15-js-partly-read-stack-two": "peer-14-js-partly-read-stack-one",
    "peer-38-otlp-same-moment-other-stack-2": "peer-37-otlp-same-moment-other-stack-1",
    "peer-40-grouping-javassist-2": "peer-39-grouping-javassist",
}


class FieldRequest(Struct):
    """One request and its checks."""

    name: str
    method: str
    path: str
    headers: list[tuple[str, str]]
    body: bytes
    text: str
    checks: list[tuple[str, str, Any]]
    searches: list[str] = []
    resolve_in: str | None = None

    def report(self, number: int) -> Report:
        """The request as the receiver stores it."""
        url = urlsplit(self.path)
        protocol, arrival = captures.arrival(
            url.path,
            self.body,
            {name.lower(): value for name, value in self.headers},
            url.query.encode(),
            self.method,
        )
        head = "\r\n".join(
            [f"{self.method} {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in self.headers)]
        )
        report = captures.report_of(
            protocol.name, protocol.accept(arrival), head.encode(), self.body, received_at=ARRIVED
        )
        return msgspec.structs.replace(report, id=number)


class Inbox:
    """A store with a digest, which takes requests and gives the events that they made."""

    def __init__(self, database: Database, data_dir: Path) -> None:
        self.database = database
        self._settings = Settings(data_dir=data_dir)
        self._sent = 0

    def take(self, request: FieldRequest) -> list[dict[str, Any]]:
        """Receive and digest a request; its events, as the command line prints them."""
        self._sent += 1
        append(self.database, request.report(self._sent))
        Digest(self.database, self._settings, committed=lambda _revision: None, clock=lambda: ARRIVED).run()
        own = select(schema.events.c.id).where(schema.events.c.report_id == self._sent)
        with self.database.reading() as connection:
            numbers = connection.execute(own.order_by(schema.events.c.ordinal)).scalars().all()
            found = [detail for pk in numbers if (detail := read_event(connection, pk)) is not None]
            issues = {issue.id: issue for issue in page(connection, IssueFilter(View.EVERYTHING))}
        return [
            {
                **json.loads(json_lines.as_json(detail.event)),
                "issue": json.loads(
                    json_lines.as_json(issues[detail.event.issue_id], json_lines.ISSUE_FIELDS)
                ),
            }
            for detail in found
        ]

    def finds(self, query: str, issue_id: int) -> bool:
        """Whether a search, as it is typed, finds the issue."""
        with self.database.reading() as connection:
            return issue_id in [
                issue.id for issue in page(connection, IssueFilter(View.EVERYTHING, text=query))
            ]

    def resolve(self, issue_id: int, release: str) -> None:
        """Resolve the issue in a release, as a person does who has fixed it."""
        with self.database.writing() as connection:
            actions.resolve(connection, [issue_id], ARRIVED, release=release)


def sequences() -> dict[str, list[str]]:
    """The names of all requests, by the sequence in which they are sent."""
    found: dict[str, list[str]] = {}
    for file in sorted(SAMPLES.glob("*.json"), key=_place):
        numbered = _NUMBERED.fullmatch(file.stem)
        name = _FOLLOWS.get(file.stem, numbered["name"] if numbered is not None else file.stem)
        found.setdefault(name, []).append(file.stem)
    return found


def _place(file: Path) -> tuple[str, int]:
    name, _dot, number = file.stem.rpartition(".")
    return (name, int(number)) if number.isdecimal() else (file.stem, 0)


def load(name: str) -> FieldRequest:
    """The request of the file `name`."""
    stored = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))
    expect = stored["expect"]
    return FieldRequest(
        name=name,
        method=stored["method"],
        path=stored["path"],
        headers=[(key, value) for key, value in stored["headers"]],
        body=_without_chunks(stored["headers"], base64.b64decode(stored["body_b64"])),
        text=expect["text"],
        checks=[(path, comparison, value) for path, comparison, value in expect["checks"]],
        searches=expect.get("searches", []),
        resolve_in=expect.get("resolve_in"),
    )


def _without_chunks(headers: Iterable[tuple[str, str]], body: bytes) -> bytes:
    """The body as the HTTP server hands it on, which puts chunks together (RFC 9112, section 7.1)."""
    if ("transfer-encoding", "chunked") not in [(name.lower(), value) for name, value in headers]:
        return body
    whole, rest = b"", body
    while size := int(rest.partition(b"\r\n")[0], 16):
        start = rest.index(b"\r\n") + 2
        whole, rest = whole + rest[start : start + size], rest[start + size + 2 :]
    return whole


def wrong(
    events: Sequence[dict[str, Any]],
    checks: Iterable[tuple[str, str, Any]],
    before: Sequence[dict[str, Any]] = (),
) -> list[str]:
    """The checks that do not hold, each in words; `before` are the events of the request before."""
    found = []
    for path, comparison, value in checks:
        is_right, actual = _holds(events, path, comparison, value, before)
        if not is_right:
            found.append(f"{path} {comparison} {value!r}, but is {actual!r}")
    return found


def _holds(
    events: Sequence[dict[str, Any]], path: str, comparison: str, value: Any, before: Sequence[dict[str, Any]]
) -> tuple[bool, Any]:
    event = events[-1] if events else {}
    operator, _space, other = comparison.partition(" ")
    actual = len(events) if path == "#events" else _at(event, path)
    if other == _BEFORE:
        value = before[-1]["issue_id"] if before else None
    if operator == "==":
        return actual == value, actual
    if operator == "!=":
        return actual != value, actual
    if operator == ">=":
        return actual is not None and actual >= value, actual
    if operator == "has":
        return value in str(actual), actual
    if operator == "mentions":
        return value in json.dumps(event, ensure_ascii=False), "nowhere"
    raise ValueError(f"unknown comparison {comparison!r}")


def _at(event: Any, path: str) -> Any:
    """What stands at a path; None where there is nothing."""
    found = event
    for part in path.removeprefix("#").split("."):
        try:
            found = found[int(part)] if isinstance(found, list) else found[part]
        except (IndexError, KeyError, TypeError, ValueError):
            found = None
    return len(found or ()) if path.startswith("#") else found
