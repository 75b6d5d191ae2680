"""Refused requests: all counted, stored within a budget, and removed once a retry made them reports."""

from typing import Any

from app.store.queue import queue_overview, refusals
from tests.factories import NOON, Store


def refused(body: bytes = b"", **fields: Any) -> dict[str, Any]:
    row = {"at": NOON, "status": 400, "reason": "No JSON", "remote": "127.0.0.1", "head": b"POST / HTTP/1.1"}
    return row | {"body": body} | fields


def test_a_long_body_is_listed_by_its_beginning_and_read_whole(store: Store) -> None:
    body = b"x" * (refusals.BEGINNING_BYTES + 10)
    store.write(refusals.record, [refused(body)], counted=1)
    (listed,) = store.read(queue_overview.refusals)
    assert listed.body == body[: refusals.BEGINNING_BYTES]
    whole = store.read(refusals.whole, 1)
    assert whole is not None
    assert whole.body == body


def test_the_oldest_make_room_and_all_are_counted(store: Store) -> None:
    store.write(refusals.record, [refused(b"x" * 1_000) for _ in range(5)], counted=7, budget=2_500)
    assert [each.id for each in store.read(queue_overview.refusals)] == [5, 4]
    assert store.read(queue_overview.status).rejected == 7


def test_only_a_requested_retry_removes_a_request(store: Store) -> None:
    store.write(refusals.record, [refused(), refused()], counted=2)
    assert not store.write(refusals.remove, 1)
    assert store.write(refusals.request_retry, [1], NOON) == [1]
    assert store.read(refusals.requested) == [1]
    assert store.read(refusals.next_requested) == NOON
    assert store.write(refusals.remove, 1)
    assert store.read(refusals.whole, 1) is None


def test_a_retry_that_is_refused_has_the_new_reason(store: Store) -> None:
    store.write(refusals.record, [refused()], counted=1)
    store.write(refusals.request_retry, None, NOON)
    store.write(refusals.refuse_again, 1, 413, "Too large")
    (again,) = store.read(queue_overview.refusals)
    assert (again.status, again.reason, again.retries, again.is_requested) == (413, "Too large", 1, False)
