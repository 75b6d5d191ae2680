import pytest

from app.digest.grouping.numbers import without_numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("order 1042 failed", "order <number> failed"),
        ("took 1.5s of -3,000 ms", "took <number> of <number>"),
        ("100% of 12 kB", "<number> of <number>"),
        ("at 0x7f3a2b", "at <number>"),
        ("commit 8f14e45fceea467f", "commit <number>"),
        ("user 8f14e45f-ceea-467f-a9b8-0123456789ab gone", "user <number> gone"),
        ("pod web-7d9f8b6c5d-x2k4q", "pod <number>"),
        ("no cus_NffrFeUfNV2Hib", "no cus_<number>"),
        ("no ORD-2024-0001", "no ORD-<number>"),
        ("since 2026-11-23T12:05:16.5Z", "since <date>"),
        ("on Mon, 23 Nov 2026 12:05:16 GMT", "on <date>"),
        ("at 12:05", "at <time>"),
        ("from 10.0.0.7:5432", "from <address>"),
        ("from [2001:db8::1]:443", "from <address>"),
        ("from fe80::1ff:fe23:4567:890a", "from <address>"),
    ],
)
def test_a_word_stands_in_the_place_of_what_is_made_of_digits(text: str, expected: str) -> None:
    assert without_numbers(text) == expected


@pytest.mark.parametrize(
    "text", ["", "disk full", "uninitialized constant Abc::Bad", "may be on Monday", "read/write: deadbeef"]
)
def test_text_without_digits_stays(text: str) -> None:
    assert without_numbers(text) == text


def test_an_id_of_digits_alone_is_as_one_with_letters() -> None:
    assert without_numbers("ord_83429150") == without_numbers("ord_8f3a2b1c")
