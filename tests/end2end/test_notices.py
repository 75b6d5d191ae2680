"""Notices from a real error to a real webhook, with `kill -9` at any moment: none is sent twice or missed."""

import http.client
import random
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.notifications import directory
from app.notifications.directory import NamedRule
from app.notifications.rules import Rule
from app.store.database import open_for_engine
from tests.end2end.engine_process import EngineProcess, rows, wait_until
from tests.factories import envelope
from tests.notifications.hooks import Webhook

KILLS = 3
ISSUES_A_TURN = 12


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    hook = Webhook()
    yield hook
    hook.close()


@pytest.fixture
def folder(tmp_path: Path, webhook: Webhook) -> Path:
    """A data folder whose only rule sends every new issue to the webhook."""
    database = open_for_engine(tmp_path).database
    with database.writing() as connection:
        (kept,) = directory.all_rules(connection)
        channel = directory.add_channel(connection, "hook", webhook.url())
        rule = Rule(desktop=False, channels=(channel.id,), most_per_hour=1_000)
        directory.change_rule(connection, NamedRule(id=kept.id, name="all", enabled=True, rule=rule))
    database.close()
    return tmp_path


def fail(engine: EngineProcess, bug: str) -> None:
    """Send an error that becomes an issue of its own."""
    frames = [{"function": bug, "module": "shop", "lineno": 1}]
    failed = {"type": "KeyError", "value": bug, "stacktrace": {"frames": frames}}
    connection = http.client.HTTPConnection("127.0.0.1", engine.port, timeout=10)
    connection.request(
        "POST", "/api/1/envelope/?sentry_key=shop", envelope(uuid.uuid4().hex, exception={"values": [failed]})
    )
    assert connection.getresponse().status == http.HTTPStatus.OK
    connection.close()


def notices(folder: Path) -> list[dict[str, Any]]:
    return rows("notices", "--limit", "100000", data_dir=folder)


def bug_named(number: int) -> str:
    """A name without digits: the grouping ignores numbers."""
    return "fail_" + "".join(chr(ord("a") + int(digit)) for digit in str(number))


def test_notice_in_flight_at_a_kill_is_sent_once_and_marked_unsure(folder: Path, webhook: Webhook) -> None:
    webhook.may_answer.clear()
    engine = EngineProcess(folder)
    fail(engine, "fail_once")
    assert webhook.arrived.acquire(timeout=30)
    engine.kill()
    webhook.may_answer.set()
    engine = EngineProcess(folder)
    fail(engine, "fail_then")
    wait_until(lambda: len(webhook.posts) == 2, "the next notice")
    assert engine.stop() == 0
    assert webhook.titles() == ["New in shop: KeyError: fail_once", "New in shop: KeyError: fail_then"]
    assert [(notice["title"], notice["state"]) for notice in reversed(notices(folder))] == [
        ("New in shop: KeyError: fail_once", "unsure"),
        ("New in shop: KeyError: fail_then", "sent"),
    ]
    (channel,) = rows("channels", data_dir=folder)
    assert channel["last_error"] is None


@pytest.mark.faults
def test_each_issue_is_notified_once_despite_random_kills(folder: Path, webhook: Webhook) -> None:
    rng = random.Random(1974)
    bugs = [bug_named(number) for number in range(KILLS * ISSUES_A_TURN)]
    for turn in range(KILLS):
        engine = EngineProcess(folder)
        for bug in bugs[turn * ISSUES_A_TURN : (turn + 1) * ISSUES_A_TURN]:
            fail(engine, bug)
        # The first notice comes when the sending process has loaded: from then on the kill may come.
        webhook.arrived.acquire(timeout=30)
        threading.Event().wait(rng.uniform(0, 0.1))
        engine.kill()
    engine = EngineProcess(folder)
    engine.wait_digested(len(bugs))
    wait_until(
        lambda: all(notice["state"] in ("sent", "unsure") for notice in notices(folder)), "all notices"
    )
    assert engine.stop() == 0

    found = notices(folder)
    assert sorted(notice["title"] for notice in found) == sorted(
        f"New in shop: KeyError: {bug}" for bug in bugs
    )
    arrived = webhook.titles()
    assert len(arrived) == len(set(arrived))
    sent = {notice["title"] for notice in found if notice["state"] == "sent"}
    unsure = {notice["title"] for notice in found if notice["state"] == "unsure"}
    assert sent <= set(arrived) <= sent | unsure
    # One notice at a time is in flight to a channel.
    assert len(unsure) <= KILLS
