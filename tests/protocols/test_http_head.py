from app.protocols import http_head

HEAD = b"POST /x HTTP/1.1\r\nhost: localhost\r\nContent-Encoding:  gzip \r\nx-empty:\r\nhost: second"


def test_headers_are_found_in_any_case() -> None:
    assert http_head.header(HEAD, "content-encoding") == "gzip"
    assert http_head.header(HEAD, "HOST") == "localhost"
    assert http_head.header(HEAD, "x-empty") == ""
    assert http_head.header(HEAD, "missing") == ""
    assert http_head.header(b"", "host") == ""
