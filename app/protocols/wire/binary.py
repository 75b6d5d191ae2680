"""Describes bytes that are not text by their first bytes, as the command `file` does."""

_KINDS = (
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "RIFF media"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"MDMP", "a minidump"),
    (b"\x7fELF", "an ELF program or core dump"),
    (b"MZ", "a Windows program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"bplist", "a binary property list"),
    (b"\xca\xfe\xba\xbe", "a Java class or Mach-O program"),
    (b"\x00asm", "a WebAssembly module"),
)


def describe(body: bytes) -> str:
    """The size and the kind of `body`, such as "120 bytes of image/png"."""
    kind = next((name for start, name in _KINDS if body.startswith(start)), "no known kind")
    return f"{len(body)} bytes of {kind}"
