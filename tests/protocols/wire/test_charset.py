import pytest

from app.protocols.wire import charset

TEXT = '{"message": "žluť"}'


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_wide_text_becomes_utf_8_without_its_mark(name: str) -> None:
    assert charset.as_utf8(TEXT.encode(name)) == TEXT.encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00",
        b"{",
        b'{"a": 1}',
        b"\x0a\x00\x10\x01",
        b"\x0a\x00",
        b"GIF8",
        b"\x00\x00\x00\x01",
        b"{\x00\x00x",
        b"\x89PNG",
    ],
)
def test_what_is_not_wide_stays(body: bytes) -> None:
    assert charset.wide(body) is None
    assert charset.as_utf8(body) is body


def test_protobuf_is_never_taken_for_text() -> None:
    assert charset.as_utf8(b"A\x00b\x00", "application/x-protobuf") == b"A\x00b\x00"


@pytest.mark.parametrize("name", ["iso-8859-1", "ISO-8859-2", "windows-1250", "latin1", "shift_jis", "gbk"])
def test_the_sender_says_what_no_utf_8_is(name: str) -> None:
    text = "日本" if name in ("shift_jis", "gbk") else "äö"

    assert charset.as_utf8(text.encode(name), f'text/plain; charset="{name}"') == text.encode()
    assert charset.as_utf8(text.encode(), f"text/plain; charset={name}") == text.encode()


@pytest.mark.parametrize(
    "name", ["punycode", "idna", "unicode_escape", "zip", "rot13", "cp9999", "utf-8", "nonsense"]
)
def test_only_tables_are_believed(name: str) -> None:
    assert charset.decode(b"a\xff", name) == "a\ufffd"
