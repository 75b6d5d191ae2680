"""The exceptions of an event and their frames: Bugsnag sends the raised one and the newest call first.

See docs/protocols.md, section 4.
"""

import re
from collections.abc import Sequence

from app.model import ExceptionInfo, Frame, Thread
from app.protocols.bugsnag import platforms, schema
from app.protocols.event import code_address, dotnet_names, event_builder, in_app, source_lines
from app.protocols.wire.notes import Notes

# "shop.errors.PaymentError" and "com.shop.Checkout.pay", but no words and no versions.
_QUALIFIED = re.compile(r"[A-Za-z_][\w$]*(?:\.[\w$<>]+)+")
# What Python's groups say.
_MEMBERS = re.compile(r"\((\d{1,6}) sub-exceptions?\)\Z")
# What stands for the name of a function that has none: its address, on Android.
_NAMELESS = re.compile(r"0x[0-9a-fA-F]{1,16}|<redacted>|\?{0,2}")
_ADDRESSES = (
    ("frame_address", "frameAddress"),
    ("symbol_address", "symbolAddress"),
    ("load_address", "loadAddress"),
    ("code_identifier", "codeIdentifier"),
    ("macho_file", "machoFile"),
    ("macho_load_address", "machoLoadAddress"),
    ("macho_vm_address", "machoVMAddress"),
    ("macho_uuid", "machoUUID"),
)
_NATIVE = frozenset(("native", "c"))
_WITH_MODULES = frozenset(("python", "java", "csharp"))


def exceptions(wire: schema.BugsnagEvent, platform: str | None, notes: Notes) -> tuple[ExceptionInfo, ...]:
    """The chain, cause first. bugsnag-python appends a group's members, whose parent is the group."""
    sent = wire.exceptions or []
    last = len(sent) - 1
    first_member = _first_member(sent)
    found = []
    for n, one in enumerate(sent):
        module, kind = _split(one.error_class, platform)
        if one.error_message and one.message and one.error_message != one.message:
            notes.keep(f"exceptions.{n}.errorMessage", one.error_message)
        if one.type and not platforms.is_known(one.type):
            notes.keep(f"exceptions.{n}.type", one.type)
        found.append(
            ExceptionInfo(
                type=kind,
                value=one.message or one.error_message,
                module=module,
                mechanism=_mechanism(wire) if n == 0 else _source(n - first_member),
                parent=last if n >= first_member else None,
                frames=_frames(one.stacktrace, wire, platform, f"exceptions.{n}", notes),
            )
        )
    return tuple(reversed(found))


def _first_member(sent: Sequence[schema.BugsnagExceptionValue]) -> int:
    """Where the members of a group begin, behind its causes; beyond the end where there are none."""
    if not sent or not (sent[0].error_class or "").endswith("ExceptionGroup"):
        return len(sent)
    said = _MEMBERS.search(sent[0].message or sent[0].error_message or "")
    return max(1, len(sent) - int(said[1])) if said is not None else 1


def _source(member: int) -> dict[str, object] | None:
    return {"source": f"exceptions[{member}]"} if member >= 0 else None


def is_handled(wire: schema.BugsnagEvent) -> bool | None:
    """What the client says; None when it does not."""
    if wire.unhandled is not None:
        return not wire.unhandled
    kind = wire.severity_reason and wire.severity_reason.type
    return None if not kind else not kind.startswith("unhandled")


def threads(wire: schema.BugsnagEvent, platform: str | None, notes: Notes) -> tuple[Thread, ...]:
    """The threads, of which one reported the error."""
    found = []
    for n, one in enumerate(wire.threads or []):
        for name in ("type", "state"):
            value = getattr(one, name)
            if value is not None:
                notes.keep(f"threads.{n}.{name}", value)
        is_current = one.error_reporting_thread or False
        found.append(
            Thread(
                id=None if one.id is None else str(one.id),
                name=one.name,
                crashed=is_current and is_handled(wire) is False,
                current=is_current,
                frames=_frames(one.stacktrace, wire, platform, f"threads.{n}", notes),
            )
        )
    return tuple(found)


def logged(wire: schema.BugsnagEvent) -> schema.BugsnagExceptionValue | None:
    """The exception that bugsnag-python's logging handler makes of a record that has none."""
    reason, sent = wire.severity_reason, wire.exceptions or []
    if reason is None or reason.type != "log" or len(sent) != 1:
        return None
    return sent[0] if sent[0].error_class == f"Log{(reason.attributes or {}).get('level')}" else None


def _mechanism(wire: schema.BugsnagEvent) -> dict[str, object]:
    reason = wire.severity_reason or schema.SeverityReason()
    return event_builder.mechanism(reason.type or "bugsnag", is_handled(wire), data=reason.attributes or None)


def _split(name: str | None, platform: str | None) -> tuple[str | None, str | None]:
    if name and platform in _WITH_MODULES and _QUALIFIED.fullmatch(name):
        module, _dot, name = name.rpartition(".")
        return module, name
    return None, name or None


def _frames(
    sent: Sequence[schema.BugsnagFrame] | None,
    wire: schema.BugsnagEvent,
    platform: str | None,
    path: str,
    notes: Notes,
) -> tuple[Frame, ...]:
    frames = []
    # Go's and Ruby's notifiers mark the app's own frames, and leave the word out on all others.
    are_marked = any(one.in_project for one in sent or ())
    for n, one in reversed([*enumerate(sent or ())]):
        module, function = _split(one.method, platform) if platform == "java" else (None, one.method or None)
        if platform == "csharp":
            module, function = dotnet_names.demangled(module, function)
        place = _absolute(one, wire)
        is_own = one.in_project
        if is_own is None:
            is_own = not are_marked and in_app.is_in_app_code(place or one.file, module, function, platform)
        for field, name in _ADDRESSES if _has_addresses(one) else ():
            if (value := getattr(one, field)) is not None:
                notes.keep(f"{path}.stacktrace.{n}.{name}", value)
        frames.append(
            Frame(
                filename=one.file or one.macho_file,
                abs_path=place,
                module=module,
                function=function,
                line=one.line_number if one.line_number and one.line_number > 0 else None,
                column=one.column_number,
                in_app=is_own,
                context=source_lines.numbered(one.code),
                address=None if _is_named(one.method) else _address(one, wire, platform),
            )
        )
    return tuple(frames)


def _has_addresses(one: schema.BugsnagFrame) -> bool:
    return (
        one.frame_address is not None
        or one.symbol_address is not None
        or one.load_address is not None
        or one.code_identifier is not None
        or one.macho_file is not None
        or one.macho_load_address is not None
        or one.macho_vm_address is not None
        or one.macho_uuid is not None
    )


def _is_named(method: str | None) -> bool:
    """Whether a function's name is one, and not its address or a placeholder."""
    return bool(method) and _NAMELESS.fullmatch(method or "") is None


def _address(one: schema.BugsnagFrame, wire: schema.BugsnagEvent, platform: str | None) -> str | None:
    """Where in its image a call without a name was; the line of Android's native code says that, too."""
    address = code_address.number(one.frame_address)
    start = code_address.number(one.load_address or one.macho_load_address)
    build = one.code_identifier or one.macho_uuid or _build(wire)
    if address is not None and start is not None and address >= start:
        return code_address.within(address - start, build)
    if platform in _NATIVE and one.line_number and one.line_number > 0:
        return code_address.within(one.line_number, build)
    return None


def _build(wire: schema.BugsnagEvent) -> str | None:
    version = (wire.app or {}).get("version")
    return version if isinstance(version, str) else wire.app_version


def _absolute(frame: schema.BugsnagFrame, wire: schema.BugsnagEvent) -> str | None:
    """The whole path: bugsnag-python cuts off the project's folder, and that of the libraries."""
    file = frame.path or frame.file
    if not file or file.startswith(("/", "<")) or file[1:2] == ":" or "://" in file:
        return file
    root = wire.project_root if frame.in_project else wire.lib_root
    return f"{root.rstrip('/')}/{file}" if root else None
