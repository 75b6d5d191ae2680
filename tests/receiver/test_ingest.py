"""Which requests bring reports, whose, and why some are refused."""

import gzip
import json
from collections.abc import Iterator

import pytest

from app.protocols.table import HttpRequest
from app.receiver.group_commit import GroupCommit
from app.receiver.guard import Guard
from app.receiver.ingest import REMEMBERED_TARGETS, Ingest, Target
from app.receiver.refused import Refused
from app.settings import Settings
from app.store.database import Database
from tests.factories import envelope
from tests.receiver.conftest import ENVELOPE, Running, Start, assert_web_pages_may_read

EVENT = "0123456789abcdef0123456789abcdef"
KEY = {"X-Sentry-Auth": "Sentry sentry_key=shop, sentry_version=7"}


@pytest.fixture
def ingest(database: Database, settings: Settings) -> Iterator[Ingest]:
    made = Ingest(settings, Guard(settings.host), GroupCommit(database, settings))
    yield made
    made.stop()


def test_a_key_that_is_not_among_the_known_ones_is_refused(start: Start) -> None:
    running = start(known_keys=("shop",))
    assert running.ask(body=envelope(EVENT), headers=KEY).status == 200
    answer = running.ask(body=envelope(EVENT), headers={"X-Sentry-Auth": "Sentry sentry_key=stranger"})
    assert answer.status == 403
    assert b"stranger" in answer.body
    assert len(running.stored()) == 1


def test_errors_are_taken_at_every_path(running: Running) -> None:
    answer = running.ask(path="/api/1/elsewhere/", body=b"the backup failed")
    assert answer.status == 200
    assert json.loads(answer.body) == {"id": running.stored()[0].event_id}
    assert (running.stored()[0].protocol, running.stored()[0].project) == ("plain", "elsewhere")
    assert_web_pages_may_read(answer)


def test_a_log_record_in_a_query_string_is_a_report(running: Running) -> None:
    assert running.ask("GET", "/shop/log?msg=boom&levelname=ERROR").status == 200
    (stored,) = running.stored()
    assert (stored.protocol, stored.project, stored.body) == ("logging.get", "shop", b"")
    assert stored.head.startswith(b"GET /shop/log?msg=boom&levelname=ERROR HTTP/1.1")
    assert running.ask("GET", "/log").status == 400


def test_an_unknown_content_encoding_is_refused(running: Running) -> None:
    answer = running.ask(body=b"\x01\x02", headers={"Content-Encoding": "snappy"})
    assert answer.status == 415
    assert b"snappy" in answer.body
    assert_web_pages_may_read(answer)


def test_an_inline_digest_runs_between_commit_and_answer(start: Start) -> None:
    seen: list[int] = []
    stores: list[Running] = []
    running = start(digest_inline=lambda: seen.append(len(stores[0].stored())))
    stores.append(running)
    assert running.ask(body=envelope(EVENT)).status == 200
    assert seen == [1]


def test_an_inline_digest_that_raises_is_answered_500(start: Start) -> None:
    def digest() -> None:
        raise RuntimeError("boom")

    running = start(digest_inline=digest)
    assert running.ask(body=envelope(EVENT)).status == 500
    assert len(running.stored()) == 1


def test_a_malformed_url_is_refused(ingest: Ingest) -> None:
    with pytest.raises(Refused) as refused:
        ingest.target(b"http://[")
    assert refused.value.status == 400


def test_only_a_get_that_has_a_record_brings_a_report(ingest: Ingest) -> None:
    urls = (b"/shop/log?msg=boom&levelname=ERROR", b"/", b"http://[")
    assert [ingest.takes(url, "GET") for url in urls] == [True, False, False]
    ingest.target(ENVELOPE.encode(), "POST")
    assert not ingest.takes(ENVELOPE.encode(), "GET"), "what is remembered of a POST is not true of a GET"


def test_a_target_is_the_same_whether_it_is_remembered_or_not(ingest: Ingest) -> None:
    """Only so many are remembered: an address can be different each time."""
    urls = [b"/api/%d/envelope/?sentry_key=shop" % number for number in range(REMEMBERED_TARGETS + 2)]
    first = [ingest.target(url) for url in urls]
    assert [ingest.target(url) for url in urls] == first
    assert len(ingest._targets) == REMEMBERED_TARGETS


def test_a_large_body_is_accepted_as_a_small_one(ingest: Ingest) -> None:
    target = ingest.target(ENVELOPE.encode())
    taken = ingest.accept_in_worker(target, request_of(target, gzip.compress(envelope(EVENT)))).result()
    assert not isinstance(taken, Refused)
    assert taken.event_id == EVENT
    refused = ingest.accept_in_worker(target, request_of(target, b"nonsense")).result()
    assert isinstance(refused, Refused)
    assert (refused.status, refused.__traceback__) == (400, None)


def test_another_exception_than_a_refusal_is_logged_as_a_bug(
    ingest: Ingest, caplog: pytest.LogCaptureFixture
) -> None:
    refused = ingest.as_refused(KeyError("the cause"))
    assert refused.status == 500
    assert "the cause" not in refused.reason
    assert "the cause" in caplog.text


def request_of(target: Target, body: bytes) -> HttpRequest:
    return HttpRequest(target.path, target.groups, target.query, [], body, "127.0.0.1")
