"""What is on this machine, by its name."""

import pytest

from app.loopback import is_loopback


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://localhost:5000/x", True),
        ("https://shop.localhost/", True),
        ("http://127.0.0.9/", True),
        ("http://[::1]:80/", True),
        ("http://localhost.evil.example/", False),
        ("http://127.0.0.1@evil.example/", False),
        ("http://10.0.0.1/", False),
        ("http://web:8000/", False),
        ("http://[bad/", False),
        ("", False),
    ],
)
def test_what_is_on_this_machine(url: str, expected: bool) -> None:
    assert is_loopback(url) is expected
