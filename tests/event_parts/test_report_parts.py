"""A report's body by its parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.event_parts import report_parts
from app.event_parts.pieces import text_of
from tests.protocols import captures

ENVELOPE = (
    b'{"event_id":"9f"}\n{"type":"event"}\n{"a":"password=hunter22"}\n'
    b'{"type":"attachment","filename":"../a\\u202e.log","length":3}\nabc\n{"type":"session"}\n{}\n'
)


def test_an_envelope_has_its_items() -> None:
    parts = report_parts.parts_of("sentry.envelope", ENVELOPE)
    assert [(part.title, part.content, part.is_event) for part in parts] == [
        ("Envelope header", b'{"event_id":"9f"}', False),
        ("event", b'{"a":"password=hunter22"}', True),
        ("attachment: ../a‹202E›.log", b"abc", False),
        ("session", b"{}", False),
    ]


def test_any_other_body_is_one_part() -> None:
    assert [part.title for part in report_parts.parts_of("plain", b"text")] == ["Body"]
    assert [part.title for part in report_parts.parts_of("sentry.envelope", b"")] == ["Body"]


def test_the_text_comes_in_pages_without_secrets() -> None:
    text = report_parts.PartText(b"password=hunter22\n" * 400, bare=False)
    first, second, third = text.more(), text.more(), text.more()
    assert (len(first), len(second), third) == (report_parts.LINES_AT_ONCE, 100, ())
    assert text_of(first[0]) == "password=[Filtered]"
    assert text_of(report_parts.PartText(b"password=hunter22", bare=True).more()[0]) == "password=hunter22"


def test_a_tree_is_of_json_alone_and_hides_secrets() -> None:
    assert report_parts.tree_of(b'{"token": "abc", "a": 1}', bare=False) == {"token": "[Filtered]", "a": 1}
    assert report_parts.tree_of(b'{"token": "abc"}', bare=True) == {"token": "abc"}
    assert report_parts.tree_of(b'{"token": ', bare=False) is None
    assert report_parts.tree_of(b"text", bare=False) is None
    assert report_parts.tree_of(b"[" * 100_000, bare=False) is None
    assert report_parts.tree_of(b"[" + b" " * report_parts.LARGEST_TREE + b"]", bare=False) is None


@pytest.mark.parametrize("name", captures.cases(captures.names()))
def test_every_client_s_report_has_parts(name: str) -> None:
    capture = captures.load(name)
    parts = report_parts.parts_of(capture.protocol.name, capture.body())
    assert parts
    for part in parts:
        assert report_parts.PartText(part.content, bare=False).more() or not part.content


@given(st.binary(max_size=200))
def test_any_bytes_have_parts(body: bytes) -> None:
    for part in report_parts.parts_of("sentry.envelope", body):
        report_parts.PartText(part.content, bare=False).more()
        report_parts.tree_of(part.content, bare=False)
