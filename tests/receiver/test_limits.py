"""How much is taken: bodies, decoded bodies, memory for all of them, and descriptors."""

import gzip
import resource

import pytest

from app.receiver import limits
from app.receiver.limits import Room
from app.receiver.refused import Refused
from app.settings import KIB, MIB, Settings
from tests.factories import envelope
from tests.receiver.conftest import Running, Start, assert_web_pages_may_read, head_of

EVENT = "0123456789abcdef0123456789abcdef"


def test_connections_leave_a_reserve_of_descriptors() -> None:
    assert limits.max_connections(20_000) == limits.MAX_CONNECTIONS
    assert limits.max_connections(1_024) == 1_024 - limits.RESERVED_DESCRIPTORS - 3 * limits.ACCEPTED_AT_ONCE
    assert limits.max_connections(64) == 16


def test_the_limit_of_descriptors_is_raised_as_far_as_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (256, 1_000))
    monkeypatch.setattr(resource, "setrlimit", lambda _what, wanted: asked.append(wanted))
    assert limits.descriptors() == 1_000
    assert asked == [(1_000, 1_000)]

    def refuse(_what: int, _wanted: tuple[int, int]) -> None:
        raise ValueError

    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert limits.descriptors() == 256


def test_a_content_length_above_the_limit_is_refused_at_once(start: Start) -> None:
    running = start(max_body_bytes=1000)
    with running.raw() as connection:
        connection.sendall(head_of(1001))
        assert connection.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_a_chunked_body_is_refused_once_it_exceeds_the_limit(start: Start) -> None:
    running = start(max_body_bytes=100_000)
    answer = running.ask(
        body=iter([b"{" * 99_999, b"{" * 99_999]),
        headers={"Transfer-Encoding": "chunked"},
        encode_chunked=True,
    )
    assert answer.status == 413
    assert b"100000 bytes" in answer.body
    assert_web_pages_may_read(answer)
    assert running.stored() == []


def test_a_compression_bomb_is_refused(start: Start) -> None:
    running = start(max_decoded_bytes=1_000_000)
    bomb = gzip.compress(envelope(EVENT, message="x" * 2_000_000), 0)
    assert len(bomb) > 1_000_000
    answer = running.ask(body=bomb)
    assert answer.status == 413
    assert b"1000000 bytes" in answer.body
    assert running.ask(body=gzip.compress(envelope(EVENT, message="x" * 500_000), 0)).status == 200


def test_too_many_large_bodies_at_the_same_time_are_refused(start: Start) -> None:
    running = start(max_body_bytes=100_000)
    half_sent = [running.raw() for _number in range(5)]
    for connection in half_sent:
        connection.sendall(head_of(100_000) + b"{" * 90_000)
    answers = {connection.recv(12) for connection in half_sent[4:]}
    assert answers == {b"HTTP/1.1 503"}
    for connection in half_sent:
        connection.close()
    assert _eventually_taken(running)


@pytest.mark.parametrize(
    ("size", "expected"), [(MIB, "1 MiB"), (20 * MIB, "20 MiB"), (MIB + 1, "1048577 bytes"), (7, "7 bytes")]
)
def test_a_size_is_exact(size: int, expected: str) -> None:
    assert limits.readable(size) == expected


def test_a_head_may_have_just_its_limit() -> None:
    limits.check_head(limits.MAX_HEAD_BYTES)
    with pytest.raises(Refused) as refused:
        limits.check_head(limits.MAX_HEAD_BYTES + 1)
    assert refused.value.status == 431


def test_a_decoded_body_may_have_just_its_limit() -> None:
    body = gzip.compress(b"x" * 100 * KIB)
    limits.check_decoded(body, "gzip", 100 * KIB)
    with pytest.raises(Refused, match="max_decoded_bytes") as refused:
        limits.check_decoded(body, "gzip", 100 * KIB - 1)
    assert refused.value.status == 413


def test_a_damaged_body_is_left_to_its_protocol() -> None:
    limits.check_decoded(gzip.compress(b"x" * KIB)[:20], "gzip", MIB)


def test_there_is_memory_again_once_bodies_have_given_theirs_back(settings: Settings) -> None:
    room = Room(settings)
    for _body in range(4):
        room.take(room.limit)
    with pytest.raises(Refused) as refused:
        room.take(1)
    assert (refused.value.status, refused.value.retry_after) == (503, limits.RETRY_SECONDS)
    room.give_back(room.limit + 1)
    room.take(room.limit)


def _eventually_taken(running: Running) -> bool:
    # The receiver hears of closed connections in its own time; each try is a round trip.
    body = envelope(EVENT, message="x" * 80_000)
    return any(running.ask(body=body).status == 200 for _try in range(200))
