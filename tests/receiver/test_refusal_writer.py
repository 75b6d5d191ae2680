"""What is refused: kept whole within its budgets, and nothing else of it is held on to."""

import gc
import gzip
import os
from pathlib import Path

import pytest

from app.protocols.table import HttpRequest
from app.protocols.wire.encoding import EncodingError
from app.receiver.refusal_writer import RefusalWriter
from app.receiver.refused import Refused
from app.settings import Settings
from app.store.database import Database
from app.store.queue import queue_overview, refusals
from tests.factories import NOON, Store, envelope
from tests.receiver.conftest import ENVELOPE, Running, Start

MIB = 1 << 20
EVENT = "0123456789abcdef0123456789abcdef"


def kept(running: Running) -> queue_overview.Refusal:
    """The newest refusal, whole; stops the receiver."""
    newest = running.refusals()[0]
    with running.database.reading() as connection:
        found = queue_overview.refusal(connection, newest.id)
    assert found is not None
    return found


def test_a_refused_request_is_stored_whole(running: Running) -> None:
    body = b"nonsense " + os.urandom(200_000)
    assert running.ask(body=body, headers={"X-Custom": "x" * 5_000}).status == 400
    found = kept(running)
    assert found.body == body
    assert found.body_size == found.kept_size == len(body)
    assert "x" * 5_000 in found.head
    assert len(running.refusals()[0].body) == refusals.BEGINNING_BYTES, "a list stays quick"


@pytest.mark.parametrize("encoding", ["identity", "chunked"])
def test_a_request_for_another_host_is_stored_too(running: Running, encoding: str) -> None:
    """The answer is known before the body has come."""
    headers = {"Host": "example.com", "Transfer-Encoding": encoding}
    body = b"x" * 100_000
    given = iter([body]) if encoding == "chunked" else body
    if encoding == "identity":
        headers = {"Host": "example.com", "Content-Length": str(len(body))}
    assert running.ask(body=given, headers=headers, encode_chunked=encoding == "chunked").status == 421
    assert kept(running).body == body


def test_of_a_body_announced_as_too_large_the_beginning_is_stored(start: Start) -> None:
    running = start(max_body_bytes=2 * MIB)
    connection = running.connect()
    body = b"{" + b"x" * (3 * MIB)
    connection.request("POST", ENVELOPE, body)
    assert connection.getresponse().read()
    # The same connection goes on.
    connection.request("POST", ENVELOPE, envelope(EVENT))
    assert connection.getresponse().status == 200
    found = kept(running)
    assert found.status == 413
    assert found.body == body[:MIB]
    assert (found.kept_size, found.body_size) == (MIB, len(body))


def test_a_client_that_expects_100_is_refused_and_sends_no_body(start: Start) -> None:
    running = start(max_body_bytes=1000)
    head = b"POST %b HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n"
    said = running.say(head % ENVELOPE.encode())
    assert said.startswith(b"HTTP/1.1 413 ")
    assert b"100 Continue" not in said
    assert b"connection: close" in said


def test_one_that_is_huge_is_cut_and_says_so(start: Start) -> None:
    running = start(max_refused_bytes=100_000)
    assert running.ask(body=b"x" * 150_000).status == 400
    found = kept(running)
    assert (found.kept_size, found.body_size) == (len(found.body), 150_000)
    assert 0 < len(found.body) <= 100_000


def test_the_oldest_make_room_for_the_newest(store: Store) -> None:
    for number in range(10):
        row = {
            "at": NOON,
            "status": 400,
            "reason": str(number),
            "remote": "",
            "head": b"",
            "body": b"x" * 10_000,
        }
        store.write(refusals.record, [row], counted=1, budget=35_000)
    found = store.read(queue_overview.refusals)
    assert [refusal.reason for refusal in found] == ["9", "8", "7"]
    with store.database.reading() as connection:
        rests = connection.exec_driver_sql("SELECT refusal_id FROM refused_rests ORDER BY 1").scalars().all()
    assert rests == sorted(refusal.id for refusal in found)
    assert store.read(queue_overview.status).rejected == 10


def test_a_flood_waits_in_bounded_memory(database: Database, settings: Settings) -> None:
    waiting = RefusalWriter(database, settings)
    for number in range(100):
        waiting.note(400, str(number), "", b"", bytes(MIB))
    assert sum(len(row["body"]) for row in waiting._newest) <= 16 * MIB
    waiting.write()
    with database.reading() as connection:
        written = len(queue_overview.refusals(connection))
        assert queue_overview.status(connection).rejected == 100
    assert 0 < written < 16, "a flood is written more slowly than it may come"
    waiting.close(write=True)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="looks at Linux's account of memory")
def test_nothing_holds_on_to_what_was_refused(start: Start) -> None:
    """Not even until the garbage collector comes: it is switched off."""
    running = start(max_decoded_bytes=8 * MIB)
    bombs = [gzip.compress(bytes(16 * MIB), 1) + os.urandom(400_000), os.urandom(400_000)]
    bombs[1] = b"\x1f\x8b" + bombs[1]
    for bomb in bombs:
        running.ask(body=bomb)
    gc.collect()
    gc.disable()
    # Other tests' parameters are requests, too.
    of_others = {id(each) for each in _requests_and_refusals()}
    try:
        before = _resident()
        for _number in range(30):
            for bomb in bombs:
                assert running.ask(body=bomb).status in (400, 413)
        held = [each for each in _requests_and_refusals() if id(each) not in of_others]
        grown = _resident() - before
    finally:
        gc.enable()
    assert held == []
    # 30 times 8 MiB and 60 times 400 kB would have been 260 MiB. What waits to be written may stay, twice.
    assert grown < 100 * MIB


def _requests_and_refusals() -> list[object]:
    return [each for each in gc.get_objects() if isinstance(each, (Refused, EncodingError, HttpRequest))]


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
