import pytest

from app.protocols.wire import binary


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(112), "120 bytes of image/png"),
        (b"MDMP" + bytes(6), "10 bytes of a minidump"),
        (b"\x01\x02", "2 bytes of no known kind"),
    ],
)
def test_bytes_are_described_by_how_they_begin(body: bytes, words: str) -> None:
    assert binary.describe(body) == words
