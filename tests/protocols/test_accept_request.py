import base64
import gzip

import pytest

from app.protocols import accept_request
from app.protocols.accept_request import acceptor, in_body, in_header, in_path, in_query
from app.protocols.protocol import HttpRequest, Malformed
from app.protocols.wire import encoding

ID = "0123456789abcdef0123456789abcdef"


def request_of(
    body: bytes = b"{}", headers: dict[str, str] | None = None, query: bytes = b"", group: str | None = None
) -> HttpRequest:
    pairs = [(name.encode(), value.encode("latin-1")) for name, value in (headers or {}).items()]
    return HttpRequest("/", (group,), query, pairs, body, "127.0.0.1")


@pytest.mark.parametrize(
    ("request_", "project"),
    [
        (request_of(headers={"x-api-key": " header "}, query=b"key=query", group="path"), "header"),
        (request_of(query=b"a=1&KEY=query", group="path"), "query"),
        (request_of(b'{"apiKey" : "body", broken', group="path"), "body"),
        (request_of(gzip.compress(b'{"apiKey": "body"}'), {"content-encoding": "gzip"}), "body"),
        (request_of(headers={"x-api-key": "\t"}, group="path"), "path"),
        (request_of(), ""),
    ],
)
def test_the_first_place_that_has_a_name_names_the_project(request_: HttpRequest, project: str) -> None:
    accept = acceptor(in_header("X-Api-Key"), in_query("key"), in_body("apiKey"), in_path)

    assert accept(request_).project == project


@pytest.mark.parametrize(
    ("authorization", "key", "user"),
    [
        ("Bearer shop", "shop", ""),
        ("ApiKey shop", "shop", ""),
        ("bearer  shop ", "shop", ""),
        ("Basic " + base64.b64encode(b"shop:secret").decode(), "", "shop"),
        ("Basic not base64!", "", ""),
        ("Digest shop", "", ""),
        ("", "", ""),
    ],
)
def test_the_header_authorization(authorization: str, key: str, user: str) -> None:
    request = request_of(headers={"authorization": authorization})

    assert (accept_request.bearer(request), accept_request.basic_user(request)) == (key, user)


@pytest.mark.parametrize(
    ("body", "own"),
    [
        (b'{"uuid": "%b"}' % ID.encode(), True),
        (b'{"uuid":"01234567-89AB-CDEF-0123-456789ABCDEF"}', True),
        (b'{"uuid": "short"}', False),
        (b'{"id": "%b"}' % ID.encode(), False),
    ],
)
def test_the_answer_has_the_id_of_the_event_or_a_new_one(body: bytes, own: bool) -> None:
    accept = acceptor(in_path, id_field="uuid")

    first, again = accept(request_of(body)).event_id, accept(request_of(body)).event_id

    assert (first == ID, first == again) == (own, own)
    assert len(first) == 32


@pytest.mark.parametrize("body", [b"", b" \r\n"])
def test_only_an_empty_body_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed, match="empty"):
        acceptor(in_path)(request_of(body))

    assert acceptor(in_path, may_be_empty=True)(request_of(body)).project == ""
    assert acceptor(in_path)(request_of(b"\x00")).project == ""


def test_an_unknown_encoding_is_refused() -> None:
    with pytest.raises(encoding.UnknownEncoding):
        acceptor(in_path)(request_of(b"\x00\x01\x02", {"content-encoding": "unheard-of"}))


def test_a_long_body_is_not_read_to_its_end() -> None:
    start, is_all = accept_request.peek_body(request_of(b"{" + b" " * (1 << 20)))

    assert (len(start), is_all) == (1 << 16, False)
    assert accept_request.peek_body(request_of(b"{}")) == (b"{}", True)


def test_a_name_is_printable_and_not_too_long() -> None:
    assert accept_request.printable_name(" sh\x00o\np\x1b ") == "shop"
    assert len(accept_request.printable_name("x" * 1_000)) == 100
