"""The file of a whole report: its head and its body as they came, without secrets, and not packed."""

from collections import Counter
from typing import Any

from msgspec import Struct

from app.model import Report
from app.protocols import imported, report_file
from app.protocols.report_file import NotAReport, ReportFile
from app.scrub import report_body
from app.scrub.rules import Rules
from app.scrub.unsearchable import Unsearchable
from app.secrets_in_text import FILTERED
from app.sharing.what_goes import ALL, Parts, place_name

_DEEPEST = 100
_LOCALS = frozenset(("vars", "locals", "local_variables", "localVariables"))
_CRUMBS = frozenset(("breadcrumbs", "breadcrumb", "telemetry"))
_USER = frozenset(
    ("user", "person", "affected_user", "user_id", "username", "remote_addr", "user_ip", "ip_address")
)
_REQUEST = frozenset(("request", "http", "web"))
_BODY = frozenset(("data", "body", "post", "raw_body", "rawdata", "form", "params", "cookies"))


class RawExport(Struct, frozen=True):
    """The file, what is hidden in it by place, and sentences about it.

    With `is_searched` false, secrets could not be looked for: `data` is the report as it came.
    """

    data: bytes
    hidden: dict[str, int]
    notes: tuple[str, ...]
    is_searched: bool


def made(report: Report, rules: Rules, parts: Parts, *, limit: int) -> RawExport:
    """The file of `report`."""
    hidden: Counter[str] = Counter()

    def found(place: str, _rule: str, _what: str) -> None:
        hidden[place_name(place)] += 1

    trim = None if parts == ALL else lambda value: _trimmed(value, parts, in_request=False, depth=_DEEPEST)
    original = _unwrapped(report)
    notes: list[str] = []
    try:
        clean = report_body.scrub(original.head, original.body, rules, limit=limit, found=found, trim=trim)
    except Unsearchable as error:
        return RawExport(report_file.write(original), {}, (f"{error} It would go as it came.",), False)
    if clean.left_out:
        notes.append(f"Left out, as secrets cannot be looked for in them: {', '.join(clean.left_out)}.")
    if trim is not None and not clean.is_json:
        notes.append("This report is a text: its parts cannot be left out one by one.")
    if head := clean.head.count(FILTERED.encode()):
        hidden["head"] += head
    file = ReportFile(**{**_fields(original), "head": clean.head, "body": clean.body})
    return RawExport(report_file.write(file), dict(hidden.most_common()), tuple(notes), True)


def _fields(file: ReportFile) -> dict[str, Any]:
    return {name: getattr(file, name) for name in file.__struct_fields__}


def _unwrapped(report: Report) -> ReportFile:
    """The report, or the one that it was imported as: an import is not exported within another."""
    if report.protocol == imported.NAME:
        try:
            return report_file.read(report.body)
        except NotAReport:
            # It was damaged when it came: it is exported as what it is, a text.
            return _file(report, "plain")
    return _file(report, report.protocol)


def _file(report: Report, protocol: str) -> ReportFile:
    return ReportFile(
        project=report.project,
        event_id=report.event_id,
        protocol=protocol,
        received_at=report.received_at,
        head=report.head,
        body=report.body,
    )


def _trimmed(value: Any, parts: Parts, *, in_request: bool, depth: int) -> Any:
    """A JSON document without the parts that were left out, by the names that clients give them."""
    if depth == 0:
        return value
    if isinstance(value, list):
        return [_trimmed(each, parts, in_request=in_request, depth=depth - 1) for each in value]
    if not isinstance(value, dict):
        return value
    left = {}
    for name, each in value.items():
        lowered = name.lower()
        if not parts.locals and name in _LOCALS:
            continue
        if not parts.breadcrumbs and lowered in _CRUMBS:
            continue
        if not parts.user and lowered in _USER:
            continue
        if not parts.request_body and in_request and lowered in _BODY:
            continue
        left[name] = _trimmed(each, parts, in_request=in_request or lowered in _REQUEST, depth=depth - 1)
    return left
