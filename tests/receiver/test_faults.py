"""Faults on purpose: what clients meet, that it ends by itself, and that nobody else waits for it."""

import asyncio
import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

import pytest

from app.receiver import faults as gate
from app.receiver.faults import Faults
from app.settings import Settings
from app.store.database import Database
from app.store.engine_state.faults import Fault, FaultAnswer
from tests.factories import SECOND, envelope
from tests.receiver.conftest import ENVELOPE, Running, assert_web_pages_may_read

EVENT = "0123456789abcdef0123456789abcdef"
SHOP = {"X-Sentry-Auth": "Sentry sentry_key=shop, sentry_version=7"}
OTHER = {"X-Sentry-Auth": "Sentry sentry_key=other, sentry_version=7"}


class KeptFaults:
    """The faults that a test sets."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.met: Mapping[tuple[int, int], int] = {}
        self.ended: list[Fault] = []

    def listed(self) -> list[Fault]:
        return self.faults

    def count(self, met: Mapping[tuple[int, int], int]) -> None:
        self.met = dict(met)

    def end(self, over: Sequence[Fault]) -> None:
        self.ended += over
        self.faults = [each for each in self.faults if each not in over]


class Bench:
    """A receiver with faults."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.kept = KeptFaults()
        self.said: list[Sequence[Fault]] = []
        self.changed = threading.Event()
        self.faults = Faults(self.kept, self._say)
        self.running = Running(database, settings, faults=self.faults)

    def _say(self, faults: Sequence[Fault]) -> None:
        self.said.append(faults)
        self.changed.set()

    def set(self, answer: FaultAnswer, *, seconds: float = 30, share: float = 1, lasts: float = 300) -> None:
        now = time.time_ns() // 1000
        self.kept.faults = [
            Fault(
                project_id=1,
                project="shop",
                answer=answer,
                seconds=seconds,
                share=share,
                since=now,
                until=now + int(lasts * SECOND),
                names=frozenset(("shop",)),
            )
        ]
        self.faults.follow()

    def clear(self) -> None:
        self.kept.faults = []
        self.faults.follow()

    def begin_request(self) -> http.client.HTTPConnection:
        connection = self.running.connect()
        connection.request("POST", ENVELOPE, envelope(EVENT), SHOP)
        return connection


@pytest.fixture
def bench(database: Database, settings: Settings) -> Iterator[Bench]:
    made = Bench(database, settings)
    yield made
    made.faults.stop()
    made.running.stop()


@pytest.mark.parametrize(
    ("answer", "wait"),
    [(FaultAnswer.TOO_MANY, "60"), (FaultAnswer.BROKEN, None), (FaultAnswer.UNAVAILABLE, "60")],
)
def test_a_status_is_answered_on_a_connection_that_goes_on(
    bench: Bench, answer: FaultAnswer, wait: str | None
) -> None:
    bench.set(answer)
    said = bench.running.ask(body=envelope(EVENT), headers=SHOP)
    assert said.status == int(answer)
    assert said.headers.get("retry-after") == wait
    assert said.headers.get("x-sentry-rate-limits") == (
        "60::project:fault" if answer is FaultAnswer.TOO_MANY else None
    )
    assert_web_pages_may_read(said)
    assert bench.running.ask(body=envelope(EVENT), headers=OTHER).status == 200
    bench.clear()
    assert bench.running.ask(body=envelope(EVENT), headers=SHOP).status == 200
    assert len(bench.running.stored()) == 2
    bench.faults.stop()
    (refused,) = bench.running.refusals()
    assert (refused.status, refused.body) == (int(answer), envelope(EVENT))
    assert "on purpose" in refused.reason


def test_the_wait_is_no_longer_than_the_fault(bench: Bench) -> None:
    bench.set(FaultAnswer.TOO_MANY, lasts=20)
    said = bench.running.ask(body=envelope(EVENT), headers=SHOP)
    assert 15 <= int(said.headers["retry-after"]) <= 20


def test_a_share_is_met_evenly(bench: Bench) -> None:
    bench.set(FaultAnswer.UNAVAILABLE, share=0.4)
    found = [bench.running.ask(body=envelope(EVENT), headers=SHOP).status for _n in range(10)]
    assert found == [200, 200, 503, 200, 503] * 2


def test_a_slow_answer_is_stored_before_and_others_do_not_wait(bench: Bench) -> None:
    bench.set(FaultAnswer.SLOW, seconds=0.3)
    began = time.monotonic()
    slow = bench.begin_request()
    assert bench.running.ask(body=envelope(EVENT), headers=OTHER).status == 200
    assert time.monotonic() - began < 0.3
    answer = slow.getresponse()
    assert (answer.status, time.monotonic() - began >= 0.3) == (200, True)
    answer.read()
    bench.clear()
    slow.request("POST", ENVELOPE, envelope(EVENT), SHOP)
    assert slow.getresponse().status == 200
    assert len(bench.running.stored()) == 3


def test_the_end_of_a_fault_lets_go_what_it_held(bench: Bench) -> None:
    bench.set(FaultAnswer.SLOW, seconds=300)
    slow = bench.begin_request()
    bench.running.ask(body=envelope(EVENT), headers=OTHER)
    bench.clear()
    assert slow.getresponse().status == 200


def test_no_answer_at_all_and_then_the_connection_is_closed(bench: Bench) -> None:
    bench.set(FaultAnswer.NONE, seconds=0.2)
    began = time.monotonic()
    with pytest.raises(http.client.RemoteDisconnected):
        bench.begin_request().getresponse()
    assert time.monotonic() - began >= 0.2
    assert bench.running.stored() == []
    bench.faults.stop()
    (refused,) = bench.running.refusals()
    assert (refused.status, refused.body) == (gate.NO_ANSWER_STATUS, envelope(EVENT))


def test_no_more_are_held_than_leave_room(bench: Bench) -> None:
    bench.set(FaultAnswer.NONE, seconds=300)
    bench.faults.most_held = 2
    held = [bench.begin_request() for _n in range(2)]
    with pytest.raises(http.client.RemoteDisconnected):
        bench.begin_request().getresponse()
    held[0].close()
    # The receiver sees the close before the next request of another connection.
    bench.running.ask(body=envelope(EVENT), headers=OTHER)
    bench.clear()
    with pytest.raises(http.client.RemoteDisconnected):
        held[1].getresponse()


@pytest.mark.parametrize("answer", [FaultAnswer.SLOW, FaultAnswer.NONE])
def test_stopping_does_not_wait_for_who_is_held(bench: Bench, answer: FaultAnswer) -> None:
    bench.set(answer, seconds=300)
    connections = [bench.begin_request() for _n in range(5)]
    bench.running.ask(body=envelope(EVENT), headers=OTHER)
    began = time.monotonic()
    bench.running.stop()
    assert time.monotonic() - began < 1.5
    for each in connections:
        each.close()


def test_it_ends_by_itself_and_says_so(bench: Bench) -> None:
    bench.set(FaultAnswer.BROKEN, lasts=0.2)
    assert [len(each) for each in bench.said] == [1]
    bench.changed.clear()
    assert bench.changed.wait(10)
    assert bench.said[-1] == ()
    assert [each.answer for each in bench.kept.ended] == [FaultAnswer.BROKEN]
    assert bench.running.ask(body=envelope(EVENT), headers=SHOP).status == 200


def test_health_says_how_many_and_the_count_is_stored(bench: Bench) -> None:
    bench.set(FaultAnswer.BROKEN)
    bench.changed.clear()
    bench.running.ask(body=envelope(EVENT), headers=SHOP)
    health = bench.running.ask("GET", "/health")
    assert (health.status, json.loads(health.body)) == (200, {"status": "faults", "faults": 1})
    assert bench.changed.wait(10)
    assert [each.met for each in bench.said[-1]] == [1]
    assert list(bench.kept.met.values()) == [1]


def test_only_the_first_are_stored_and_all_are_counted(monkeypatch: pytest.MonkeyPatch, bench: Bench) -> None:
    monkeypatch.setattr(gate, "MOST_STORED", 2)
    bench.set(FaultAnswer.BROKEN)
    for _n in range(4):
        bench.running.ask(body=envelope(EVENT), headers=SHOP)
    assert bench.faults.in_force[0].met == 4
    bench.faults.stop()
    assert len(bench.running.refusals()) == 2


def test_a_clock_that_is_set_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000.0]
    kept = KeptFaults()
    faults = Faults(kept, monotonic=lambda: now[0])
    fault = Fault(
        project_id=1,
        project="shop",
        answer=FaultAnswer.BROKEN,
        seconds=1,
        share=1,
        since=0,
        until=300 * SECOND,
        names=frozenset(("shop",)),
    )
    kept.faults = [fault]
    faults.follow(0)
    # The wall clock was set back by an hour; another process has written.
    faults.follow(-3_600 * SECOND)
    now[0] += 299
    assert faults.meet("shop") is not None
    assert faults.meet("other") is None
    now[0] += 2
    assert faults.meet("shop") is None
    assert faults.in_force == ()
    faults.stop()


def test_a_held_request_is_let_go_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def hold() -> list[str]:
        loop = asyncio.get_running_loop()
        kept, done = KeptFaults(), []
        faults = Faults(kept)
        kept.faults = [
            Fault(
                project_id=1,
                project="shop",
                answer=FaultAnswer.SLOW,
                seconds=300,
                share=1,
                since=0,
                until=300 * SECOND,
                names=frozenset(("shop",)),
            )
        ]
        faults.follow(0)
        active = faults.meet("shop")
        assert active is not None

        def releasing(name: str) -> Callable[[], None]:
            return lambda: done.append(name)

        gone, first = releasing("gone"), releasing("first")
        for each in (gone, first):
            faults.hold(active, each, loop)
        faults.forget(gone)
        faults.release_all()
        faults.release(first)
        faults.stop()
        return done

    assert asyncio.run(hold()) == ["first"]


@pytest.mark.parametrize("answer", [FaultAnswer.SLOW, FaultAnswer.NONE])
def test_large_bodies_that_are_held_take_no_memory_from_others(bench: Bench, answer: FaultAnswer) -> None:
    bench.set(answer, seconds=300)
    large = envelope(EVENT, extra={"x": "y" * 400_000})
    room = bench.running.receiver.ingest.room
    before = vars(room)["_left"]
    connection = bench.running.connect()
    connection.request("POST", ENVELOPE, large, SHOP)
    held = vars(bench.faults)["_held"]
    deadline = time.monotonic() + 20
    while not held and time.monotonic() < deadline:
        assert bench.running.ask(body=envelope(EVENT), headers=OTHER).status == 200
    assert len(held) == 1
    assert vars(room)["_left"] == before
    connection.close()
    while held and time.monotonic() < deadline:
        assert bench.running.ask(body=envelope(EVENT), headers=OTHER).status == 200
    assert not held, "a client that has gone holds no place"
