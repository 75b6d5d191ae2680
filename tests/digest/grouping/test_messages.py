"""Messages that say the same, and messages that do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.digest.grouping.messages import normalise
from tests.growth import CUBIC, growth

# As much of a message as is read, in characters.
LONGEST = 1_000


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("order 1042 failed", "order 7 failed"),
        ("took 1.5s", "took 12 ms"),
        ("user 8f14e45f-ceea-467f-a9b8-0123456789ab gone", "user 00000000-ceea-467f-a9b8-0123456789ab gone"),
        ("commit 8f14e45fceea467f", "commit 12345678"),
        ("at 0x7f3a2b", "at 0xdeadbeef"),
        ("no such plan 'basic'", "no such plan 'pro'"),
        ('no such plan "basic"', 'no such plan "pro"'),
        ("mail to ada@example.org", "mail to bob.b+x@mail.example.com"),
        ("GET http://a.test/x?y=1 failed", "GET https://b.test/ failed"),
        ("no answer from 10.0.0.7:5432", "no answer from 192.168.1.1"),
        ("no answer from fe80:0:0:1::5", "no answer from 2001:db8:1:2::1"),
        ("no answer from ::1", "no answer from fe80::1ff:fe23:4567:890a"),
        ("no answer from db1.internal:5432", "no answer from localhost:5433"),
        ("getaddrinfo ENOTFOUND db1.internal", "getaddrinfo ENOTFOUND db.example.org"),
        ("since 2026-11-23T12:05:16.5Z", "since 2025-01-01 10:00"),
        ("on Mon, 23 Nov 2026 12:05:16 GMT", "on Tue, 3 Feb 2025 01:02:03 GMT"),
        ("at 12:05", "at 9:30:01"),
        ("cannot open /home/ann/x.db", "cannot open /srv/app/y.db"),
        ("cannot open C:\\Users\\ann\\x.db", "cannot open D:\\data\\y.db"),
        ("no cus_NffrFeUfNV2Hib", "no cus_9s6XKzkNRiz8i3"),
        ("no ORD-2024-0001", "no ORD-2025-9917"),
        ("duplicate Key (name)=(ada)", "duplicate Key (name)=(bob)"),
        ("undefined method `total' for #<Cart id: 5>", "undefined method `total' for #<Cart id: 7, a: 1>"),
        ("ids 1, 2, 3", "ids 4"),
        ("login failed: user=ada", "login failed: user=bob"),
    ],
)
def test_messages_that_say_the_same(one: str, two: str) -> None:
    assert normalise(one) == normalise(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("disk full", "disk failing"),
        ("can't pay", "can't ship"),
        ("read/write error", "read/only error"),
        ("no attribute 'total'", "no attribute 'price'"),
        (
            "Cannot read properties of undefined (reading 'a')",
            "Cannot read properties of undefined (reading 'b')",
        ),
        ("undefined method `total' for nil", "undefined method `price' for nil"),
        ('relation "orders" does not exist', 'relation "carts" does not exist'),
        ('violates unique constraint "users_email_key"', 'violates unique constraint "users_name_key"'),
        ("'card'", "'plan'"),
        ("uninitialized constant Cart::Add", "uninitialized constant Cart::Bad"),
        ("java.lang.String", "java.lang.Integer"),
    ],
)
def test_messages_that_say_something_else(one: str, two: str) -> None:
    assert normalise(one) != normalise(two)


@given(st.text() | st.text(alphabet="'\"`<>=:/\\.@0123456789abf -", max_size=200))
def test_any_text_is_normalised(text: str) -> None:
    assert normalise(text) == normalise(text)


@pytest.mark.parametrize(
    "piece",
    [
        "'",
        '"',
        "`",
        "a=",
        "/a",
        "\\a",
        "C:\\a ",
        "a@",
        "a.",
        "1.",
        "1:",
        "f:",
        "::",
        "a-1",
        "A1",
        "#<",
        "Mon 1 ",
        "insert into a values (",
        "module '",
        "eyJ1.",
        "[:",
        "#A<",
        "aa-1",
        " ",
    ],
)
def test_the_cost_of_hostile_messages_does_not_explode(piece: str) -> None:
    def read(size: int) -> None:
        normalise.cache_clear()
        normalise(piece * (size // len(piece)))
        normalise(piece * (size // len(piece)) + "!")

    assert growth(read, LONGEST // 2 - 10) < CUBIC
