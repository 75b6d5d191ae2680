"""Malformed HTTP requests, and attempts to read stored events over HTTP."""

import http.client
import random
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.factories import envelope
from tests.torture import records
from tests.torture.arena import Arena
from tests.torture.fault import Fault
from tests.torture.mutations import mutant
from tests.torture.outcome import Outcome
from tests.torture.raw_connection import HEAD_END, RawConnection, request

WORKERS = 4
PLANTED = "plantedword"
ENVELOPE = "/api/1/envelope/?sentry_key=shop"
METHODS = (
    "GET", "HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "SEARCH", "DELETE", "PATCH", "PUT", "get",
)  # fmt: skip
PATHS = (
    "/", "/api/0/", "/api/0/projects/", "/api/0/issues/", "/api/0/organizations/x/issues/{id}/", "/events",
    "/api/0/projects/x/shop/events/{id}/", "/api/1/store/", "/api/1/store/?sentry_key=shop", "/entries",
    "/api/1/envelope/", "/api/1/envelope/?id={id}", "/{id}", "/issues/1", "/events/{id}", "/status",
    "/../arecibo.db", "/%2e%2e/%2e%2e/arecibo.db", "/arecibo.db", "/arecibo.db-wal", "//etc/passwd", "/debug",
    "/loki/api/v1/query?query=%7B%7D", "/loki/api/v1/tail", "/v1/logs", "/v1/traces", "/intake/v2/events",
    "/api/v3/projects/1/notices", "/api/v3/projects/shop/notices?key=shop", "/api/1/item/", "/stream",
    "/js-sdk-loader/shop.min.js", "/static/..%2f..%2fengine.json", "/engine.json", "/favicon.ico", "/metrics",
    "*", "http://127.0.0.1/api/0/issues/", "/events?issue=1", "/graphql?query=%7Bissues%7D", "/_profiler",
)  # fmt: skip
HOSTS = (
    "127.0.0.1", "localhost", "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "[::1]", "",
    "169.254.169.254", "0.0.0.0", "LOCALHOST.", "localhost@evil.example", "evil.example:1974",
)  # fmt: skip
ORIGINS = ("", "Origin: http://evil.example", "Origin: null", "Referer: http://127.0.0.1/", "Range: bytes=0-")


def mutated(arena: Arena, times: int) -> Outcome:
    """Broken requests of all clients, over keep-alive connections, while good ones are sent."""
    arena.start()
    engine, digest = arena.engine, arena.digest()
    answers: Counter[int] = Counter()
    seeds = [arena.rng.random() for _worker in range(WORKERS)]
    with arena.senders(connections=2, pause=0.01) as senders, ThreadPoolExecutor(WORKERS) as pool:
        for counted in pool.map(lambda seed: _pester(arena.port, seed, times // WORKERS), seeds):
            answers += counted
        answered = senders.wait_for(20)
    arena.wait_until_digested()
    bad = {status: count for status, count in answers.items() if status >= 500 and status != 503}
    lived = engine.is_running() and arena.digest().pid == digest.pid
    taken = sum(count for status, count in answers.items() if 200 <= status < 300)
    refused = sum(count for status, count in answers.items() if 400 <= status < 500)
    return arena.outcome(
        times,
        senders,
        f"unexpected answers: {bad}" if bad else "",
        "" if answered else "good senders were not answered any more",
        "" if lived else "the engine or its digest has died",
        records.dead_letters(arena.folder),
        figure=f"{taken} accepted, {refused} refused, no 5xx" if not bad else f"{bad}",
        allowed=(200,),
    )


def _pester(port: int, seed: float, times: int) -> Counter[int]:
    rng = random.Random(seed)
    answers: Counter[int] = Counter()
    with RawConnection(port) as connection:
        for _time in range(times):
            sent = mutant(rng)
            answer = (
                connection.exchange(sent.raw) if sent.is_framed else connection.exchange_and_close(sent.raw)
            )
            answers[answer.status] += 1
    return answers


def read_back(arena: Arena, times: int) -> Outcome:
    """Requests that might read stored events, also from pages after DNS rebinding."""
    arena.start()
    event_id = uuid.uuid4().hex
    leaks: list[str] = []
    with arena.senders(connections=1, pause=0.05) as senders:
        senders.wait_for(5)
        said = envelope(event_id, message=f"{PLANTED} was here", tags={PLANTED: PLANTED})
        with RawConnection(arena.port) as connection:
            planted = connection.exchange(request(ENVELOPE, said))
            assert planted.status == http.client.OK, planted
            arena.wait_until_digested()
            for _time in range(times):
                asked = _attempt(arena.rng, event_id)
                if PLANTED.encode() in connection.exchange_and_close(asked).raw:
                    leaks.append(asked.decode("latin-1"))
    leaked = (
        f"{len(leaks)} of {times} answers contain stored text, such as that to {leaks[0]}" if leaks else ""
    )
    return arena.outcome(times, senders, leaked, figure=f"{len(leaks)} answers contain anything stored")


def _attempt(rng: random.Random, event_id: str) -> bytes:
    """A request that tries to read stored events."""
    path = rng.choice(PATHS).replace("{id}", event_id)
    lines = [f"{rng.choice(METHODS)} {path} HTTP/{rng.choice(('1.1', '1.1', '1.0'))}"]
    if host := rng.choice(HOSTS):
        lines.append(f"Host: {host}")
    if also := rng.choice(ORIGINS):
        lines.append(also)
    return "\r\n".join(lines).encode() + HEAD_END


FAULTS = (
    Fault("mutated requests", mutated, short=1_500, long=100_000),
    Fault("attempts to read", read_back, short=200, long=3_000),
)
