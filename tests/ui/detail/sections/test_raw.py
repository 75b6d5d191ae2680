"""The report as it came, read when it is opened."""

from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail, make_event
from ui.detail.requests import Request, SaveFile
from ui.detail.sections.raw import RawSection

ENVELOPE = (
    b'{"event_id":"9f"}\n{"type":"event"}\n{"a":{"password":"hunter22"},"b":[1,2]}\n'
    b'{"type":"attachment","filename":"dump.bin","length":4}\n\x00\x01\x02\x03\n'
)


def test_raw_is_read_only_when_opened(page: ReadPage) -> None:
    page.open(replace(make_detail(), raw_body=ENVELOPE), RawSection)
    assert page.lines() == [f"Raw  {len(ENVELOPE)} B"]
    page.activate("Raw")
    assert page.lines()[1:5] == [
        "POST /api/1/envelope/ HTTP/1.1",
        "Envelope header  17 B",
        "event  39 B",
        "a  object · 1  {password: [Filtered]}",
    ]
    page.activate("attachment: dump.bin")
    assert any(line.startswith("00000000  00 01 02 03") for line in page.lines())


def test_raw_is_opened_by_a_jump(page: ReadPage) -> None:
    page.open(replace(make_detail(), raw_body=ENVELOPE), RawSection).jump_to(0)
    assert "event  39 B" in page.lines()


def test_secrets_are_shown_and_copied_when_they_are_asked_for(page: ReadPage) -> None:
    page.open(replace(make_detail(), raw_body=ENVELOPE), RawSection).activate("Raw")
    page.activate("Copy all")
    assert "hunter22" not in QGuiApplication.clipboard().text()
    page.activate("As text")
    assert '    "password": "[Filtered]"' in page.lines()
    page.activate("Secrets")
    assert '    "password": "hunter22"' in page.lines()
    page.activate("Copy all")
    assert "hunter22" in QGuiApplication.clipboard().text()
    page.activate("As text")
    assert 'a  object · 1  {password: "hunter22"}' in page.lines()


def test_a_head_is_shown_without_its_secrets(page: ReadPage) -> None:
    head = "POST / HTTP/1.1\r\nX-Api-Key: abcdef\r\nAccept: */*"
    page.open(replace(make_detail(), raw_head=head), RawSection).activate("Raw")
    assert {"X-Api-Key: [Filtered]", "Accept: */*"} <= set(page.lines())


def test_a_large_body_is_text_that_comes_in_parts(page: ReadPage) -> None:
    body = b"[" + b",".join(b'"%d and more of it"' % number for number in range(100_000)) + b"]"
    detail = make_detail(make_event(protocol="plain"), raw_body=body)
    page.open(detail, RawSection).activate("Raw")
    before = len(page.lines())
    assert page.lines()[2:4] == ["[", '  "0 and more of it",']
    assert before < 400
    page.activate("more lines")
    assert len(page.lines()) > before


def test_a_list_is_a_tree(page: ReadPage) -> None:
    detail = make_detail(make_event(protocol="plain"), raw_body=b'[{"a": 1}, "b"]')
    page.open(detail, RawSection).activate("Raw")
    assert page.lines()[-2:] == ["0  object · 1  {a: 1}", '1  "b"']


def test_the_body_is_saved_as_it_came(page: ReadPage) -> None:
    page.open(replace(make_detail(), raw_body=ENVELOPE), RawSection).activate("Raw")
    asked: list[Request] = []
    page.requested.connect(asked.append)
    page.activate("Save")
    (saving,) = asked
    assert isinstance(saving, SaveFile)
    assert (saving.name, saving.content()) == ("report-9f9f9f9f9f9f.txt", ENVELOPE)
