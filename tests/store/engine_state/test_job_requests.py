"""Requests to run a job wait, in order, until they are accepted."""

from app.store.engine_state import job_requests
from tests.factories import NOON, Store


def test_requests_wait_in_order_until_each_is_removed(store: Store) -> None:
    for job in ("retention", "digest", "retention"):
        store.write(job_requests.add, job, NOON)
    first, second, third = store.read(job_requests.waiting)
    assert [first.job, second.job, third.job] == ["retention", "digest", "retention"]
    store.write(job_requests.remove, [first, third])
    assert store.read(job_requests.waiting) == [second]


def test_one_that_comes_while_others_are_accepted_is_not_removed_with_them(store: Store) -> None:
    store.write(job_requests.add, "retention", NOON)
    accepted = store.read(job_requests.waiting)
    store.write(job_requests.add, "retention", NOON)
    store.write(job_requests.remove, accepted)
    assert [request.job for request in store.read(job_requests.waiting)] == ["retention"]
