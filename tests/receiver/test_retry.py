"""Refused requests that are taken anew: each becomes a report once, or says why not."""

import smtplib
import threading
from typing import Any
from urllib.parse import urlsplit

import pytest

from app.protocols import table
from app.protocols.protocol import Malformed
from app.receiver.retry import RefusedRetry
from app.store.database import Database
from app.store.queue import queue_overview, refusals, report_queue
from tests.factories import NOON, envelope
from tests.receiver.conftest import ENVELOPE, Running, Start

EVENT = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An Arecibo that understands no envelope: undo it, and it is the newer version."""
    protocol = table.by_name("sentry.envelope")

    def refuse(_arrival: Any) -> Any:
        raise Malformed("not understood yet", 0)

    monkeypatch.setattr(type(protocol), "accept", property(lambda _self: refuse))
    return monkeypatch


def marked(database: Database, count: int) -> list[int]:
    """All refusals, marked to be tried again, once they are written."""
    give_up = threading.Event()
    for _look in range(200):
        with database.writing() as connection:
            found = refusals.request_retry(connection, None, NOON)
        if len(found) >= count:
            return found
        give_up.wait(0.05)
    pytest.fail("the refusals were never written")


def retry(running: Running) -> RefusedRetry:
    return RefusedRetry(running.database, running.receiver.ingest, running.commits)


def left(database: Database) -> list[queue_overview.Refusal]:
    with database.reading() as connection:
        return queue_overview.refusals(connection)


def test_what_is_understood_now_becomes_a_report_as_it_came(
    running: Running, strict: pytest.MonkeyPatch
) -> None:
    body = envelope(EVENT, message="x" * 100_000)
    assert running.ask(path=ENVELOPE + "?a=1", body=body, headers={"X-Custom": "1"}).status == 400
    assert running.ask(path="/api/1/envelope/", body=envelope("1" * 32)).status == 400
    marked(running.database, 2)
    retry(running).run()
    assert [refusal.retries for refusal in left(running.database)] == [1, 1]
    strict.undo()
    assert running.ask(body=envelope("2" * 32)).status == 200
    marked(running.database, 2)
    retry(running).run()
    assert running.ask(body=envelope("3" * 32)).status == 200
    stored = running.stored()
    assert [report.id for report in stored] == [1, 2, 3, 4], "its number is the next one, for all writers"
    assert [report.event_id for report in stored] == ["2" * 32, EVENT, "1" * 32, "3" * 32]
    assert stored[1].body == body
    assert stored[1].head.startswith(b"POST /api/1/envelope/?a=1 HTTP/1.1\r\n")
    assert left(running.database) == []
    with running.database.reading() as connection:
        status = queue_overview.status(connection)
    assert (status.received, status.pending, status.rejected) == (4, 4, 2)


def test_what_is_refused_again_says_why(start: Start) -> None:
    locked = start(known_keys=("shop",))
    key = {"X-Sentry-Auth": "Sentry sentry_key=stranger"}
    assert locked.ask(body=envelope(EVENT), headers=key).status == 403
    assert locked.ask(body=b"nonsense", headers={"Host": "example.com"}).status == 421
    assert locked.say(b"nonsense\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    marked(locked.database, 3)
    retry(locked).run()
    found = left(locked.database)
    assert [refusal.status for refusal in found] == [400, 421, 403]
    assert {refusal.retries for refusal in found} == {1}
    assert "no complete HTTP request" in found[0].reason
    assert not any(refusal.is_requested for refusal in found)
    assert locked.stored() == []


def test_two_who_try_the_same_get_one_report(running: Running, strict: pytest.MonkeyPatch) -> None:
    for number in range(20):
        running.ask(body=envelope(f"{number:032x}"))
    strict.undo()
    marked(running.database, 20)
    threads = [threading.Thread(target=retry(running).run) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(report.event_id for report in running.stored()) == [
        f"{number:032x}" for number in range(20)
    ]


def test_a_refusal_without_a_request_for_retry_stays(running: Running) -> None:
    running.ask(body=b"nonsense")
    running.stop()
    retry(running).run()
    assert [refusal.retries for refusal in left(running.database)] == [0]


def test_a_bug_of_ours_does_not_hold_up_the_others(running: Running, strict: pytest.MonkeyPatch) -> None:
    for number in range(2):
        running.ask(body=envelope(f"{number:032x}"))
    strict.undo()
    marked(running.database, 2)

    def fail(_arrival: Any) -> Any:
        raise KeyError("x")

    strict.setattr(type(table.by_name("sentry.envelope")), "accept", property(lambda _self: fail))
    retry(running).run()
    assert [refusal.status for refusal in left(running.database)] == [500, 500]


def test_a_stopped_writer_leaves_it_marked(running: Running, strict: pytest.MonkeyPatch) -> None:
    running.ask(body=envelope(EVENT))
    running.stop()
    strict.undo()
    marked(running.database, 1)
    retry(running).run()
    assert [refusal.is_requested for refusal in left(running.database)] == [True]
    with running.database.reading() as connection:
        assert report_queue.last_number(connection) == 0


def test_mails_are_taken_anew(start: Start) -> None:
    locked = start(smtp_port=0, known_keys=("other",))
    where = urlsplit(locked.receiver.smtp.url or "")
    mail = b"Subject: backup failed\r\n\r\nno space left\r\n"
    client = smtplib.SMTP(where.hostname or "", where.port or 0, timeout=20)
    with client, pytest.raises(smtplib.SMTPDataError):
        client.sendmail("root@vm", "shop@localhost", mail)
    locked.stop()
    running = start()
    marked(running.database, 1)
    retry(running).run()
    (report,) = running.stored()
    assert (report.protocol, report.project, report.body) == ("email", "shop", mail)
