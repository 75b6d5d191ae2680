"""Unpacks a file that a client packed before it sent it, by its first bytes: gzip, zstd, bzip2 or xz."""

import bz2
import lzma

from app.protocols.wire import encoding

_HTTP = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")
_BZIP2, _XZ = b"BZh", b"\xfd7zXZ\0"
# What xz needs at its highest level, and somewhat more.
_XZ_MEMORY = 128 << 20


def unpack(content: bytes, limit: int) -> tuple[bytes, str | None]:
    """The first `limit` bytes of what is in `content`, and what kept the rest from being read.

    Nothing where it is not packed. Raises nothing.
    """
    try:
        if content.startswith(_HTTP):
            return encoding.decode(content, "", limit=limit), None
        if content.startswith(_BZIP2):
            packed = bz2.BZ2Decompressor()
            return _whole(packed.decompress(content, limit), is_whole=packed.eof)
        if content.startswith(_XZ):
            other = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
            return _whole(other.decompress(content, limit), is_whole=other.eof)
    except encoding.BrokenEncoding as broken:
        return broken.decoded, str(broken)
    except encoding.TooLarge as large:
        return encoding.beginning(content, "", size=limit), str(large)
    except (encoding.EncodingError, OSError, EOFError, lzma.LZMAError) as error:
        return b"", str(error)
    return b"", None


def _whole(content: bytes, *, is_whole: bool) -> tuple[bytes, str | None]:
    return content, None if is_whole else "it is cut, or larger than what is read of a report"
