from app.protocols.protocol import Malformed, header


def test_the_first_header_of_a_name_counts() -> None:
    headers = [(b"host", b"shop.test"), (b"x-key", b"first"), (b"x-key", b"second")]

    assert header(headers, b"x-key") == b"first"
    assert header(headers, b"x-other") == b""


def test_a_malformed_request_says_why_and_where() -> None:
    error = Malformed("the body is empty", 7)

    assert str(error) == "the body is empty (at byte 7)"
    assert (error.reason, error.offset) == ("the body is empty", 7)
