"""The report as it came, read when it is opened."""

from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail
from ui.detail.sections.raw import RawSection


def test_raw_is_read_only_when_opened(page: ReadPage) -> None:
    page.open(make_detail(), RawSection)
    assert page.lines() == ["Raw  35 B"]
    page.activate("Raw")
    assert page.lines()[1:3] == ["POST /api/1/envelope/ HTTP/1.1", "{"]
    assert '  "type": "event"' in page.lines()
    page.activate("Copy all")
    assert QGuiApplication.clipboard().text().endswith('{"type":"event"}\n')


def test_a_big_raw_body_comes_in_parts(page: ReadPage) -> None:
    body = b"[" + b",".join(b'"%d"' % number for number in range(5_000)) + b"]"
    page.open(replace(make_detail(), raw_body=body), RawSection).activate("Raw")
    more = next(line for line in page.lines() if line.endswith("more lines"))
    before = len(page.lines())
    page.activate(more)
    assert len(page.lines()) > before
