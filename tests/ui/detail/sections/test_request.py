"""The request: its parts, what folds, its secrets, and what is copied."""

from msgspec.structs import replace
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


def opened(page: ReadPage, body: object, **headers: str) -> list[str]:
    request = Request(method="POST", url="http://x/", body=body, headers=headers)
    return page.open(make_detail(make_event(request=request)), RequestSection).lines()


def test_a_body_of_json_text_is_read_and_any_other_shown_as_text(page: ReadPage) -> None:
    assert "a  1" in opened(page, '{"a": 1}')
    assert '{"a": 1' in opened(page, '{"a": 1')
    assert "a=1&b=2" in opened(page, "a=1&b=2")


def test_a_body_says_its_kind_and_what_is_wrong_with_it(page: ReadPage) -> None:
    lines = opened(page, "<a>1</a>", **{"Content-Type": "text/xml", "Content-Length": "30"})
    assert "Body  XML · 8 characters · The client sent 8 of 30 bytes of it." in lines
    assert "The client left the body out (30 bytes)." in opened(page, None, **{"Content-Length": "30"})
    lines = opened(page, {"query": "{ a }", "variables": {"x": 1}})
    assert lines[-2:] == ["{ a }", "variables  object · 1  {x: 1}"]


def test_a_long_body_comes_in_parts(page: ReadPage) -> None:
    opened(page, "\n".join(f"row {number}" for number in range(1_000)))
    assert "970 more lines" in page.lines()
    assert "row 30" not in page.lines()
    page.activate("970 more lines")
    assert "row 30" in page.lines()


def test_the_request_is_copied_for_three_programs(page: ReadPage) -> None:
    page.open(make_detail(), RequestSection)
    for name, begins in (
        ("Copy as cURL", "curl -X POST 'http://localhost:5000/checkout?coupon=TEA"),
        ("HTTPie", "http --ignore-stdin --raw="),
        ("fetch", 'await fetch("http://localhost:5000/checkout?coupon=TEA'),
    ):
        page.activate(name)
        assert QGuiApplication.clipboard().text().startswith(begins)


def test_what_is_copied_says_what_it_does_without(page: ReadPage) -> None:
    said: list[str] = []
    page.copied.connect(said.append)
    request = Request(url="http://x/", headers={"Authorization": "Bearer [Filtered]"})
    page.open(make_detail(make_event(request=request)), RequestSection).activate("Copy as cURL")
    assert said == ["cURL command without what is hidden (Authorization)"]


def test_secrets_are_shown_and_copied_when_they_are_asked_for(page: ReadPage) -> None:
    headers = '{"Authorization":"Bearer abcdefghijkl"}'
    sent = f'{{"request":{{"url":"http://x/","headers":{headers}}}}}'
    body = f'{{}}\n{{"type":"event"}}\n{sent}\n'.encode()
    request = Request(url="http://x/", headers={"Authorization": "Bearer [Filtered]"})
    detail = replace(make_detail(make_event(request=request)), raw_body=body)
    page.open(detail, RequestSection).activate("Secrets")
    assert "Authorization  Bearer abcdefghijkl" in page.lines()
    page.activate("Copy as cURL")
    assert "abcdefghijkl" in QGuiApplication.clipboard().text()
    page.activate("Secrets")
    assert "Authorization  Bearer [Filtered]" in page.lines()
    page.activate("Copy as cURL")
    assert "abcdefghijkl" not in QGuiApplication.clipboard().text()
    page.open(make_detail(), RequestSection)
    assert not any("Secrets" in zone.name for _, zone in page.zones()), "there is nothing to show"
