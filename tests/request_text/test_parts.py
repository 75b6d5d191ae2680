"""The parts of a request that are sent again."""

from app.model import Request
from app.request_text import parts


def test_the_address_has_its_query_once() -> None:
    assert parts.full_url(Request(url="http://a/b", query="?c=1")) == "http://a/b?c=1"
    assert parts.full_url(Request(url="http://a/b?c=1", query="c=1")) == "http://a/b?c=1"
    assert parts.encoded_url(Request(url="http://a/ü b\n")) == "http://a/ü%20b%0A"
    assert parts.is_web("https://a")
    assert not any(map(parts.is_web, ("file:///etc/passwd", "-o/x", "http:///x", "")))
    assert parts.has_dots("http://a/../b")


def test_a_method_is_one() -> None:
    assert parts.method(Request(method="post")) == "POST"
    assert parts.method(Request(method="-o x", body="a")) == "POST"
    assert parts.method(Request()) == "GET"


def test_headers_are_lines_with_the_cookies_among_them() -> None:
    headers = {"Host": "a", "X-A": "b\r\nX-Evil: 1", "bad name": "x", "Content-Length": "9"}
    assert parts.headers(Request(headers=headers, cookies={"s": "1", "t": "2"})) == [
        ("X-A", "b X-Evil: 1"),
        ("Cookie", "s=1; t=2"),
    ]
    assert parts.headers(Request(headers={"cookie": "a=1"}, cookies="b=2")) == [("cookie", "a=1")]


def test_a_body_is_put_together_by_its_type() -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert parts.body(Request(headers=form, body={"a": [1, 2]})) == "a=1&a=2"
    assert parts.body(Request(body={"a": 1})) == '{\n  "a": 1\n}'
    assert parts.body(Request(body="text")) == "text"
    assert not parts.has_body(Request(body={}))


def test_what_is_hidden_has_its_names() -> None:
    headers = {"Authorization": "Bearer [Filtered]", "Accept": "*/*"}
    request = Request(
        url="http://a/?t=[Filtered]", headers=headers, cookies="s=[Filtered]", body={"a": "[Filtered]"}
    )
    assert parts.filtered(request) == ["URL", "Authorization", "Cookie", "body"]
    assert parts.filtered(Request(url="http://a/")) == []
