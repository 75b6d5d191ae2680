"""Adds to a Sentry event what the minidump beside it says: why the process crashed, its threads and modules.

The result is what Sentry's own server makes of a minidump, as far as that needs no symbols: frames have the
address and the module, and `debug_meta` names the builds. What the client itself said stays.
"""

from typing import Any

from app.protocols import minidumps
from app.protocols.minidumps.code import is_own
from app.protocols.minidumps.dump import Call, Crash, Dump, DumpModule, DumpThread
from app.protocols.sentry import schema
from app.protocols.wire.notes import Notes

# The message of an event without anything but the memory dump of a crashed process.
NATIVE_CRASH = "Native crash, see its minidump"
_FORMATS = {"Windows": "pe", "macOS": "macho", "iOS": "macho"}


def add(wire: schema.SentryEvent, content: bytes, notes: Notes) -> Dump:
    """Fill what the event lacks; a problem of reading the dump is noted. Raises nothing."""
    dump = minidumps.reading.read(content)
    for problem in dump.problems:
        notes.problem(problem)
    if wire.platform in (None, "other"):
        wire.platform = "native"
    wire.level = wire.level or "fatal"
    if wire.timestamp is None and dump.written:
        wire.timestamp = float(dump.written)
    if not wire.threads and dump.threads:
        wire.threads = [_thread(each, dump) for each in dump.threads]
    if not _has_exception(wire) and dump.crash is not None:
        wire.exception = [_exception(dump.crash, dump)]
    if not _has_exception(wire) and not (wire.message or wire.logentry):
        wire.message = NATIVE_CRASH
    if dump.modules:
        wire.debug_meta = wire.debug_meta or {"images": [_image(each, dump.system) for each in dump.modules]}
        wire.modules = wire.modules or {_name_of(each.file): _build_of(each) for each in dump.modules}
    wire.contexts = {**_contexts(dump), **(wire.contexts or {})}
    return dump


def _has_exception(wire: schema.SentryEvent) -> bool:
    found = wire.exception
    return bool(found.values if isinstance(found, schema.SentryExceptions) else found)


def _exception(crash: Crash, dump: Dump) -> schema.SentryExceptionValue:
    thread = next((each for each in dump.threads if each.id == crash.thread), None)
    return schema.SentryExceptionValue(
        type=crash.reason,
        value=crash.about or None,
        mechanism={
            "type": "minidump",
            "handled": False,
            "data": {"code": f"0x{crash.code:x}", "address": f"0x{crash.address:x}", "thread": crash.thread},
        },
        stacktrace=_stack(thread, dump) if thread is not None else None,
    )


def _thread(thread: DumpThread, dump: Dump) -> schema.SentryThread:
    """A thread; the calls of the one that crashed stand with the exception."""
    has_crashed = dump.crash is not None and dump.crash.thread == thread.id
    return schema.SentryThread(
        id=thread.id,
        name=thread.name or None,
        crashed=has_crashed,
        stacktrace=None if has_crashed else _stack(thread, dump),
    )


def _stack(thread: DumpThread, dump: Dump) -> schema.SentryStacktrace | None:
    frames = [_frame(call, dump) for call in thread.calls]
    return schema.SentryStacktrace(frames=frames) if frames else None


def _frame(call: Call, dump: Dump) -> schema.SentryFrame:
    module = dump.module_at(call.address)
    return schema.SentryFrame(
        package=module.file if module is not None else None,
        instruction_addr=f"0x{call.address:x}",
        image_addr=f"0x{module.base:x}" if module is not None else None,
        in_app=module is not None and is_own(module.file),
        place={"trust": call.trust},
    )


def _image(module: DumpModule, system: str) -> dict[str, Any]:
    """A module as `debug_meta` has it: https://develop.sentry.dev/sdk/data-model/event-payloads/debugmeta/"""
    said = {
        "type": _FORMATS.get(system, "elf"),
        "code_file": module.file,
        "code_id": module.code_id,
        "debug_id": module.debug_id,
        "debug_file": module.debug_file,
        "image_addr": f"0x{module.base:x}",
        "image_size": module.size,
    }
    return {name: value for name, value in said.items() if value != ""}


def _name_of(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2] or file


def _build_of(module: DumpModule) -> str:
    return module.version or module.debug_id or module.code_id


def _contexts(dump: Dump) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {
        "os": {"name": dump.system, "version": dump.system_version},
        "device": {"arch": dump.processor, "processor_count": dump.cores},
        "process": {"pid": dump.process, "command_line": dump.command},
        "crashpad": dict(dump.annotations),
    }
    known = {name: {key: value for key, value in part.items() if value} for name, part in found.items()}
    return {name: part for name, part in known.items() if part}
