"""What goes back to a client: status line, headers that let web pages send errors here, and refusals."""

import json

import pytest

from app.receiver import responses
from app.receiver.refused import Refused
from tests.receiver.conftest import ENVELOPE, Running


@pytest.mark.parametrize("path", ["/", ENVELOPE, "/anything"])
def test_a_preflight_allows_what_it_asks_for(running: Running, path: str) -> None:
    asked = {
        "Origin": "https://shop.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-sentry-auth, x-unheard-of",
        "Access-Control-Request-Private-Network": "true",
        "Access-Control-Request-Local-Network": "true",
    }
    answer = running.ask("OPTIONS", path, headers=asked)
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-methods"] == "GET, POST, OPTIONS"
    assert answer.headers["access-control-allow-headers"] == "x-sentry-auth, x-unheard-of"
    assert answer.headers["access-control-allow-private-network"] == "true"
    assert answer.headers["access-control-allow-local-network"] == "true"


def test_a_preflight_that_asks_for_nothing_allows_the_usual_headers(running: Running) -> None:
    answer = running.ask("OPTIONS", ENVELOPE)
    assert "x-sentry-auth" in answer.headers["access-control-allow-headers"]
    assert "access-control-allow-private-network" not in answer.headers


def test_an_answer_without_content_has_no_length_and_no_type() -> None:
    lines = responses.head(204, responses.JSON, 0).lower().split(b"\r\n")
    assert lines[0] == b"http/1.1 204 no content"
    assert not [line for line in lines if line.startswith(b"content-")]
    assert lines[-2:] == [b"", b""]


def test_an_answer_has_its_length_and_the_headers_that_are_asked_for() -> None:
    lines = responses.head(503, responses.JSON, 7, ((b"retry-after", b"5"),)).split(b"\r\n")
    assert lines[0] == b"HTTP/1.1 503 Service Unavailable"
    assert {b"content-length: 7", b"retry-after: 5", b"access-control-allow-origin: *"} <= set(lines)


def test_a_refusal_has_what_is_known_and_no_more() -> None:
    headers, body = responses.refusal(Refused(400, "No JSON.", offset=0))
    assert json.loads(body) == {"detail": "No JSON.", "offset": 0}
    assert dict(headers) == {b"x-sentry-error": b"No JSON."}
    headers, body = responses.refusal(Refused(503, "Too much.", retry_after=5))
    assert json.loads(body) == {"detail": "Too much."}
    assert dict(headers)[b"retry-after"] == b"5"


def test_no_reason_can_add_a_header() -> None:
    headers, body = responses.refusal(Refused(400, "é\r\nset-cookie: a=b" + "x" * 1_000))
    value = dict(headers)[b"x-sentry-error"]
    assert value.startswith(b"???set-cookie: a=b")
    assert len(value) == 500
    assert json.loads(body)["detail"].startswith("é\r\n")
