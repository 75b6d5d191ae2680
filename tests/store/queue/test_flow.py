"""How fast the queue moves, by a clock that the test owns."""

from msgspec.structs import replace

from app.store.queue import queue_overview
from app.store.queue.flow import Flow, FlowMeter
from tests.factories import Store


def test_the_flow_of_the_last_seconds(store: Store) -> None:
    status = store.read(queue_overview.status)
    meter = FlowMeter()
    assert meter.measure(status, 100.0) is None
    moved = replace(status, received=40, digested=30)
    assert meter.measure(moved, 102.0) == Flow(received=20, digested=15)
    assert meter.measure(moved, 106.0) == Flow(received=40 / 6, digested=5)
    # The first look is more than five seconds ago, and the second says all that there was.
    assert meter.measure(moved, 107.5) == Flow(received=0, digested=0)


def test_what_was_had_back_is_no_flow(store: Store) -> None:
    status = replace(store.read(queue_overview.status), digested=3)
    meter = FlowMeter()
    meter.measure(status, 1.0)
    assert meter.measure(replace(status, digested=2), 2.0) == Flow(received=0, digested=0)
