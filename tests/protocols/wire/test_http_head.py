from app.protocols.wire import http_head

HEAD = b"POST /x HTTP/1.1\r\nhost: localhost\r\nContent-Encoding:  gzip \r\nx-empty:\r\nhost: second"


def test_headers_are_found_in_any_case() -> None:
    assert http_head.header(HEAD, "content-encoding") == "gzip"
    assert http_head.header(HEAD, "HOST") == "localhost"
    assert http_head.header(HEAD, "x-empty") == ""
    assert http_head.header(HEAD, "missing") == ""
    assert http_head.header(b"", "host") == ""


def test_parameters_of_the_address() -> None:
    assert http_head.query(b"GET /log?a=1&b=%C3%A9+x&a=2 HTTP/1.1\r\nhost: x") == {"a": "1", "b": "\xe9 x"}
    assert http_head.query(b"POST /log HTTP/1.1\r\nreferer: /?a=1") == {}
    assert http_head.query(b"GET /?" + b"a=1&" * 2000 + b" HTTP/1.1") == {}
    assert http_head.query(b"") == {}
