"""Factories of small real objects: reports, events, and stores that contain them."""

import itertools
import uuid
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from app.digest.entries import entries
from app.digest.filing import filing
from app.digest.filing.filing import Outcome
from app.model import Event, ExceptionInfo, Frame, IssueState, Report, from_micros
from app.protocols.delivery import Delivery
from app.store.database import Database
from app.store.inbox.triage import actions
from app.store.queue import report_queue

NOON = 1_790_000_000_000_000  # a moment in 2026, in microseconds
SECOND = 1_000_000

T = TypeVar("T")


def make_event(
    type_: str = "KeyError",
    value: str = "'card'",
    *,
    function: str = "charge_card",
    project: str = "shop",
    at: int = NOON,
    **fields: Any,
) -> Event:
    """An event with one exception of one in-app frame; a new id each time."""
    frame = Frame(filename="shop/checkout.py", module="shop.checkout", function=function, line=12)
    given = {
        "event_id": uuid.uuid4().hex,
        "title": f"{type_}: {value}",
        "culprit": f"shop.checkout in {function}",
        "exceptions": (ExceptionInfo(type=type_, value=value, frames=(frame,)),),
    }
    moment = from_micros(at)
    return Event(project=project, protocol="test", timestamp=moment, received_at=moment, **(given | fields))


def make_report(number: int, *, project: str = "shop", at: int = NOON, **fields: Any) -> Report:
    """A report as the receiver stores it; its body is a Sentry envelope with one event."""
    event_id = uuid.uuid4().hex
    given = {
        "protocol": "sentry.envelope",
        "event_id": event_id,
        "remote": "127.0.0.1",
        "head": b"POST /api/1/envelope/ HTTP/1.1\r\nhost: localhost:1974",
        "body": envelope(event_id),
    }
    return Report(id=number, received_at=at, project=project, **(given | fields))


def envelope(event_id: str, **event: Any) -> bytes:
    """A Sentry envelope of one event, uncompressed."""
    whole = {
        "event_id": event_id,
        "timestamp": NOON / SECOND,
        "platform": "python",
        "exception": {"values": [{"type": "KeyError", "value": "'card'"}]},
    } | event
    payload = msgspec.json.encode(whole)
    header = msgspec.json.encode({"event_id": event_id})
    item = msgspec.json.encode({"type": "event", "length": len(payload)})
    return b"\n".join((header, item, payload, b""))


def append(database: Database, *reports: Report) -> None:
    """Put reports into the queue, as the receiver does."""
    with database.writing() as connection:
        report_queue.append(connection, [msgspec.structs.astuple(report) for report in reports])


class Store:
    """A store into which a test files events: each event is one report, which is digested at once."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._numbers = itertools.count(1)
        self._clock = itertools.count(NOON, SECOND)

    def file(self, *events: Event, project: str = "shop", at: int | None = None) -> Outcome:
        """File `events` into `project`, in one batch with one report an event."""
        moment = next(self._clock) if at is None else at
        reports = [make_report(next(self._numbers), project=project, at=moment) for _event in events]
        append(self.database, *reports)
        batch = [
            entries.of(report, Delivery(events=(replace(event, project=project),)))
            for report, event in zip(reports, events, strict=True)
        ]
        with self.database.writing() as connection:
            outcome = filing.file(connection, batch, moment)
            report_queue.advance(connection, reports[-1].id)
        return outcome

    def read(self, ask: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """Call a function of the store with a reading connection."""
        with self.database.reading() as connection:
            return ask(connection, *arguments, **named)

    def write(self, act: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """Call a function of the store with a writing connection."""
        with self.database.writing() as connection:
            return act(connection, *arguments, **named)


def set_state(connection: Connection, issue_ids: Sequence[int], state: IssueState) -> actions.Undo:
    """Resolve, mute (for ever) or reopen issues."""
    if state is IssueState.RESOLVED:
        return actions.resolve(connection, issue_ids, NOON)
    if state is IssueState.MUTED:
        return actions.mute(connection, issue_ids, NOON)
    return actions.reopen(connection, issue_ids, NOON)
