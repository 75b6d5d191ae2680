"""Bytes to be read by people."""

from app.event_parts import hex_text


def test_lines_have_offset_digits_and_characters() -> None:
    assert hex_text.hex_lines(b"\x89PNG\r\n\x1a\n0123456789") == [
        "00000000  89 50 4e 47 0d 0a 1a 0a  30 31 32 33 34 35 36 37  .PNG....01234567",
        "00000010  38 39                                             89",
    ]
    assert len(hex_text.hex_lines(bytes(100_000))) == 64


def test_text_is_told_from_bytes() -> None:
    assert not hex_text.looks_binary("Grüße\n\x1b[31mred")
    assert hex_text.looks_binary("\ufffdPNG\x00\x01")
    assert hex_text.is_binary(b"a\x00b")
    assert not hex_text.is_binary("a\nb".encode("utf-16"))
    assert not hex_text.is_binary(b"")
