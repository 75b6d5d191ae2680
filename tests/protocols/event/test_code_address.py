import pytest

from app.protocols.event import code_address


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("0x7f12", 0x7F12),
        ("0X7F12", 0x7F12),
        ("4096", 4096),
        (4096, 4096),
        (-1, None),
        (True, None),
        (1 << 64, None),
        ("-1", None),
        ("", None),
        ("0x", None),
        ("pay", None),
        ("٣", None),
        ("1" * 5000, None),
        (None, None),
    ],
)
def test_addresses_as_clients_send_them(given: str | int | None, expected: int | None) -> None:
    assert code_address.number(given) == expected


def test_a_place_in_a_build() -> None:
    assert code_address.within(0x44230, "0a1b") == "0a1b+0x44230"
    assert code_address.within(1, None) == "+0x1"


def test_the_offset_of_a_place_is_what_was_written() -> None:
    assert code_address.offset(code_address.within(0x1234, "shop@1+2")) == "0x1234"
