"""The file of one report, `.arecibo`: an HTTP/1.1 request, with lines that say where it came from.

    POST /api/1/envelope/ HTTP/1.1
    Arecibo-Report: 1
    Arecibo-Project: shop
    Arecibo-Event-Id: 0123456789abcdef0123456789abcdef
    Arecibo-Protocol: sentry.envelope
    Arecibo-Received-At: 2026-11-23T14:05:12.345678Z
    content-type: application/x-sentry-envelope
    content-length: 1234

    {"event_id": …

Lines end with CR LF. `Arecibo-Report` is the version, and comes first of the headers; a later version is
refused. The form is described in docs/report-file.md.
"""

import re
from datetime import UTC, datetime

from msgspec import Struct

from app.model import from_micros, to_micros
from app.protocols.event import event_ids

VERSION = 1
# As the receiver's own limit on heads, and for the lines above.
LONGEST_HEAD = 80 * 1024
_MARK = re.compile(rb"[^\r\n]{1,70000}\r\nArecibo-Report: ?(\d{1,6})\r\n")
_OURS = re.compile(rb"\r\n(arecibo-[a-z-]{1,30}):[ \t]*([^\r\n]{0,300})", re.IGNORECASE)
_END = b"\r\n\r\n"
_NAME = re.compile(r"[^\r\n]{0,200}")


class NotAReport(Exception):
    """This is no file of a report; the text is a sentence for the user."""


class ReportFile(Struct, frozen=True, kw_only=True):
    """One report. `received_at` is in microseconds since 1970; `head` has neither our lines nor its end."""

    project: str
    event_id: str
    protocol: str
    received_at: int
    head: bytes
    body: bytes


def write(report: ReportFile) -> bytes:
    """The bytes of the file."""
    line, _end, headers = report.head.partition(b"\r\n")
    moment = from_micros(report.received_at).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    ours = (
        ("Arecibo-Report", str(VERSION)),
        ("Arecibo-Project", report.project),
        ("Arecibo-Event-Id", report.event_id),
        ("Arecibo-Protocol", report.protocol),
        ("Arecibo-Received-At", moment),
    )
    lines = [line or b"POST / HTTP/1.1"]
    lines += [f"{name}: {_on_a_line(value)}".encode() for name, value in ours]
    lines += [each for each in headers.split(b"\r\n") if each and not each.lower().startswith(b"arecibo-")]
    return b"\r\n".join(lines) + _END + report.body


def is_one(begin: bytes) -> bool:
    """Whether a file that begins so is one of a report, of any version."""
    return _MARK.match(begin) is not None


def read(data: bytes) -> ReportFile:
    """The report of a file, or of its beginning: then the body is cut short. Raises `NotAReport`."""
    mark = _MARK.match(data)
    end = data.find(_END, 0, LONGEST_HEAD)
    if mark is None or end < 0:
        raise NotAReport("This is no report that Arecibo has exported.")
    if int(mark[1]) != VERSION:
        raise NotAReport(
            f"This report is of version {int(mark[1])}; this Arecibo reads version {VERSION}. Upgrade it."
        )
    head = data[:end]
    ours = {name.lower(): value.decode("utf-8", "replace").strip() for name, value in _OURS.findall(head)}
    event_id = event_ids.normalise(ours.get(b"arecibo-event-id"))
    if event_id is None:
        raise NotAReport("This report names no event: its line Arecibo-Event-Id is missing or damaged.")
    return ReportFile(
        project=ours.get(b"arecibo-project", ""),
        event_id=event_id,
        protocol=ours.get(b"arecibo-protocol", ""),
        received_at=_micros(ours.get(b"arecibo-received-at", "")),
        head=_OURS.sub(b"", head),
        body=data[end + len(_END) :],
    )


def _micros(text: str) -> int:
    try:
        moment = datetime.fromisoformat(text)
        return max(0, to_micros(moment if moment.tzinfo else moment.replace(tzinfo=UTC)))
    except (ValueError, OverflowError):
        return 0


def _on_a_line(value: str) -> str:
    found = _NAME.match(" ".join(value.split()))
    return "" if found is None else found[0].encode("utf-8", "replace").decode()
