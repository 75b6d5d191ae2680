"""Secrets are found by their names, in mappings and in the heads of requests."""

import pytest

from app import secret_names


@pytest.mark.parametrize("name", ["password", "DB_PASSWORD", "apiKey", "x-csrf-token", "Cookie"])
def test_secret_names(name: str) -> None:
    assert secret_names.is_secret(name)


@pytest.mark.parametrize("name", ["passenger", "key", "user", "token_count", "pinned"])
def test_other_names(name: str) -> None:
    assert not secret_names.is_secret(name)


def test_a_head_keeps_its_names() -> None:
    head = "POST /pay?password=hunter2 HTTP/1.1\r\nCookie: a=1; b=2\r\nAuthorization: Bearer abc\r\nHost: x"
    assert secret_names.head(head).split("\n") == [
        "POST /pay?password=[Filtered] HTTP/1.1",
        "Cookie: a=[Filtered]; b=[Filtered]",
        "Authorization: Bearer [Filtered]",
        "Host: x",
    ]
