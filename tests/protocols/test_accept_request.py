import base64

import pytest

from app.protocols import accept_request
from app.protocols.accept_request import acceptor, basic_user, bearer, in_body, in_header, in_path, in_query
from app.protocols.protocol import HttpRequest, Malformed

ID = "0123456789abcdef0123456789abcdef"


def http_request(
    body: bytes = b"{}",
    query: bytes = b"",
    headers: dict[bytes, bytes] | None = None,
    groups: tuple[str | None, ...] = (),
) -> HttpRequest:
    return HttpRequest("/", groups, query, [*(headers or {}).items()], body, "::1")


def test_the_first_place_with_a_name_names_the_project() -> None:
    accept = acceptor(in_header("X-Key"), in_query("key"), in_path)

    assert accept(http_request(query=b"KEY=shop", groups=(None, "path"))).project == "shop"
    assert accept(http_request(groups=(None, "path"))).project == "path"
    assert accept(http_request(headers={b"x-key": b" own "}, query=b"key=shop")).project == "own"
    assert accept(http_request()).project == ""


def test_the_events_own_id_is_answered_where_the_body_begins_with_it() -> None:
    accept = acceptor(in_path, id_field="uuid")

    assert accept(http_request(b'{"uuid": "%b"}' % ID.upper().encode())).event_id == ID
    assert len(accept(http_request(b"{}")).event_id) == 32


def test_only_an_empty_body_is_refused_unless_it_may_be_empty() -> None:
    with pytest.raises(Malformed, match="empty"):
        acceptor(in_path)(http_request(b" \r\n"))
    assert acceptor(in_path, may_be_empty=True)(http_request(b"")).project == ""


def test_credentials_name_a_project() -> None:
    basic = b"Basic " + base64.b64encode(b"shop:secret")

    assert bearer(http_request(headers={b"authorization": b"Bearer shop"})) == "shop"
    assert bearer(http_request(headers={b"authorization": basic})) == ""
    assert basic_user(http_request(headers={b"authorization": basic})) == "shop"
    assert basic_user(http_request(headers={b"authorization": b"Basic ?"})) == ""


def test_a_name_in_the_body_is_found_without_parsing_it() -> None:
    assert in_body("apiKey")(http_request(b'{"apiKey" : "shop", broken')) == "shop"
    assert in_body("apiKey")(http_request(b'{"other": "shop"}')) == ""


def test_a_name_has_no_control_characters_and_is_not_too_long() -> None:
    assert accept_request.printable_name(" a\x00b\n ") == "ab"
    assert len(accept_request.printable_name("x" * 500)) == 100
