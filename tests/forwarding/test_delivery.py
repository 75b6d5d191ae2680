"""One report to a real server, and what its answers mean."""

import pytest

from app.forwarding.delivery import OUR_BUG, deliver
from app.forwarding.parcel import ForwardParcel
from tests.factories import NOON, SECOND, envelope
from tests.forwarding.target import Target

EVENT = "0123456789abcdef0123456789abcdef"
HEAD = b"POST /api/1/envelope/ HTTP/1.1\r\nx-sentry-auth: Sentry sentry_key=shop"
BODY = envelope(EVENT)


def parcel(target: Target, **changes: object) -> ForwardParcel:
    given = {
        "dsn": target.dsn,
        "endpoint": "envelope",
        "head": HEAD,
        "body": BODY,
        "limits": {},
        "own_ports": (),
        "now": NOON,
    }
    return ForwardParcel(**(given | changes))  # type: ignore[arg-type]


def test_it_arrives_byte_for_byte_and_the_connection_stays(target: Target) -> None:
    for _time in range(3):
        outcome = deliver(parcel(target))
        assert (outcome.error, outcome.limits) == (None, {})
    assert [(each.path, each.body) for each in target.taken] == [("/api/42/envelope/", BODY)] * 3
    assert "sentry_key=k3ytok3n" in target.taken[0].headers["x-sentry-auth"]
    assert target.connections == 1


@pytest.mark.parametrize(
    ("status", "is_final", "is_reports"),
    [
        (400, True, True), (413, True, True), (401, False, False), (403, False, False), (404, False, False),
        (302, False, False), (408, False, False), (500, False, True), (502, False, False),
    ],
)  # fmt: skip
def test_whose_fault_an_answer_is(target: Target, status: int, is_final: bool, is_reports: bool) -> None:
    target.status = status
    target.headers = {"x-sentry-error": "no k3ytok3n here", "location": "http://127.0.0.1:1/"}
    outcome = deliver(parcel(target))
    assert outcome.error is not None
    assert str(status) in outcome.error
    assert (outcome.is_final, outcome.is_reports, outcome.until) == (is_final, is_reports, None)
    assert len(target.taken) == 1, "no redirect is followed"


def test_a_429_says_until_when(target: Target) -> None:
    target.status, target.headers = 429, {"retry-after": "9"}
    outcome = deliver(parcel(target))
    assert outcome.until == NOON + 9 * SECOND
    assert outcome.limits == {"": NOON + 9 * SECOND}


def test_what_is_not_wanted_is_not_sent(target: Target) -> None:
    until = NOON + 60 * SECOND
    assert deliver(parcel(target, limits={"": until})).until == until
    assert deliver(parcel(target, limits={"error": until})).until == until
    spans = b'{}\n{"type":"transaction"}\n{}\n'
    unwanted = deliver(parcel(target, body=spans, limits={"transaction": until}))
    assert unwanted.is_unwanted
    assert target.taken == []
    assert deliver(parcel(target, limits={"transaction": until, "error": NOON - 1})).error is None
    assert len(target.taken) == 1


def test_a_bug_of_ours_is_an_outcome_too(target: Target) -> None:
    assert deliver(parcel(target, head=None)).error == OUR_BUG
    assert deliver(parcel(target)).error is None


def test_nobody_there_and_ourselves_are_said_without_the_key(target: Target) -> None:
    gone = deliver(parcel(target, dsn="http://k3ytok3n@127.0.0.1:9/1"))
    assert gone.error is not None
    assert "did not answer" in gone.error
    own = deliver(parcel(target, own_ports=(target.port,)))
    assert own.error is not None
    assert "round in a circle" in own.error
    assert target.taken == []
    for outcome in (gone, own):
        assert "k3ytok3n" not in f"{outcome}"
