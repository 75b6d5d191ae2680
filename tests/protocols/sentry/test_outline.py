import json
from typing import Any

import pytest
from msgspec.structs import replace

from app.model import Event, Frame
from app.protocols.sentry import envelope, event, outline, repair
from app.protocols.sketch import Sketch
from app.protocols.wire.notes import Notes
from tests.protocols import captures
from tests.protocols.sentry.requests import ID, STORE

SENT: dict[str, Any] = {
    "event_id": "a" * 32,
    "timestamp": "2026-11-23T12:00:00Z",
    "exception": {"values": [{"type": "KeyError", "value": "'card'"}]},
    "extra": {"attempt": 1},
}


def payload_of(name: str) -> bytes:
    items = envelope.read(captures.load(name).body()).items
    return next(item.payload for item in items if item.type == "event")


def sketch(sent: dict[str, Any]) -> Sketch | None:
    return outline.sketch(json.dumps(sent).encode(), STORE, ID)


def reduced(built: Event) -> Event:
    """The event without what the outline leaves out."""
    return replace(
        built,
        exceptions=tuple(
            replace(raised, frames=tuple(map(bare, raised.frames))) for raised in built.exceptions
        ),
        threads=tuple(replace(thread, frames=tuple(map(bare, thread.frames))) for thread in built.threads),
        request=built.request and replace(built.request, query=None, cookies=None, body=None, env={}),
        breadcrumbs=(),
        contexts={},
        modules={},
        sdk=None,
        extra={},
        trimmed=(),
    )


def bare(frame: Frame) -> Frame:
    return replace(frame, vars={}, context=tuple(line for line in frame.context if line[0] == frame.line))


@pytest.mark.parametrize("name", ["sentry-python/handled", "sentry-node/handled", "sentry-python/flask"])
def test_the_outline_of_an_event_has_all_but_what_it_is_not_filed_by(name: str) -> None:
    payload = payload_of(name)
    whole = event.build(repair.decode(payload, Notes()), STORE, ID, Notes())

    outlined = event.build(outline.decode(payload, Notes()), STORE, ID, Notes())

    assert outlined == reduced(whole)
    assert whole.contexts


def test_equal_events_have_equal_sketches_whatever_their_ids_and_times() -> None:
    first, again = sketch(SENT), sketch({**SENT, "event_id": "b" * 32, "timestamp": 1795435201, "extra": {}})
    other = sketch({**SENT, "release": "2"})

    assert first is not None
    assert again is not None
    assert other is not None
    assert first.encode() == again.encode() != other.encode()
    assert (first.event_id, again.event_id) == ("a" * 32, "b" * 32)
    assert [moment.isoformat() for moment in (first.timestamp, again.timestamp)] == [
        "2026-11-23T12:00:00+00:00",
        "2026-11-23T12:00:01+00:00",
    ]


def test_a_sketch_builds_its_event() -> None:
    found = sketch(SENT)

    assert found is not None
    (built,) = found.deliver().events
    assert (built.event_id, built.title, built.project) == ("a" * 32, "KeyError: 'card'", "shop")


@pytest.mark.parametrize(
    "changed",
    [
        {"exception": None},
        {"culprit": "shop.views in pay"},
        {"event_id": "nonsense"},
        {"timestamp": "yesterday"},
        {"tags": "x"},
    ],
    ids=["message", "old client", "bad id", "bad time", "wrong type"],
)
def test_an_event_that_must_be_read_whole_has_no_sketch(changed: dict[str, Any]) -> None:
    assert sketch({**SENT, **changed}) is None
