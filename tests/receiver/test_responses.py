import json

from app.receiver import responses
from app.receiver.refused import Refused


def test_every_answer_lets_a_web_page_read_it() -> None:
    head = responses.head(200, responses.JSON, 2)

    assert head.startswith(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n")
    assert b"access-control-allow-origin: *\r\n" in head
    assert head.endswith(b"\r\n\r\n")


def test_an_answer_without_content_has_no_type_and_no_length() -> None:
    assert b"content-" not in responses.head(204, responses.JSON, 0)


def test_a_refusal_says_why_and_when_to_come_again() -> None:
    headers, body = responses.refusal(Refused(503, "Zu spät.", retry_after=5, offset=7))

    assert dict(headers) == {b"x-sentry-error": b"Zu sp?t.", b"retry-after": b"5"}
    assert json.loads(body) == {"detail": "Zu spät.", "offset": 7}


def test_a_preflight_allows_what_was_asked_for() -> None:
    asked = {b"access-control-request-headers": b"x-own", b"access-control-request-private-network": b"true"}

    allowed = dict(responses.preflight(asked))

    assert allowed[b"access-control-allow-headers"] == b"x-own"
    assert allowed[b"access-control-allow-private-network"] == b"true"
    assert b"access-control-allow-private-network" not in dict(responses.preflight({}))
