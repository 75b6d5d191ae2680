"""Puts into a store what the doctor looks for, and examines it at one fixed moment."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from app.doctor.examination import Examination, examine
from app.doctor.finding import Severity
from app.model import to_micros
from app.settings import Settings
from app.store.inbox.events import callers
from app.store.inbox.events.callers import Calls
from app.store.queue import refusals
from tests.factories import Store, append, make_report

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def examined(store: Store, settings: Settings) -> Examination:
    """Examine the store; checks that the result can be sent as JSON, and that the worst comes first."""
    found = store.read(examine, settings, now=NOW)
    assert msgspec.json.encode(found)
    order = [*Severity][::-1]
    assert [*found.findings] == sorted(found.findings, key=lambda each: order.index(each.severity))
    return found


def titles(found: Examination, *severities: Severity) -> list[str]:
    """The titles of the findings with these severities (default: all)."""
    return [each.title for each in found.findings if each.severity in (severities or [*Severity])]


def micros(*, ago: float) -> int:
    """The moment `ago` seconds before `NOW`, in microseconds."""
    return to_micros(NOW - timedelta(seconds=ago))


def call(store: Store, client: str = "sentry.python", *, ago: float = 60, skew: float | None = None) -> None:
    """Count a call of a client, whose clock is ahead by `skew` seconds."""
    at = micros(ago=ago)
    off = None if skew is None else int(skew * 1_000_000)
    store.write(callers.count, [Calls("shop", "sentry.envelope", client, "1", at, at, 1, off)])


def refuse(
    store: Store,
    status: int,
    reason: str,
    *,
    times: int = 1,
    ago: float = 60,
    head: bytes = b"POST / HTTP/1.1",
) -> None:
    """Record refused requests."""
    row: dict[str, Any] = {
        "at": micros(ago=ago),
        "status": status,
        "reason": reason,
        "remote": "127.0.0.1",
        "head": head,
        "body": b"",
    }
    store.write(refusals.record, [row] * times, counted=times)


def wait(store: Store, number: int, *, ago: float = 60) -> None:
    """Put reports into the queue that nobody digests."""
    append(store.database, *(make_report(n, at=micros(ago=ago)) for n in range(1, number + 1)))
