"""Events that a minidump lies beside: what it says stands in the event."""

import json
from typing import Any

from app.model import Event, Level
from app.protocols import table
from app.protocols.sentry import minidump, read, schema
from app.protocols.sketch import delivered
from app.protocols.wire.notes import Notes
from tests.protocols import captures
from tests.protocols.minidumps import dumps
from tests.protocols.minidumps.dumps import Made

ID = "0123456789abcdef0123456789abcdef"
# After the real dumps were written.
WRITTEN = 1_796_100_000_000_000
REPORT = captures.report_of("sentry.envelope", table.Accepted("shop", ID), received_at=WRITTEN)


def envelope(content: bytes, *events: dict[str, Any]) -> bytes:
    """An envelope with the dump before its events, as sentry-native writes it."""
    head = {"type": "attachment", "length": len(content), "filename": "a.dmp"}
    lines = [json.dumps({**head, "attachment_type": "event.minidump"}).encode(), content]
    for event in events:
        lines += [b'{"type":"event"}', json.dumps(event).encode()]
    return b"\n".join([json.dumps({"event_id": ID}).encode(), *lines])


def event_of(content: bytes, *events: dict[str, Any]) -> Event:
    body = envelope(content, *events)
    (event, *_others) = read.read_envelope(REPORT, body).events
    outlined = delivered(read.outline_envelope(REPORT, body)).events[0]
    assert (outlined.title, outlined.culprit, outlined.level) == (event.title, event.culprit, event.level)
    return event


def test_an_event_has_what_its_minidump_says() -> None:
    event = event_of(dumps.real("crashpad-segv"), {"release": "shop@2.1.0", "platform": "native"})
    (raised,) = event.exceptions
    assert event.title == "SIGSEGV: SEGV_MAPERR at 0x10"
    assert event.level is Level.FATAL
    assert event.release == "shop@2.1.0"
    assert raised.mechanism is not None
    assert raised.mechanism["handled"] is False
    assert [(frame.filename, frame.in_app) for frame in raised.frames] == [("shop", True)]
    assert [(thread.name, thread.crashed) for thread in event.threads] == [
        ("shop", True),
        ("mailer", False),
        ("printer", False),
    ]
    assert event.contexts["os"] == {"name": "Linux", "version": "6.18.44"}
    assert event.modules["shop"] == "232415aa-22da-a8fe-5202-5f661e89e484"
    image = event.extra["debug_meta"]["images"][0]
    assert (image["type"], image["code_file"]) == ("elf", "/opt/shop/shop")
    (address,) = event.extra["exception.0.addresses"]
    assert address["image_addr"] == image["image_addr"]
    assert [file.filename for file in event.attachments] == ["a.dmp"]
    assert event.problems == ()


def test_frames_of_the_systems_libraries_are_not_the_apps() -> None:
    frames = event_of(dumps.real("breakpad-segv")).exceptions[0].frames
    assert [(frame.filename, frame.in_app) for frame in frames] == [
        ("libc.so.6", False),
        ("till", True),
        ("till", True),
    ]


def test_what_the_client_said_itself_stays() -> None:
    own = {"type": "Panic", "value": "no card"}
    said = {
        "exception": {"values": [own]},
        "threads": {"values": [{"id": 1, "name": "main"}]},
        "contexts": {"os": {"name": "ShopOS"}},
        "level": "warning",
        "platform": "rust",
        "debug_meta": {"images": []},
        "modules": {"shop": "1"},
    }
    event = event_of(Made().content(), said)
    assert event.title == "Panic: no card"
    assert [thread.name for thread in event.threads] == ["main"]
    assert event.contexts["os"] == {"name": "ShopOS"}
    assert (event.platform, event.modules) == ("rust", {"shop": "1"})


def test_a_dump_without_an_event_is_an_event() -> None:
    event = event_of(Made().content())
    assert event.event_id == ID
    assert event.title == "EXCEPTION_ACCESS_VIOLATION: memory that is not its own"
    assert event.exceptions[0].frames[-1].filename == "libpay.so"


def test_the_dump_belongs_to_the_first_event_only() -> None:
    body = envelope(Made().content(), {"message": "one"}, {"message": "two"})
    first, second = read.read_envelope(REPORT, body).events
    assert first.exceptions
    assert not second.exceptions


def test_a_dump_that_says_nothing_leaves_an_event_with_the_reason() -> None:
    wire, notes = schema.SentryEvent(), Notes()
    minidump.add(wire, b"MDMP".ljust(80, b"\0"), notes)
    assert wire.message == minidump.NATIVE_CRASH
    assert len(notes.problems) == 1


def test_an_attachment_that_only_claims_to_be_a_dump_is_kept() -> None:
    event = event_of(b"something else", {})
    assert event.title == minidump.NATIVE_CRASH
    assert event.attachments[0].size == 14
