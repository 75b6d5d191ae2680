"""The run that a client's request belongs to."""

import pytest

from app.protocols import run_path
from tests.factories import make_report


@pytest.mark.parametrize(
    ("head", "key"),
    [
        (b"POST /run-3f9c0a12b7de/api/1/envelope/ HTTP/1.1", "3f9c0a12b7de"),
        (b"PUT /run-a/x HTTP/1.1", "a"),
        (b"GET /run-a/api/1/store/?sentry_data=1 HTTP/1.1", "a"),
        (b"POST /api/1/envelope/ HTTP/1.1\r\nx: /run-a/", None),
        (b"POST /api/run-a/1/envelope/ HTTP/1.1", None),
        (b"POST /run-a HTTP/1.1", None),
        (b"POST /run-a%20b/x HTTP/1.1", None),
        (b"POST /run-" + b"a" * 41 + b"/x HTTP/1.1", None),
        (b"", None),
    ],
)
def test_the_key_is_the_beginning_of_the_path(head: bytes, key: str | None) -> None:
    assert run_path.key(make_report(1, head=head)) == key


def test_what_is_made_is_read() -> None:
    head = f"POST /{run_path.of('0a9')}/api/1/envelope/ HTTP/1.1".encode()
    assert run_path.key(make_report(1, head=head)) == "0a9"
