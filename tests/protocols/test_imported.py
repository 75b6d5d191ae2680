"""An imported report is read by the protocol that it names, is marked, and keeps its id."""

import gzip

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Event
from app.protocols import report_file, table
from app.protocols.imported import EVENT, NAME, TAG
from app.protocols.protocol import Malformed
from tests.factories import envelope, make_event, make_report
from tests.protocols import hostile
from tests.protocols.test_report_file import made

EVENT_ID = "0123456789abcdef0123456789abcdef"


def imported(body: bytes) -> list[Event]:
    report = make_report(
        7, protocol=NAME, event_id=EVENT_ID, head=b"POST /arecibo/import HTTP/1.1", body=body
    )
    return list(hostile.check(table.by_name(NAME).read(report, body)))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_report_is_read_by_its_own_protocol(pack: "type[bytes]") -> None:
    file = made(protocol="sentry.envelope", event_id=EVENT_ID, body=pack(envelope(EVENT_ID, message="boom")))
    (event,) = imported(report_file.write(file))
    assert (event.event_id, event.message) == (EVENT_ID, "boom")
    assert event.tags[TAG] == "true"


def test_an_event_comes_back_as_it_was() -> None:
    event = make_event(event_id=EVENT_ID, tags={"a": "b"}, extra={"n": [1, None]})
    file = made(protocol=EVENT, event_id=EVENT_ID, body=msgspec.json.encode(event))
    (back,) = imported(report_file.write(file))
    same = msgspec.structs.replace(back, received_at=event.received_at, tags={"a": "b"})
    assert same == event


@pytest.mark.parametrize(
    ("protocol", "body"),
    [
        (EVENT, b"{}"),
        (EVENT, b"\xff"),
        (EVENT, b"[" * 100_000),
        ("unheard.of", b"some text"),
        (NAME, b"some text"),
        ("plain", b"\x1f\x8b broken"),
        ("sentry.envelope", b""),
    ],
)
def test_what_is_damaged_is_an_event_that_says_so(protocol: str, body: bytes) -> None:
    events = imported(report_file.write(made(protocol=protocol, event_id=EVENT_ID, body=body)))
    assert all(event.event_id for event in events)


@pytest.mark.parametrize("when", ["0001-01-01T00:00:00", "9999-12-31T23:59:59+00:00", "2026-01-01T00:00:00"])
def test_any_time_is_a_time_in_the_end(when: str) -> None:
    event = msgspec.to_builtins(make_event(event_id=EVENT_ID))
    event["timestamp"] = when
    event["breadcrumbs"] = [{"timestamp": when}]
    file = made(protocol=EVENT, event_id=EVENT_ID, body=msgspec.json.encode(event))
    (back,) = imported(report_file.write(file))
    assert back.timestamp.tzinfo is not None
    crumb = back.breadcrumbs[0].timestamp
    assert crumb is not None
    assert (crumb - back.timestamp) is not None


def accept(body: bytes) -> table.Accepted:
    found = table.find("/arecibo/import")
    assert found is not None
    protocol, match = found
    assert protocol.name == NAME
    return protocol.accept(table.HttpRequest("/arecibo/import", match.groups(), b"", [], body, ""))


def test_it_is_accepted_for_its_project_and_under_its_id() -> None:
    accepted = accept(report_file.write(made(project="shop", event_id=EVENT_ID)))
    assert (accepted.project, accepted.event_id) == ("shop", EVENT_ID)


@pytest.mark.parametrize("body", [b"", b"{}", report_file.write(made(protocol=NAME))])
def test_what_is_no_report_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed):
        accept(body)


@given(st.binary())
def test_any_body_makes_events(body: bytes) -> None:
    imported(body)
    for protocol in (EVENT, "plain", "sentry.envelope"):
        imported(report_file.write(made(protocol=protocol, event_id=EVENT_ID, body=body)))
