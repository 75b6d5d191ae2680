"""The process that sends: real, to a real webhook, and killed while it sends."""

from collections.abc import Iterator

import psutil
import pytest

from app.forwarding.parcel import ForwardParcel
from app.model import Level
from app.notifications.courier import AT_ONCE, Courier, CourierGone
from tests.factories import NOON, envelope
from tests.forwarding.target import running
from tests.notifications.hooks import Webhook

SOON = 30


@pytest.fixture
def courier() -> Iterator[Courier]:
    made = Courier()
    yield made
    made.stop()


def processes() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())]


def test_several_notices_are_sent_at_once(courier: Courier, webhook: Webhook) -> None:
    webhook.may_answer.clear()
    futures = [courier.deliver(webhook.url(), Level.ERROR, f"notice {n}", "body") for n in range(3)]
    for _each in futures:
        assert webhook.arrived.acquire(timeout=SOON)
    webhook.may_answer.set()
    assert [future.result(SOON) for future in futures] == [None, None, None]
    assert sorted(webhook.titles()) == ["notice 0", "notice 1", "notice 2"]
    assert len(processes()) == 1


def test_the_end_of_the_process_fails_what_waits_and_the_next_notice_is_sent(
    courier: Courier, webhook: Webhook
) -> None:
    webhook.may_answer.clear()
    lost = courier.deliver(webhook.url(), Level.ERROR, "lost", "body")
    assert webhook.arrived.acquire(timeout=SOON)
    (process,) = processes()
    process.kill()
    with pytest.raises(CourierGone):
        lost.result(SOON)
    webhook.may_answer.set()
    assert courier.deliver(webhook.url(), Level.ERROR, "next", "body").result(SOON) is None
    assert webhook.titles() == ["lost", "next"]


def test_stopping_gives_up_what_is_on_its_way(courier: Courier, webhook: Webhook) -> None:
    webhook.may_answer.clear()
    lost = courier.deliver(webhook.url(), Level.ERROR, "lost", "body")
    assert webhook.arrived.acquire(timeout=SOON)
    courier.stop()
    with pytest.raises(CourierGone):
        lost.result(SOON)
    assert processes() == []


def test_reports_are_passed_on_while_notices_are_held_up(courier: Courier, webhook: Webhook) -> None:
    webhook.may_answer.clear()
    notices = [courier.deliver(webhook.url(), Level.ERROR, f"{n}", "body") for n in range(AT_ONCE)]
    body = envelope("0123456789abcdef0123456789abcdef")
    with running() as target:
        parcel = ForwardParcel(target.dsn, "envelope", b"POST / HTTP/1.1", body, {}, (), NOON)
        outcome = courier.forward(parcel).result(SOON)
        assert outcome.error is None
        assert [each.body for each in target.taken] == [body]
        target.may_answer.clear()
        lost = courier.forward(parcel)
        assert target.arrived.acquire(timeout=SOON)
        assert target.arrived.acquire(timeout=SOON)
        courier.stop()
        with pytest.raises(CourierGone):
            lost.result(SOON)
    assert not any(notice.done() and notice.exception() is None for notice in notices)
