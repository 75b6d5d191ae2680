"""The request of an event, for a test."""

import pytest

from app.model import Request
from app.sharing import http_case
from tests.factories import make_event
from tests.sharing.events import HOSTILE, with_text


def case_of(**fields: object) -> http_case.HttpCase:
    found = http_case.of_event(make_event(request=Request(**fields)))  # type: ignore[arg-type]
    assert found is not None
    return found


def test_an_address_of_this_machine_stays_and_others_become_it() -> None:
    assert case_of(url="http://localhost:5000/a?b=c").base == "http://localhost:5000"
    far = case_of(url="https://shop.example/a b?ü", method="post")
    assert (far.base, far.target, far.method) == (http_case.DEFAULT_BASE, "/a%20b?%C3%BC", "POST")


@pytest.mark.parametrize("url", ["//evil.example/x", "/\\evil.example", "http://127.0.0.1@evil.example/x"])
def test_no_path_names_another_host(url: str) -> None:
    case = case_of(url=url)
    assert case.base == http_case.DEFAULT_BASE
    assert not case.target.startswith(("//", "/\\"))


def test_a_form_is_a_form_and_headers_of_the_connection_are_left_out() -> None:
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Host": "x",
        "X-A": "1\r\nX-B: 2",
        "bad name": "1",
    }
    case = case_of(url="/x", body={"a": ["1", "2"]}, headers=headers)
    assert case.body == "a=1&a=2"
    assert case.headers == {"X-A": "1 X-B: 2"}


def test_without_a_request_there_is_no_case() -> None:
    assert http_case.of_event(make_event()) is None


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_makes_a_line_of_http_at_most(text: str) -> None:
    case = http_case.of_event(with_text(text))
    if case is not None:
        assert "\n" not in case.target + case.method + "".join(case.headers.values())
