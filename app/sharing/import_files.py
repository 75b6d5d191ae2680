"""Recognises files to import: pages and reports that Arecibo has exported, and reports of any client.

A file is taken for what it contains, whatever its name. Nothing of it is run, and no more of it is read or
unpacked than may be stored.
"""

import hashlib
import os
import re
from pathlib import Path

from app.clock import now_micros
from app.protocols import imported, report_file
from app.protocols.event import event_ids
from app.protocols.plain import body_kind
from app.protocols.report_file import NotAReport, ReportFile
from app.settings import MIB
from app.sharing import html_page

MOST_BYTES = 64 * MIB
MOST_UNPACKED = 20 * MIB
MOST_FILES = 200
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)", re.IGNORECASE)
_EVENT_ID = re.compile(rb'"event_id"\s*:\s*"([0-9a-fA-F-]{32,36})"')
_DSN = re.compile(rb'\{[^\n]{0,4000}?"dsn"\s*:\s*"https?://([\w.-]{1,100})@')
_SENTRYS_OWN = re.compile(r"[0-9a-f]{32}")
_PEEK = 1 << 16
_NOT_IN_NAME = re.compile(r"[^\w.-]+")


class CannotImport(Exception):
    """A file cannot be imported; the text is a sentence for the user."""


def read(path: Path) -> bytes:
    """The body to post for the file at `path`. Raises `CannotImport`."""
    try:
        # Opening a pipe would wait, and a device might do something.
        if not path.is_file():
            raise CannotImport(f"{path.name} is no file. Choose one that Arecibo has exported.")
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > MOST_BYTES:
                raise CannotImport(
                    f"{path.name} has {size / MIB:,.0f} MiB; up to {MOST_BYTES // MIB} MiB can be imported."
                )
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CannotImport(f"{path.name} cannot be read: {error.strerror or error}.") from error
    try:
        return body_of(data, path.stem)
    except NotAReport as error:
        raise CannotImport(f"{path.name} cannot be imported: {error}") from error


def body_of(data: bytes, name: str) -> bytes:
    """The report file of what a file contains; `name` is the file's. Raises `NotAReport`."""
    if not data.strip():
        raise NotAReport("It is empty.")
    if len(data) > MOST_BYTES:
        raise NotAReport(f"It has more than {MOST_BYTES // MIB} MiB.")
    if _PAGE.match(data):
        data = html_page.carried(data, limit=MOST_UNPACKED)
        if not report_file.is_one(data):
            raise NotAReport("The event in this page is damaged.")
    if not report_file.is_one(data):
        return _of_client(data, name)
    file = report_file.read(data)
    if file.protocol == imported.NAME or report_file.is_one(file.body):
        raise NotAReport("It is an import within an import.")
    return data


def _of_client(data: bytes, name: str) -> bytes:
    """A Sentry envelope, an event as JSON, or what else the plain protocol reads."""
    begin = data[:_PEEK]
    is_text = body_kind.is_envelope(data) or body_kind.is_json(data) or _is_text(begin)
    if not is_text:
        raise NotAReport("It is neither a report that Arecibo has exported, nor text or JSON.")
    found = _EVENT_ID.search(begin)
    event_id = event_ids.normalise(found[1].decode()) if found else None
    project = _key_of(begin) or _NOT_IN_NAME.sub("-", name).strip("-.")[:60]
    return report_file.write(
        ReportFile(
            project=project or "imported",
            # The same file is the same event, however often it is imported.
            event_id=event_id or event_ids.derive("file", project, _digest(data)),
            protocol="plain",
            received_at=now_micros(),
            head=b"POST / HTTP/1.1",
            body=data,
        )
    )


def _key_of(begin: bytes) -> str:
    """The key in an envelope's DSN, which names the project; that of a real Sentry names none."""
    found = _DSN.match(begin)
    key = "" if found is None else found[1].decode()
    return "" if _SENTRYS_OWN.fullmatch(key) else key


def _is_text(begin: bytes) -> bool:
    try:
        begin[:-4].decode()
    except UnicodeDecodeError:
        return False
    return not any(byte < 9 for byte in begin)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
