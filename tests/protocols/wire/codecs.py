"""The compressions that clients use, and headers that do not say which of them it is."""

import base64
import gzip
import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]  # it has no types
import zstandard

TEXT = b'{"event_id": "' + b"0123456789abcdef" * 200 + b'"}'


def deflate(data: bytes) -> bytes:
    return zlib.compress(data)


def raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


def br(data: bytes) -> bytes:
    compressed: bytes = brotli.compress(data, quality=5)
    return compressed


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


Compress = Callable[[bytes], bytes]
CODECS: list[tuple[str, Compress]] = [
    ("gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("br", br),
    ("zstd", zstd),
]
LIES: list[tuple[str, Compress]] = [
    ("gzip,deflate", zlib.compress),
    ("", zlib.compress),
    ("", gzip.compress),
    ("br", gzip.compress),
    ("deflate", zstd),
    ("gzip", lambda data: data),
    ("gzip", raw_deflate),
    ("gzip, zstd", raw_deflate),
    ("gzip", br),
    ("br", lambda data: data),
    ("snappy", lambda data: data),
    (" GZIP ", gzip.compress),
    ("", lambda data: base64.b64encode(zlib.compress(data, 1))),
    ("", lambda data: base64.b64encode(zlib.compress(data, 6))),
    ("", lambda data: base64.b64encode(zlib.compress(data, 9))),
]
