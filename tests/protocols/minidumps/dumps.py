"""Minidumps for tests: real ones by name, and made ones, laid out as Crashpad does it."""

import gzip
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

SAMPLES = Path(__file__).parents[2] / "samples" / "minidumps"
THREADS, MODULES, EXCEPTION, SYSTEM, NAMES = 3, 4, 6, 7, 24
WINDOWS, LINUX, MAC = 2, 0x8201, 0x8101
X64, ARM64 = 9, 12


class Made(Struct, kw_only=True):
    """A dump of Windows with two threads and two modules, the second of which it crashed in."""

    platform: int = WINDOWS
    machine: int = X64
    code: int = 0xC0000005
    flags: int = 0
    address: int = 0x50010
    parameters: Sequence[int] = ()
    pc: int = 0x50010
    sp: int = 0x9000
    fp: int = 0
    stack: bytes = b""
    modules: Mapping[str, int] = field(
        default_factory=lambda: {"C:\\app\\shop.exe": 0x10000, "libpay.so": 0x50000}
    )
    names: Mapping[int, str] = field(default_factory=dict)
    padding: bytes = b""

    def content(self) -> bytes:
        """The bytes of the file."""
        streams = (SYSTEM, EXCEPTION, THREADS, MODULES, NAMES)
        self._body, self._at = b"", 32 + 12 * len(streams)
        stack, context = self._put(self.stack), self._put(self._context())
        made = {
            SYSTEM: struct.pack("<HHHBBIIIII", self.machine, 6, 0, 8, 1, 10, 0, 19045, self.platform, 0)
            + bytes(24),
            EXCEPTION: self._exception(context),
            THREADS: self._counted(
                [
                    struct.pack("<IIIIQQIIII", n, 0, 0, 0, 0, self.sp, len(self.stack), stack, 1232, context)
                    for n in (76, 77)
                ]
            ),
            MODULES: self._counted(
                [
                    struct.pack("<QIIII", base, 0x1000, 0, 0, self._put(text(name))) + bytes(84)
                    for name, base in self.modules.items()
                ]
            ),
            NAMES: struct.pack("<I", len(self.names))
            + b"".join(struct.pack("<IQ", n, self._put(text(name))) for n, name in self.names.items()),
        }
        directory = b""
        for kind in streams:
            directory += struct.pack("<III", kind, len(made[kind]), self._put(made[kind]))
        head = struct.pack("<4sIIIIIQ", b"MDMP", 0xA793, len(streams), 32, 0, 1_795_000_000, 0)
        return head + directory + self._body

    def _put(self, piece: bytes) -> int:
        place = self._at + len(self._body)
        self._body += piece
        return place

    def _counted(self, entries: list[bytes]) -> bytes:
        return struct.pack("<I", len(entries)) + self.padding + b"".join(entries)

    def _context(self) -> bytes:
        registers = bytearray(1232)
        places = {X64: (0xF8, 0x98, 0xA0), ARM64: (0x108, 0x100, 0xF0)}[self.machine]
        for at, value in zip(places, (self.pc, self.sp, self.fp), strict=True):
            struct.pack_into("<Q", registers, at, value)
        return bytes(registers)

    def _exception(self, context: int) -> bytes:
        said = struct.pack("<IIIIQQ", 77, 0, self.code, self.flags, 0, self.address)
        said += struct.pack("<II", len(self.parameters), 0)
        said += b"".join(struct.pack("<Q", each) for each in self.parameters)
        return said.ljust(160, b"\0") + struct.pack("<II", 1232, context)

    _body: bytes = b""
    _at: int = 0


def text(words: str) -> bytes:
    """A text as a minidump has it."""
    encoded = words.encode("utf-16-le")
    return struct.pack("<I", len(encoded)) + encoded


def real(name: str) -> bytes:
    """The dump `name` of the samples, as `crashpad-segv`."""
    return gzip.decompress((SAMPLES / f"{name}.dmp.gz").read_bytes())
