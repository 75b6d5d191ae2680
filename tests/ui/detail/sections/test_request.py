"""The request: its parts, what folds, and the copy as cURL."""

from PySide6.QtGui import QGuiApplication

from app.model import Request
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail, make_event
from ui.detail.sections.request import RequestSection


def test_request_shows_its_parts(page: ReadPage) -> None:
    lines = page.open(make_detail(), RequestSection).lines()
    assert lines[1] == "POST http://localhost:5000/checkout?coupon=TEA&coupon=CUP"
    assert 'coupon  ["TEA", "CUP"]' in lines
    assert "gift  true" in lines
    assert "Content-Type  application/json" in lines
    assert "theme  dark" not in lines
    page.activate("Cookies")
    assert "theme  dark" in page.lines()


def test_request_folds_stay_as_they_were_on_the_next_event(page: ReadPage) -> None:
    page.open(make_detail(), RequestSection).activate("Cookies")
    assert "theme  dark" in page.open(make_detail(), RequestSection).lines()


def test_a_body_of_json_text_is_read_and_any_other_shown_as_text(page: ReadPage) -> None:
    def opened(body: object) -> list[str]:
        event = make_event(request=Request(method="POST", url="http://x/", body=body))
        return page.open(make_detail(event), RequestSection).lines()

    assert "a  1" in opened('{"a": 1}')
    assert '{"a": 1' in opened('{"a": 1')
    assert "a=1&b=2" in opened("a=1&b=2")


def test_copies_the_request_as_curl(page: ReadPage) -> None:
    page.open(make_detail(), RequestSection).activate("Copy as cURL")
    assert (
        QGuiApplication.clipboard()
        .text()
        .startswith("curl -X POST 'http://localhost:5000/checkout?coupon=TEA")
    )
