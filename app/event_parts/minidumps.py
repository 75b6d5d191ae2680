"""What a minidump says at a glance: why the process crashed, where, its system, modules and threads."""

from typing import Any

from app.protocols import minidumps
from app.protocols.minidumps import SIGNATURE as SIGNATURE
from app.protocols.minidumps.dump import Dump, DumpThread


def summary(content: bytes) -> dict[str, Any]:
    """Names and values for people; empty where the file is no minidump. Raises nothing."""
    if not content.startswith(SIGNATURE):
        return {}
    dump = minidumps.reading.read(content)
    said = _crash(dump) | {
        "system": f"{dump.system} {dump.system_version}".strip(),
        "processor": f"{dump.processor}, {dump.cores} cores" if dump.processor else "",
        "process": dump.process,
        "command": dump.command,
        "annotations": dump.annotations,
        "threads": {_name(each): _where(each, dump) for each in dump.threads},
        "modules": {
            f"0x{each.base:x}": f"{each.file} ({each.size:,} bytes)"
            + (f", {each.version}" if each.version else "")
            for each in dump.modules
        },
        "not read": list(dump.problems),
    }
    return {name: value for name, value in said.items() if value}


def _crash(dump: Dump) -> dict[str, Any]:
    crash = dump.crash
    if crash is None:
        return {}
    thread = next((each for each in dump.threads if each.id == crash.thread), None)
    return {
        "crash reason": f"{crash.reason} (0x{crash.code:x})",
        "what happened": crash.about,
        "crash address": f"0x{crash.address:x}",
        "crashed thread": _name(thread) if thread is not None else str(crash.thread),
        "crashed in": _where(thread, dump) if thread is not None else "",
    }


def _name(thread: DumpThread) -> str:
    return f"{thread.id} {thread.name}".strip()


def _where(thread: DumpThread, dump: Dump) -> str:
    """The module that the thread was in, and how far from its beginning."""
    if not thread.calls:
        return "?"
    address = thread.calls[-1].address
    module = dump.module_at(address)
    return f"0x{address:x}" if module is None else f"{module.file} + 0x{address - module.base:x}"
