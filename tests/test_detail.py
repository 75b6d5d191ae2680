"""One event, read again in full from its report."""

import gzip
from pathlib import Path

from app import detail
from app.digest import grouping, understanding
from app.digest.pipeline import Digest
from app.settings import Settings
from app.store.inbox.lists import events
from app.store.queue import report_queue
from tests.factories import Store, append, envelope, make_event, make_report


def test_event_is_read_with_its_issue_its_place_and_its_report(store: Store, tmp_path: Path) -> None:
    body = envelope(
        "e" * 32,
        request={"url": "http://shop.example/", "headers": {"User-Agent": "Mozilla/5.0 Firefox/140.0"}},
        tags={"region": "eu"},
    )
    head = b"POST /api/1/envelope/ HTTP/1.1\r\ncontent-encoding: gzip"
    append(
        store.database, make_report(1), make_report(2, head=head, body=gzip.compress(body)), make_report(3)
    )
    Digest(store.database, Settings(data_dir=tmp_path)).run()
    pk = store.read(events.find, "e" * 32)
    assert pk is not None
    found = store.read(detail.read_event, pk)
    assert found is not None
    assert (found.pk, found.event.event_id, found.event.issue_id) == (pk, "e" * 32, found.issue.id)
    assert found.issue.count == 3
    assert (found.place.position, found.place.total) == (2, 3)
    assert (found.place.previous, found.place.next) == (found.place.first, found.place.last)
    assert found.event.tags["region"] == "eu"
    assert found.event.user_agent is not None
    assert found.event.user_agent.browser == "Firefox"
    assert found.event.grouping is not None
    assert found.event.grouping.why
    assert (found.raw_head, found.raw_body) == (head.decode(), body)


def test_a_person_sees_frames_and_text_that_the_digest_does_not_read(store: Store, tmp_path: Path) -> None:
    frames = [{"function": f"f{number}", "lineno": number} for number in range(3_000)]
    thrown = {"type": "E", "value": "x" * 300_000, "stacktrace": {"frames": frames}}
    append(store.database, make_report(1, body=envelope("e" * 32, exception={"values": [thrown]})))
    Digest(store.database, Settings(data_dir=tmp_path)).run()
    found = store.read(detail.read_event, 1)
    assert found is not None
    (raised,) = found.event.exceptions
    assert [frame.function for frame in raised.frames] == [f"f{number}" for number in range(3_000)]
    assert raised.value == "x" * 300_000
    assert not found.event.problems
    # It was filed by less, and what is said about that is unchanged.
    with store.database.reading() as connection:
        report = report_queue.get(connection, 1)
    assert report is not None
    filed_by = understanding.outlined_event(report, 0)
    assert len(filed_by.exceptions[0].frames) == 250
    assert found.event.grouping == grouping.group(filed_by)[1]


def test_removed_event_is_none(store: Store) -> None:
    assert store.read(detail.read_event, 404) is None


def test_undecodable_report_is_shown_as_it_came(store: Store, tmp_path: Path) -> None:
    head = b"POST /api/1/envelope/ HTTP/1.1\r\ncontent-encoding: snappy"
    append(store.database, make_report(1, head=head, body=b"\xff\x06snappy"))
    Digest(store.database, Settings(data_dir=tmp_path)).run()
    found = store.read(detail.read_event, 1)
    assert found is not None
    assert found.raw_body == b"\xff\x06snappy"
    assert "snappy" in found.event.problems[0]


def test_places_of_the_first_and_the_last_event(store: Store) -> None:
    store.file(make_event())
    store.file(make_event())
    first = store.read(events.place, 1, 1)
    last = store.read(events.place, 1, 2)
    assert (first.previous, first.next, last.previous, last.next) == (None, 2, 1, None)
    assert store.read(events.newest, 1) == 2


def test_a_file_is_read_from_the_report_that_brought_it(store: Store, tmp_path: Path) -> None:
    own = envelope("e" * 32) + b'{"type":"attachment","filename":"own.log","length":3}\na\nb\n'
    late = (
        b'{"event_id":"' + b"e" * 32 + b'"}\n{"type":"attachment","filename":"x","length":1}\nx\n'
        b'{"type":"attachment","filename":"late.log","length":4}\nlate\n'
    )
    append(store.database, make_report(1, body=own), make_report(2, body=late))
    Digest(store.database, Settings(data_dir=tmp_path)).run()
    pk = store.read(events.find, "e" * 32)
    assert pk is not None
    found = store.read(detail.read_event, pk)
    assert found is not None
    names = [file.filename for file in found.event.attachments]
    assert names == ["own.log", "x", "late.log"]
    contents = [store.read(detail.read_attachment, pk, number) for number in range(4)]
    assert contents == [b"a\nb", b"x", b"late", None]
    assert store.read(detail.read_attachment, pk + 1, 0) is None
