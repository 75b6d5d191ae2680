"""Reads a minidump by the package `minidump`, list by list, and never more than is in the file.

The package believes what a file says: it walks four billion entries where a count says so, and reads a name
as long as the file for each of its libraries. So each list is cut here to what the file holds and to a bound,
and the package is given that piece alone. What it does not know is read here: names of threads, what an app
says of itself, and ARM64.

Sources: https://learn.microsoft.com/windows/win32/api/minidumpapiset/ns-minidumpapiset-minidump_header, and
`minidump_extensions.h` of Crashpad and `minidump_format.h` of Breakpad for the streams of theirs.
"""

import struct
import uuid
from io import BytesIO
from typing import Any

from minidump.streams.ExceptionStream import MINIDUMP_EXCEPTION_STREAM
from minidump.streams.MemoryListStream import MINIDUMP_MEMORY_DESCRIPTOR
from minidump.streams.ModuleListStream import MINIDUMP_MODULE_LIST, VS_FIXEDFILEINFO
from minidump.streams.ThreadListStream import MINIDUMP_THREAD_LIST

from app.protocols.minidumps import annotations, reasons, stack
from app.protocols.minidumps.code import Code
from app.protocols.minidumps.dump import Crash, Dump, DumpModule, DumpThread
from app.protocols.minidumps.file_parts import FileParts

_MOST_STREAMS = 256
_MOST_THREADS, _MOST_MODULES = 500, 2_000
_MOST_MEMORY = 1 << 18
_HEADER = struct.Struct("<4sIIIIIQ")
_ENTRY = struct.Struct("<III")
_PROCESS = struct.Struct("<III")
_SYSTEM = struct.Struct("<HHHBBIIII")
_THREADS, _MODULES, _EXCEPTION, _SYSTEM_INFO, _MISC, _NAMES = 3, 4, 6, 7, 15, 24
_COMMAND, _RELEASE, _CRASHPAD = 0x47670006, 0x47670005, 0x43500001
_SYSTEMS = {
    reasons.WINDOWS: "Windows",
    reasons.MAC: "macOS",
    reasons.IOS: "iOS",
    reasons.LINUX: "Linux",
    reasons.ANDROID: "Android",
}
_THREAD, _MODULE, _EXCEPTION_RECORD = 48, 108, 168


def read(content: bytes) -> Dump:
    """What the dump says. Raises nothing: what cannot be read is a problem, and the rest stands beside it."""
    try:
        return _Reader(content).dump()
    except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError, struct.error) as error:
        # The package raises what it happens to meet.
        why = f"{type(error).__name__}: {str(error)[:200]}"
        return Dump(problems=(f"The minidump could not be read: {why}.",))


class _Reader:
    """Reads one file; `problems` gathers what is wrong with it."""

    def __init__(self, content: bytes) -> None:
        self._parts = FileParts(content)
        self._problems: list[str] = []
        self._streams = self._directory()

    def dump(self) -> Dump:
        header = self._parts.unpack(_HEADER, 0)
        platform, said = self._system()
        modules = self._modules()
        threads, crash = self._threads(modules, said.pop("machine", None), platform)
        process = self._first(_MISC, _PROCESS)
        if not (crash or threads or modules) and not self._problems:
            self._problems.append("The minidump is empty: it names no crash reason, no thread and no module.")
        return Dump(
            written=header[5] if header else 0,
            crash=crash,
            threads=threads,
            modules=modules,
            process=process[2] if process and process[1] & 1 else 0,
            command=self._text(_COMMAND).replace("\0", " ").strip(),
            annotations=annotations.of_crashpad(self._parts, self._streams.get(_CRASHPAD)),
            problems=tuple(self._problems),
            **said,
        )

    def _directory(self) -> dict[int, tuple[int, int]]:
        """Where each kind of stream begins, and how long it says it is.

        The package refuses a whole file for a kind that is newer than itself, and drops Breakpad's own.
        """
        header = self._parts.unpack(_HEADER, 0)
        if header is None or header[0] != b"MDMP":
            self._problems.append("The minidump is cut within its header.")
            return {}
        found: dict[int, tuple[int, int]] = {}
        for number in range(min(header[2], _MOST_STREAMS)):
            entry = self._parts.unpack(_ENTRY, header[3] + _ENTRY.size * number)
            if entry is None:
                self._problems.append(f"The minidump is cut: it lists {number:,} of {header[2]:,} streams.")
                break
            kind, size, at = entry
            found.setdefault(kind, (at, size))
        return found

    def _first(self, kind: int, form: struct.Struct) -> tuple[Any, ...] | None:
        """The values that a stream begins with."""
        return self._parts.unpack(form, self._streams[kind][0]) if kind in self._streams else None

    def _stream(self, kind: int) -> tuple[int, int]:
        return self._streams.get(kind, (0, 0))

    def _text(self, kind: int) -> str:
        at, size = self._stream(kind)
        return self._parts.take(at, min(size, 4_096)).decode("utf-8", "replace").rstrip("\0")

    def _system(self) -> tuple[int, dict[str, Any]]:
        """The platform's number, and what is known of the system; the package refuses new numbers."""
        found = self._first(_SYSTEM_INFO, _SYSTEM)
        if found is None:
            return 0, {}
        number, platform = found[0], found[8]
        version = ".".join(map(str, found[5:8])) if any(found[5:8]) else ""
        release = dict(line.partition("=")[::2] for line in self._text(_RELEASE).splitlines())
        if release.get("DISTRIB_ID"):
            version = f"{release['DISTRIB_ID']} {release.get('DISTRIB_RELEASE', '')}".strip(' "')
        machine = stack.MACHINES.get(number)
        return platform, {
            "machine": machine,
            "system": _SYSTEMS.get(platform, f"platform {platform}"),
            "system_version": version,
            "processor": machine.name if machine else f"machine {number}",
            "cores": found[3],
        }

    def _list(self, kind: int, size: int, most: int, what: str) -> bytes:
        """A list's count and entries, no more than there are; some writers align the first to eight bytes."""
        if kind not in self._streams:
            return bytes(4)
        at, length = self._streams[kind]
        head = self._parts.take(at, 4)
        count = int.from_bytes(head, "little")
        start = at + (8 if length == count * size + 8 else 4)
        entries = self._parts.take(start, min(count, most) * size)
        there = len(entries) // size
        if there < count:
            self._problems.append(
                f"The minidump says that it has {count:,} {what}; {there:,} of them were read."
            )
        return there.to_bytes(4, "little") + entries

    def _modules(self) -> tuple[DumpModule, ...]:
        content = self._list(_MODULES, _MODULE, _MOST_MODULES, "modules")
        return tuple(map(self._module, MINIDUMP_MODULE_LIST.parse(BytesIO(content)).Modules))

    def _module(self, said: Any) -> DumpModule:
        place = said.CvRecord
        debug_id, code_id, debug_file = _build_of(self._parts.take(place.Rva, min(place.DataSize, 1_024)))
        return DumpModule(
            file=self._parts.wide_text(said.ModuleNameRva) or "?",
            base=said.BaseOfImage,
            size=said.SizeOfImage,
            version=_version(said.VersionInfo),
            debug_id=debug_id,
            debug_file=debug_file,
            code_id=code_id or _code_id_of(said),
        )

    def _threads(
        self, modules: tuple[DumpModule, ...], machine: stack.Machine | None, platform: int
    ) -> tuple[tuple[DumpThread, ...], Crash | None]:
        content = self._list(_THREADS, _THREAD, _MOST_THREADS, "threads")
        crash, at_crash = self._crash(platform)
        names = annotations.thread_names(self._parts, self._streams.get(_NAMES))
        code = Code(modules)
        threads = []
        for said in MINIDUMP_THREAD_LIST.parse(BytesIO(content)).Threads:
            has_crashed = crash is not None and said.ThreadId == crash.thread
            # What it was doing as it crashed stands with the exception: since then it wrote the dump.
            place = at_crash if has_crashed and at_crash is not None else said.ThreadContext
            context = self._parts.take(place.Rva, min(place.DataSize, 4_096))
            calls = (
                stack.calls(
                    machine,
                    context,
                    self._memory(said.Stack),
                    code.has,
                    code.has_own if has_crashed else None,
                )
                if machine is not None
                else ()
            )
            threads.append(DumpThread(said.ThreadId, names.get(said.ThreadId, ""), calls))
        return tuple(threads), crash

    def _memory(self, said: MINIDUMP_MEMORY_DESCRIPTOR) -> stack.StackMemory:
        return stack.StackMemory(
            said.StartOfMemoryRange, self._parts.take(said.Rva, min(said.DataSize, _MOST_MEMORY))
        )

    def _crash(self, platform: int) -> tuple[Crash | None, Any]:
        """The exception, and where the registers of its moment are."""
        if _EXCEPTION not in self._streams:
            return None, None
        record = self._parts.take(self._streams[_EXCEPTION][0], _EXCEPTION_RECORD)
        if len(record) < _EXCEPTION_RECORD:
            self._problems.append("The minidump is cut within the reason of the crash.")
            return None, None
        said = MINIDUMP_EXCEPTION_STREAM.parse(BytesIO(record))
        why = said.ExceptionRecord
        reason, about = reasons.name(
            platform,
            why.ExceptionCode_raw,
            why.ExceptionFlags,
            why.ExceptionInformation,
            why.ExceptionAddress,
        )
        crash = Crash(said.ThreadId, why.ExceptionCode_raw, reason, about, why.ExceptionAddress)
        return crash, said.ThreadContext if said.ThreadContext.DataSize else None


def _code_id_of(said: Any) -> str:
    """The id of a program of Windows: when it was built, and its size."""
    return f"{said.TimeDateStamp:08x}{said.SizeOfImage:x}" if said.TimeDateStamp else ""


def _version(said: VS_FIXEDFILEINFO) -> str:
    high, low = said.dwFileVersionMS, said.dwFileVersionLS
    return f"{high >> 16}.{high & 0xFFFF}.{low >> 16}.{low & 0xFFFF}" if high or low else ""


def _build_of(record: bytes) -> tuple[str, str, str]:
    """The ids of a build (debug id, code id) and the file with its symbols, of a module's CodeView record."""
    if record[:4] == b"RSDS" and len(record) >= 24:
        age = int.from_bytes(record[20:24], "little")
        debug_id = f"{uuid.UUID(bytes_le=record[4:20])}" + (f"-{age:x}" if age else "")
        return debug_id, "", record[24:].partition(b"\0")[0].decode("utf-8", "replace")
    if record[:4] == b"LEpB" and len(record) > 4:
        # A build id of ELF; Breakpad writes the first bytes of it as if they were such an id of Windows.
        build = record[4:]
        return str(uuid.UUID(bytes_le=build[:16].ljust(16, b"\0"))), build.hex(), ""
    return "", "", ""
