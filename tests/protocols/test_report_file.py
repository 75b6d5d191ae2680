"""The file of a report is read as it was written, and anything else is refused with a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols import report_file
from app.protocols.report_file import NotAReport, ReportFile
from tests.factories import NOON

HEAD = b"POST /api/1/envelope/?a=b HTTP/1.1\r\nhost: localhost\r\nuser-agent: x"


def made(**fields: object) -> ReportFile:
    given = {
        "project": "shop",
        "event_id": "0" * 32,
        "protocol": "plain",
        "received_at": NOON,
        "head": HEAD,
        "body": b"body\r\n\r\nbody",
    }
    return ReportFile(**{**given, **fields})  # type: ignore[arg-type]


@given(st.binary(max_size=200), st.text(max_size=40))
def test_what_is_written_is_read(body: bytes, project: str) -> None:
    written = report_file.write(made(body=body, project=project))
    assert report_file.is_one(written)
    read = report_file.read(written)
    assert (read.body, read.head, read.received_at) == (body, HEAD, NOON)
    assert "\n" not in read.project


def test_a_head_cannot_name_another_event() -> None:
    hostile = HEAD + b"\r\nArecibo-Event-Id: " + b"f" * 32
    assert report_file.read(report_file.write(made(head=hostile))).event_id == "0" * 32
    named = report_file.write(made(project="a\r\nArecibo-Event-Id: " + "f" * 32))
    assert report_file.read(named).event_id == "0" * 32


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no report"),
        (b"POST / HTTP/1.1\r\nhost: x\r\n\r\n", "no report"),
        (b"POST / HTTP/1.1\r\nArecibo-Report: 2\r\n\r\n", "version 2"),
        (b"POST / HTTP/1.1\r\nArecibo-Report: 1\r\n\r\n", "Arecibo-Event-Id"),
        (b"POST / HTTP/1.1\r\nArecibo-Report: 1\r\n" + b"a: b\r\n" * 20_000 + b"\r\n", "no report"),
    ],
)
def test_what_is_none_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(NotAReport, match=said):
        report_file.read(data)


@given(st.binary())
def test_anything_is_read_or_refused(data: bytes) -> None:
    for each in (data, b"POST / HTTP/1.1\r\nArecibo-Report: 1\r\n" + data):
        try:
            report_file.read(each)
        except NotAReport as error:
            assert str(error)
