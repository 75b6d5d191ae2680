"""Reads what Breakpad, Crashpad and Electron upload: a form with a minidump, or the minidump alone.

The event stands in the form as Sentry's server takes it: JSON in the field `sentry` (or `sentry___<name>`),
JSON in pieces (`sentry__1` …), single values (`sentry[release]`), or sentry-native's file in MessagePack. All
other fields go to extra; product and version are the release where the event names none.
Source: https://docs.sentry.io/platforms/native/guides/minidumps/
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from app import settings
from app.model import AttachmentInfo, Report
from app.protocols import minidumps
from app.protocols.delivery import Attachment, Delivery
from app.protocols.sentry import event as event_adapter
from app.protocols.sentry import minidump, repair, schema
from app.protocols.wire import (
    binary,
    fitting,
    http_head,
    lenient_json,
    multipart,
    nested_query,
    packed_file,
)
from app.protocols.wire.notes import Notes

Decode = Callable[[bytes, Notes], schema.SentryEvent]
DUMP_FIELD = "upload_file_minidump"
_PACKED = re.compile(r"\.(?:gz|bz2|xz|zst)\Z", re.IGNORECASE)
_PIECE = re.compile(r"sentry__(\d{1,4})")
_CRUMBS = re.compile(r"__sentry-breadcrumb\d{1,2}")
_TRAILING = re.compile(r"trailing characters \(byte (\d+)\)")
_MOST_CRUMBS = 1_000
# How the clients of Breakpad, of Crashpad and of Electron call the program and its version.
_PRODUCTS, _VERSIONS = (
    ("prod", "_productName", "product", "ProductName"),
    ("ver", "_version", "version", "Version"),
)
_WITHOUT_DUMP = "Native crash, sent without its minidump"
_PROCESSES = ("process_type", "ptype")


class _File(Struct, frozen=True):
    name: str
    content_type: str
    content: bytes

    def info(self) -> AttachmentInfo:
        return AttachmentInfo(filename=self.name, content_type=self.content_type, size=len(self.content))


class _Form(Struct):
    """What a form holds: the parts of the event, the other fields, the minidump, and the other files."""

    event: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    files: list[_File] = field(default_factory=list)
    dump: _File | None = None


def brings_a_dump(body: bytes) -> bool:
    """Whether a body that came to another address is a minidump, or a form with one."""
    if body.startswith(minidumps.SIGNATURE):
        return True
    return multipart.is_multipart(body) and f'name="{DUMP_FIELD}"'.encode() in body


def read(report: Report, body: bytes, decode: Decode = repair.decode) -> Delivery:
    """The event of a crash, with the minidump and the other files beside it. Raises nothing."""
    notes = Notes()
    form = _form(body, http_head.header(report.head, "content-type"), notes)
    wire = decode(json.dumps(form.event).encode(), notes) if form.event else schema.SentryEvent()
    said: dict[str, str] = {}
    if form.dump is not None and form.dump.content.startswith(minidumps.SIGNATURE):
        said = minidump.add(wire, form.dump.content, notes).annotations
    else:
        _say_what_is_missing(wire, form.dump, notes)
    _place(wire, {**said, **form.fields}, form.fields)
    event = event_adapter.build(wire, report, report.event_id, notes)
    attached = tuple(
        Attachment(event.event_id, file.info(), file.content)
        for file in (form.dump, *form.files)
        if file is not None
    )
    event = replace(event, attachments=tuple(file.info for file in attached))
    return Delivery(events=(event,), attachments=attached)


def _say_what_is_missing(wire: schema.SentryEvent, dump: _File | None, notes: Notes) -> None:
    wire.platform, wire.level = wire.platform or "native", wire.level or "fatal"
    if not (wire.message or wire.logentry or wire.exception):
        wire.message = minidump.NATIVE_CRASH if dump is not None else _WITHOUT_DUMP
    if dump is None:
        notes.problem("The request brought no minidump.")
    else:
        about = binary.describe(dump.content)
        notes.problem(f"The file that should be a minidump is none: {about}; it is kept as an attachment.")


def _place(wire: schema.SentryEvent, said: dict[str, str], fields: dict[str, str]) -> None:
    """What the form and the dump's annotations say beside the event: release, kind of process, and extra."""
    product = next((said[name] for name in _PRODUCTS if said.get(name)), "")
    version = next((said[name] for name in _VERSIONS if said.get(name)), "")
    if wire.release is None and version:
        wire.release = f"{product}@{version}" if product else version
    process = next((said[name] for name in _PROCESSES if said.get(name)), "")
    if process and wire.tags is None:
        wire.tags = {"process_type": process}
    wire.extra = {**fields, **(wire.extra or {})} or None


def _form(body: bytes, content_type: str, notes: Notes) -> _Form:
    form, pieces, nested = _Form(), dict[int, str](), list[tuple[str, str]]()
    if not multipart.is_multipart(body):
        content, _problem = packed_file.unpack(body, settings.decoded_bytes())
        form.dump = _File("minidump.dmp", "application/x-dmp", content or body)
        return form
    for part in multipart.parts(body, content_type):
        if part.filename is not None or part.name == DUMP_FIELD:
            _take_file(part, form, notes)
            continue
        text = lenient_json.clean_text(part.content.decode("utf-8", "replace"))
        if part.name == "sentry" or part.name.startswith("sentry___"):
            _merge(form.event, _object(part.content, notes))
        elif piece := _PIECE.fullmatch(part.name):
            pieces[int(piece[1])] = text
        elif part.name.startswith("sentry["):
            nested.append((part.name, text))
        else:
            form.fields[lenient_json.clean_text(part.name)] = text
    if pieces:
        whole = "".join(pieces[number] for number in sorted(pieces))
        _merge(form.event, _object(whole.encode("utf-8", "replace"), notes))
    single = nested_query.of_pairs(nested).get("sentry")
    _merge(form.event, single if isinstance(single, dict) else {})
    return form


def _object(payload: bytes, notes: Notes) -> dict[str, Any]:
    value = fitting.lenient(payload, notes)
    if isinstance(value, dict):
        return value
    notes.odd("sentry", value, "an object")
    return {}


def _merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    """Add the members of `more`; those of an object that both have are put together."""
    for name, value in more.items():
        before = into.get(name)
        if isinstance(before, dict) and isinstance(value, dict):
            into[name] = {**before, **value}
        elif isinstance(before, list) and isinstance(value, list):
            into[name] = [*before, *value]
        else:
            into[name] = value


def _take_file(part: multipart.Part, form: _Form, notes: Notes) -> None:
    """A file: a part of the event in MessagePack, the minidump, or what was sent along."""
    if part.name == "__sentry-event" or _CRUMBS.fullmatch(part.name):
        values = [value for value in _unpacked(part.content) if isinstance(value, dict)]
        if values or not part.content:
            _merge(
                form.event, values[0] if part.name == "__sentry-event" and values else {"breadcrumbs": values}
            )
            return
    file = _decompressed(part, notes)
    is_dump = file.content.startswith(minidumps.SIGNATURE) or part.name == DUMP_FIELD
    if is_dump and (form.dump is None or part.name == DUMP_FIELD):
        form.files += [form.dump] if form.dump is not None else []
        form.dump = file
    else:
        form.files.append(file)


def _decompressed(part: multipart.Part, notes: Notes) -> _File:
    """The file as it was before its client packed it; a log that was packed is left as it is."""
    name = lenient_json.clean_text(part.filename or part.name) or "attachment"
    file = _File(name, part.content_type or "application/octet-stream", part.content)
    if part.name != DUMP_FIELD or part.content.startswith(minidumps.SIGNATURE):
        return file
    content, problem = packed_file.unpack(part.content, settings.decoded_bytes())
    if problem is not None:
        notes.problem(f"The minidump is packed, and cannot be unpacked to its end: {problem}")
    if not content:
        return file
    return _File(_PACKED.sub("", name), "application/x-dmp", content)


def _unpacked(content: bytes) -> Iterator[Any]:
    """The values of MessagePack that stand one after the other."""
    for _number in range(_MOST_CRUMBS):
        if not content:
            return
        end = len(content)
        try:
            value = msgspec.msgpack.decode(content)
        except msgspec.DecodeError as error:
            further = _TRAILING.search(str(error))
            if further is None:
                # It was cut, as the process was while it wrote.
                return
            end = int(further[1])
            value = msgspec.msgpack.decode(content[:end])
        except (RecursionError, UnicodeDecodeError):
            # Nobody's breadcrumbs.
            return
        plain = msgspec.to_builtins(value, str_keys=True, enc_hook=str)
        if not lenient_json.too_deep(plain):
            yield lenient_json.clean(plain)
        content = content[end:]
