"""A report of any format loses its secrets and stays what it was."""

import gzip
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.digest import understanding
from app.preferences import ScrubPattern
from app.scrub import report_body, rules
from app.scrub.report_body import ScrubbedReport
from app.scrub.unsearchable import Unsearchable
from tests.factories import make_report

RULES = rules.made([ScrubPattern(pattern="K-[0-9]+")])
MIB = 1 << 20
HEAD = b"POST /api/1/envelope/ HTTP/1.1\r\nhost: localhost\r\ncookie: a=hunter2"
SECRETS = {"password": "hunter2", "note": "order K-1234"}


def scrubbed(body: bytes, *lines: bytes, limit: int = MIB) -> ScrubbedReport:
    return report_body.scrub(b"\r\n".join((HEAD, *lines)), body, RULES, limit=limit)


def without_secrets(clean: ScrubbedReport) -> bytes:
    assert b"hunter2" not in clean.head + clean.body
    assert b"K-1234" not in clean.head + clean.body
    return clean.body


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zlib.compress])
def test_a_packed_report_is_written_plain_and_its_head_says_so(pack: "type[bytes]") -> None:
    clean = scrubbed(pack(json.dumps(SECRETS).encode()), b"content-encoding: gzip", b"Content-Length: 9")
    assert json.loads(without_secrets(clean)) == {"password": "[Filtered]", "note": "order [Filtered]"}
    assert b"content-encoding" not in clean.head.lower()
    assert clean.head.lower().count(b"content-length") == 1
    assert clean.head.endswith(b"content-length: %d" % len(clean.body))


def test_an_envelope_keeps_its_items_with_their_lengths() -> None:
    event = json.dumps({"event_id": "0" * 32, "extra": SECRETS}).encode()
    parts = (b'{"event_id":"' + b"0" * 32 + b'"}', b'{"type":"event","length":%d}' % len(event), event)
    text = b'{"type":"attachment","filename":"log.txt","length":16}\npassword=hunter2'
    binary = b'{"type":"attachment","filename":"core.dmp","length":4}\n\x00\x01\xff\xfe'
    clean = scrubbed(b"\n".join((*parts, text, binary)))
    assert clean.left_out == ("core.dmp",)
    report = make_report(1, head=clean.head, body=without_secrets(clean))
    delivery = understanding.understand(report, MIB)
    assert delivery.events[0].extra["note"] == "order [Filtered]"
    assert [file.content for file in delivery.attachments] == [b"password=[Filtered]"]


def test_json_lines_forms_and_text() -> None:
    lines = b"\n".join([json.dumps(SECRETS).encode()] * 2)
    assert without_secrets(scrubbed(lines)).count(b"[Filtered]") == 4
    form = b"message=order+K-1234&password=hunter2&level=error"
    clean = scrubbed(form, b"content-type: application/x-www-form-urlencoded")
    assert without_secrets(clean) == b"message=order+%5BFiltered%5D&password=%5BFiltered%5D&level=error"
    assert (
        without_secrets(scrubbed(b"Boom K-1234 password=hunter2")) == b"Boom [Filtered] password=[Filtered]"
    )


def test_json_that_breaks_in_its_middle_is_searched_as_text() -> None:
    assert without_secrets(scrubbed(b'{"password": "hunter2", "note": "K-1234'))


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (b"\x0a\x05\x00\xff\xfe binary", ()),
        (gzip.compress(b"x" * 100, mtime=0)[:20], (b"content-encoding: gzip",)),
        (gzip.compress(b"x" * 2 * MIB, mtime=0), (b"content-encoding: gzip",)),
        (b"Subject: x\r\nContent-Transfer-Encoding: base64\r\n\r\naHVudGVyMg==", ()),
        (b"--abc\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--abc--", ()),
    ],
)
def test_where_nobody_can_look_it_is_not_taken_for_clean(body: bytes, lines: tuple[bytes, ...]) -> None:
    with pytest.raises(Unsearchable, match=r"\.$|:"):
        scrubbed(body, *lines)


@given(st.binary())
def test_any_body_is_scrubbed_or_unsearchable(body: bytes) -> None:
    try:
        clean = scrubbed(body)
    except Unsearchable:
        return
    assert clean.head.endswith(b"%d" % len(clean.body))


@given(
    st.recursive(st.text() | st.integers(), lambda each: st.lists(each) | st.dictionaries(st.text(), each))
)
def test_a_documents_other_values_stay(value: object) -> None:
    body = json.dumps({"kept": 1, "value": value, **SECRETS}).encode()
    assert json.loads(without_secrets(scrubbed(body)))["kept"] == 1
