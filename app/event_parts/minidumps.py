"""What a minidump says at a glance: why the process crashed, where, its system, modules and threads.

Read by hand: the package for it walks as many streams and entries as the file claims to have. Everything here
is bounded, and a file that is cut or wrong gives what could be read of it.
Source: https://learn.microsoft.com/windows/win32/api/minidumpapiset/ns-minidumpapiset-minidump_header
"""

import struct
from collections.abc import Iterator
from typing import Any

SIGNATURE = b"MDMP"
_MOST_STREAMS = 128
_MOST_ENTRIES = 500
_LONGEST_NAME = 1_024
_THREADS, _MODULES, _EXCEPTION, _SYSTEM = 3, 4, 6, 7
_REASONS = {
    0x80000003: "EXCEPTION_BREAKPOINT",
    0xC0000005: "EXCEPTION_ACCESS_VIOLATION",
    0xC000001D: "EXCEPTION_ILLEGAL_INSTRUCTION",
    0xC0000025: "EXCEPTION_NONCONTINUABLE_EXCEPTION",
    0xC0000094: "EXCEPTION_INT_DIVIDE_BY_ZERO",
    0xC00000FD: "EXCEPTION_STACK_OVERFLOW",
    0xC0000374: "STATUS_HEAP_CORRUPTION",
    0xC0000409: "STATUS_STACK_BUFFER_OVERRUN",
    0xE06D7363: "C++ exception",
}
# What Breakpad and Crashpad write for a signal on Linux.
_SIGNALS = {4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 11: "SIGSEGV", 31: "SIGSYS"}
_MACHINES = {0: "x86", 5: "ARM", 9: "x86-64", 12: "ARM64", 0x8003: "ARM64"}
_SYSTEMS = {2: "Windows", 0x8101: "macOS", 0x8102: "iOS", 0x8201: "Linux", 0x8203: "Android"}
_LINUX = (0x8201, 0x8203)


def summary(content: bytes) -> dict[str, Any]:
    """Names and values for people; empty where the file is no minidump. Raises nothing."""
    if content[:4] != SIGNATURE:
        return {}
    streams = dict(_streams(content))
    system = _system(content, streams.get(_SYSTEM))
    modules = list(_modules(content, streams.get(_MODULES)))
    said: dict[str, Any] = {}
    if crash := _crash(content, streams.get(_EXCEPTION), system.pop("platform", 0)):
        said["crash reason"] = crash["reason"]
        said["crash address"] = f"0x{crash['address']:x}"
        if name := next((name for name, base, size in modules if base <= crash["address"] < base + size), ""):
            said["crash module"] = name
        said["crashed thread"] = crash["thread"]
    said |= system
    if threads := list(_threads(content, streams.get(_THREADS))):
        said["threads"] = threads
    if modules:
        said["modules"] = {f"0x{base:x}": f"{name} ({size:,} bytes)" for name, base, size in modules}
    return said or {"minidump": "nothing in it could be read"}


def _unpack(form: str, content: bytes, at: int) -> tuple[Any, ...] | None:
    return struct.unpack_from(form, content, at) if 0 <= at <= len(content) - struct.calcsize(form) else None


def _streams(content: bytes) -> Iterator[tuple[int, int]]:
    """Types of streams, and where each begins."""
    head = _unpack("<4sIII", content, 0)
    if head is None:
        return
    for number in range(min(head[2], _MOST_STREAMS)):
        entry = _unpack("<III", content, head[3] + 12 * number)
        if entry is not None:
            yield entry[0], entry[2]


def _crash(content: bytes, at: int | None, platform: int) -> dict[str, Any] | None:
    found = None if at is None else _unpack("<IIIIQQ", content, at)
    if found is None:
        return None
    code = found[2]
    reason = _SIGNALS.get(code) if platform in _LINUX else _REASONS.get(code)
    return {"thread": found[0], "reason": f"{reason or 'code'} (0x{code:x})", "address": found[5]}


def _system(content: bytes, at: int | None) -> dict[str, Any]:
    found = None if at is None else _unpack("<HHHBBIIIII", content, at)
    if found is None:
        return {}
    platform = found[8]
    name = _SYSTEMS.get(platform, f"platform {platform}")
    version = "" if platform in _LINUX else f" {found[5]}.{found[6]}.{found[7]}"
    machine = _MACHINES.get(found[0], f"machine {found[0]}")
    return {"platform": platform, "system": name + version, "processor": f"{machine}, {found[3]} cores"}


def _threads(content: bytes, at: int | None) -> Iterator[int]:
    for start in _entries(content, at, 48):
        if found := _unpack("<I", content, start):
            yield found[0]


def _modules(content: bytes, at: int | None) -> Iterator[tuple[str, int, int]]:
    """Name, base address and size of each module."""
    for start in _entries(content, at, 108):
        if found := _unpack("<QIIII", content, start):
            yield _text(content, found[4]), found[0], found[1]


def _entries(content: bytes, at: int | None, size: int) -> Iterator[int]:
    """Where the entries of a list begin, whose number stands before them."""
    number = None if at is None else _unpack("<I", content, at)
    if at is not None and number is not None:
        # Some writers align what follows to eight bytes.
        yield from (at + 4 + size * place for place in range(min(number[0], _MOST_ENTRIES)))


def _text(content: bytes, at: int) -> str:
    length = _unpack("<I", content, at)
    if length is None:
        return "?"
    return content[at + 4 : at + 4 + min(length[0], _LONGEST_NAME)].decode("utf-16-le", "replace")
