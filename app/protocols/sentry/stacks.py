"""Reads exceptions, threads and their frames.

Every Sentry client sends frames oldest first and exceptions cause first, which is our order too
(docs/protocols.md, section 4).
"""

from typing import Any

from msgspec.structs import replace

from app.model import LEFT_OUT, ExceptionInfo, Frame, Thread
from app.protocols.event import code_address, dotnet_names, type_and_value
from app.protocols.event.in_app import is_in_app_code
from app.protocols.event.library_folders import is_of_the_system
from app.protocols.sentry import native, schema
from app.protocols.sentry.images import Images
from app.protocols.wire.notes import Notes

_PYTHON_CAUSES = ("__cause__", "__context__")


def exceptions(wire: schema.SentryEvent, notes: Notes) -> tuple[ExceptionInfo, ...]:
    """The chain, as it came; ``parent`` is the index of the exception that holds this one."""
    part = wire.exception
    values = part.values if isinstance(part, schema.SentryExceptions) else part
    if not values:
        return ()
    if isinstance(part, schema.SentryExceptions) and part.mechanism and values[-1].mechanism is None:
        values[-1].mechanism = part.mechanism
    images = Images(wire)
    indexes: dict[int, int] = {}
    for n, value in enumerate(values):
        exception_id = value.mechanism.get("exception_id") if value.mechanism else None
        if type(exception_id) is int:
            indexes[exception_id] = n
        if value.thread_id is not None:
            notes.keep(f"exception.{n}.thread_id", value.thread_id)
    found = tuple(
        ExceptionInfo(
            type=value.type or None,
            value=value.value,
            module=value.module,
            mechanism=value.mechanism,
            parent=_parent(value.mechanism, indexes, n) if indexes and value.mechanism else None,
            frames=_frames(value.stacktrace, images, wire.platform, f"exception.{n}", notes),
        )
        for n, value in enumerate(values)
    )
    return tuple(raised if raised.type else type_and_value.taken_apart(raised) for raised in found)


def _is_synthetic(mechanism: dict[str, Any] | None) -> bool:
    return mechanism is not None and mechanism.get("synthetic") is True


def _parent(mechanism: dict[str, Any], indexes: dict[int, int], own: int) -> int | None:
    parent_id = mechanism.get("parent_id")
    own_id = mechanism.get("exception_id")
    if mechanism.get("source") in _PYTHON_CAUSES and not parent_id and type(own_id) is int and own_id > 0:
        # sentry-python numbers a cause right after what it caused, and says 0 for any cause's parent.
        parent_id = own_id - 1
    index = indexes.get(parent_id) if type(parent_id) is int else None
    return index if index != own else None


def _frames(
    stacktrace: schema.SentryStacktrace | None,
    images: Images,
    platform: str | None,
    path: str,
    notes: Notes,
) -> tuple[Frame, ...]:
    if stacktrace is None or not stacktrace.frames:
        return ()
    frames, addresses = [], []
    for n, sent in enumerate(stacktrace.frames):
        wire, address = sent, None
        if sent.package is not None or sent.instruction_addr is not None or sent.place:
            address, image = images.locate(sent)
            offset = code_address.offset(address) if address is not None else None
            wire = native.named(sent, image.file if image is not None else None, offset)
            addresses.append({"frame": n, **native.addresses(sent)})
        line, in_app = wire.lineno, wire.in_app
        if in_app is None:
            file = wire.abs_path or wire.filename
            in_app = is_in_app_code(file, wire.module, wire.function, wire.platform or platform)
            in_app = in_app and not (wire.package and is_of_the_system(wire.package))
        module, function = wire.module, wire.function
        if (wire.platform or platform) == "csharp":
            module, function = dotnet_names.demangled(module, function)
        context: tuple[tuple[int, str], ...] = ()
        if wire.context_line is not None:
            before = wire.pre_context or []
            lines = [*before, wire.context_line, *(wire.post_context or ())]
            if line is not None:
                context = tuple(enumerate(lines, line - len(before)))
            else:
                notes.keep("source", lines)
        frames.append(
            Frame(
                filename=wire.filename,
                abs_path=wire.abs_path,
                module=module,
                function=function,
                line=line,
                column=wire.colno,
                in_app=in_app,
                context=context,
                vars=wire.vars or {},
                address=address,
            )
        )
    if addresses:
        notes.keep(f"{path}.addresses", addresses)
    if stacktrace.frames_omitted:
        _mark_gap(frames, stacktrace.frames_omitted, path, notes)
    return tuple(frames)


def _mark_gap(frames: list[Frame], omitted: list[int], path: str, notes: Notes) -> None:
    start, end = (*omitted, 0)[:2]
    if len(omitted) == 2 and 0 < start <= len(frames) and end > start:
        frame = frames[start - 1]
        frames[start - 1] = replace(frame, vars={**frame.vars, LEFT_OUT: f"{end - start:,} calls"})
    else:
        notes.keep(f"{path}.frames_omitted", omitted)


def threads(wire: schema.SentryEvent, notes: Notes) -> tuple[Thread, ...]:
    """The threads, and the bare stack of older clients as the current one."""
    part = wire.threads
    images = Images(wire)
    threads = [
        Thread(
            id=None if value.id is None else str(value.id),
            name=value.name,
            crashed=value.crashed or False,
            current=value.current or False,
            frames=_frames(value.stacktrace, images, wire.platform, f"threads.{n}", notes),
        )
        for n, value in enumerate((part.values if isinstance(part, schema.SentryThreads) else part) or ())
    ]
    if wire.stacktrace is not None and wire.stacktrace.frames:
        threads.append(
            Thread(current=True, frames=_frames(wire.stacktrace, images, wire.platform, "stacktrace", notes))
        )
    return tuple(threads)


def is_where_a_message_was_sent(raised: ExceptionInfo, message: str | None) -> bool:
    """Whether an exception without a type only says where: @sentry 11 makes one for each message.

    One that was not caught, or names its module, is an error whatever it lacks.
    """
    if raised.type is not None or not (message or raised.value):
        return False
    if _is_synthetic(raised.mechanism) or message:
        return True
    return raised.module is None and (raised.mechanism or {}).get("handled") is not False


def as_message(
    exceptions: tuple[ExceptionInfo, ...], threads: tuple[Thread, ...], message: str | None, notes: Notes
) -> tuple[tuple[ExceptionInfo, ...], tuple[Thread, ...], str | None]:
    """The place of a message as the current thread's, in place of the exception that says so."""
    synthetic = exceptions[-1]
    if synthetic.mechanism is not None:
        notes.keep("mechanism", synthetic.mechanism)
    if synthetic.module is not None:
        notes.keep("module", synthetic.module)
    if message and synthetic.value and synthetic.value != message:
        notes.keep("value", synthetic.value)
    if synthetic.frames:
        threads = (*threads, Thread(current=True, frames=synthetic.frames))
    return exceptions[:-1], threads, message or synthetic.value
