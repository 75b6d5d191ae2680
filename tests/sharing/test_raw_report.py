"""A whole report as a file: searched, trimmed, and the same event again."""

import gzip
import json

from app.model import Report
from app.protocols import report_file
from app.scrub import rules
from app.sharing import raw_report
from app.sharing.what_goes import ALL, Parts
from tests.factories import make_report

EVENT_ID = "0123456789abcdef0123456789abcdef"
RULES = rules.made(())
EVENT = {
    "event_id": EVENT_ID,
    "user": {"email": "ada@example.com"},
    "request": {"url": "/x", "data": {"a": 1}, "headers": {"Cookie": "a=b", "Accept": "*"}},
    "breadcrumbs": [{"message": "m"}],
    "exception": {"values": [{"type": "E", "stacktrace": {"frames": [{"vars": {"password": "hunter2"}}]}}]},
}


def report_with(event: object) -> Report:
    payload = json.dumps(event).encode()
    body = b'{"event_id":"%s"}\n{"type":"event"}\n%s' % (EVENT_ID.encode(), payload)
    head = b"POST /api/1/envelope/ HTTP/1.1\r\ncontent-encoding: gzip\r\nAuthorization: Bearer abc"
    return make_report(3, event_id=EVENT_ID, head=head, body=gzip.compress(body))


def test_secrets_are_hidden_and_counted() -> None:
    made = raw_report.made(report_with(EVENT), RULES, ALL, limit=1 << 20)
    assert made.is_searched
    assert b"hunter2" not in made.data
    assert b"Bearer abc" not in made.data
    assert made.hidden == {"locals": 1, "request headers": 1, "head": 1}
    file = report_file.read(made.data)
    assert (file.project, file.event_id, file.protocol) == ("shop", EVENT_ID, "sentry.envelope")
    assert b"content-encoding" not in file.head


def test_parts_that_were_left_out_are_gone() -> None:
    parts = Parts(locals=False, request_body=False, user=False, breadcrumbs=False)
    made = raw_report.made(report_with(EVENT), RULES, parts, limit=1 << 20)
    for gone in (b"vars", b"ada@", b'"data"', b"breadcrumbs"):
        assert gone not in made.data
    assert b'"Accept":"*"' in made.data


def test_what_nobody_can_search_says_so_and_is_as_it_came() -> None:
    report = make_report(3, protocol="otlp.logs", body=b"\x0a\x00\xff")
    made = raw_report.made(report, RULES, ALL, limit=1 << 20)
    assert not made.is_searched
    assert "binary" in made.notes[0]
    assert report_file.read(made.data).body == report.body


def test_of_a_text_parts_cannot_be_left_out() -> None:
    made = raw_report.made(make_report(3, protocol="plain", body=b"boom"), RULES, Parts(user=False), limit=99)
    assert "one by one" in made.notes[0]


def test_an_import_is_exported_as_what_it_was() -> None:
    first = raw_report.made(report_with(EVENT), RULES, ALL, limit=1 << 20)
    again = raw_report.made(make_report(4, protocol="import", body=first.data), RULES, ALL, limit=1 << 20)
    assert report_file.read(again.data).protocol == "sentry.envelope"
    damaged = raw_report.made(make_report(4, protocol="import", body=b"x"), RULES, ALL, limit=1 << 20)
    assert report_file.read(damaged.data).protocol == "plain"
