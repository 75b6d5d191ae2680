"""The form that the Arecibo of 2008 to 2012 took at ``/v/1/``, or its fields as JSON, as they were mailed.

A wrong value is noted on the event, which is never lost for it. How the fields are read:

- ``account`` names the project; ``uid`` is the client's own id: the same one twice is one event.
- ``priority`` runs from 1, the worst, to 10: 1 and 2 are fatal, 3 and 4 error, 5 to 7 warning, 8 and 9 info,
  10 debug. Without one it is an error.
- ``type``, ``msg`` and ``traceback`` become the exceptions; a traceback that is none is shown as the message.
  Django's client sends bare frames, without a heading and without the line of the exception.
- ``count`` says how often it happened since the last report: so many events, ten thousand at most, each of
  which counts like any other. Django's client sends it where it collects alike errors for a minute.
- ``status``, ``priority`` and ``uid`` are tags; ``username`` and ``ip`` the user; ``url``, ``user_agent`` and
  ``request`` (free text) the request; ``server`` the server's name.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from ipaddress import ip_address

from msgspec.structs import replace

from app import python_repr
from app.model import Event, ExceptionInfo, Level, Report, Request, from_micros
from app.protocols import stacktrace
from app.protocols.delivery import Delivery
from app.protocols.event import event_ids, headline, timestamps
from app.protocols.protocol import Accepted, Answer, HttpRequest, Malformed, header
from app.protocols.wire import encoding, fitting, forms, http_head, lenient_json
from app.protocols.wire.notes import Notes

_PEEK = 1 << 16
_NO_ACCOUNT = "arecibo"
_LEVELS = (Level.FATAL,) * 2 + (Level.ERROR,) * 2 + (Level.WARNING,) * 3 + (Level.INFO,) * 2 + (Level.DEBUG,)
FIELDS = frozenset(
    "account status priority ip user_agent url uid type msg traceback "
    "server request username timestamp count".split()
)
MOST_AT_ONCE = 10_000
_TEXTS_OF_JSON = re.compile(rb'"(account|uid)"\s*:\s*"((?:[^"\\]|\\.){1,500})"')
# The first line of frames without a heading.
_BARE_FRAME = re.compile(r'\s*File "[^"\n]+", line \d{1,9}')
_HEADING = "Traceback (most recent call last):\n  "
# A class as Python 2 and 3 print it.
_CLASS = re.compile(r"<(?:class|type) '(?:([\w.]{1,300})\.)?(\w{1,200})'>")
_BUILT_IN = frozenset(("exceptions", "builtins", "__builtin__"))
_TUPLE = re.compile(r"\(\s*(?P<unicode>u?)(?P<only>['\"].{0,300}['\"])\s*,?\s*\)", re.DOTALL)
_STATUS = re.compile(r"[1-5]\d\d")


def accept(http_request: HttpRequest) -> Accepted:
    """Finds the account and the uid only. Raises `Malformed`, and `encoding.EncodingError`."""
    content_encoding = header(http_request.headers, b"content-encoding").decode("latin-1")
    body, _complete = encoding.peek(http_request.body, content_encoding, size=_PEEK)
    if not body.strip():
        raise Malformed("the form is empty", 0)
    said = _said_in_json(body) if _is_json(body) else None
    account, uid = (
        (forms.first(body, b"account"), forms.first(body, b"uid"))
        if said is None
        else (said.get("account", ""), said.get("uid", ""))
    )
    project = _printable(account) or _NO_ACCOUNT
    return Accepted(project, event_id(project, uid) if uid else event_ids.mint())


def answer(_accepted: Accepted) -> Answer:
    """The answer that the Arecibo of 2010 gave."""
    return Answer(200, b"text/plain; charset=utf-8", b"Error recorded")


def read(report: Report, body: bytes) -> Delivery:
    """The one event of the form. Raises nothing."""
    notes = Notes()
    if _is_json(body):
        fields = fields_of(fitting.lenient(body, notes))
    else:
        fields = forms.read(body, http_head.header(report.head, "content-type"))
    if not FIELDS & fields.keys():
        notes.problem("No field of the form is known; the body is kept in extra.")
        notes.keep("body", lenient_json.clean_text(body.decode("utf-8", "replace")))
    return Delivery(events=events(fields, report, notes))


def fields_of(value: object) -> dict[str, list[str]]:
    """The fields of decoded JSON as a form has them; none where it is no object."""
    if not isinstance(value, dict):
        return {}
    return {name: [_text(part)] for name, part in value.items() if part not in (None, "", [])}


def _text(value: object) -> str:
    """A field's text; the client made a list of the name of the user, by a comma too many."""
    only = value[0] if isinstance(value, list) and len(value) == 1 else value
    return lenient_json.as_text("" if only is None else only)


def _is_json(body: bytes) -> bool:
    return body.lstrip()[:1] == b"{"


def _said_in_json(body: bytes) -> dict[str, str]:
    """Account and uid, found without reading the JSON."""
    found = (
        (name.decode(), value.decode("utf-8", "replace")) for name, value in _TEXTS_OF_JSON.findall(body)
    )
    return {name: value.strip() for name, value in found}


def events(fields: Mapping[str, Sequence[str]], report: Report, notes: Notes) -> tuple[Event, ...]:
    """The events of a form's fields, each with at least one value: as many as it counts. Raises nothing."""
    given = fields.get("count", ("1",))[0].strip()
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else 0
    if number > 1:
        notes.keep("count", number)
    elif number < 1:
        notes.odd("count", given, "how often it happened")
    if number > MOST_AT_ONCE:
        notes.problem(f"The client counted {number:,} of these; {MOST_AT_ONCE:,} of them are counted here.")
    first = event(fields, report, notes)
    ids = (event_ids.derive(first.event_id, str(nth)) for nth in range(1, min(number, MOST_AT_ONCE)))
    return (first, *(replace(first, event_id=own_id) for own_id in ids))


def event(fields: Mapping[str, Sequence[str]], report: Report, notes: Notes) -> Event:
    """The event of a form's fields, each with at least one value. Raises nothing."""
    first = {name: lenient_json.clean_text(values[0].strip()) for name, values in fields.items()}
    for name, values in fields.items():
        others = values if name not in FIELDS else values[1:]
        for value in others:
            notes.keep(lenient_json.clean_text(name), lenient_json.clean_text(value))
    return _event(first, report, notes)


def _event(fields: dict[str, str], report: Report, notes: Notes) -> Event:
    received_at = from_micros(report.received_at)
    exceptions, message = _what_happened(fields, notes)
    uid = fields.get("uid")
    level = _level(fields, notes)
    tags = {name: fields[name] for name in ("status", "priority", "uid") if fields.get(name)}
    if "status" in tags and not _STATUS.fullmatch(tags["status"]):
        notes.odd("status", tags.pop("status"), "an HTTP status")
    if "priority" in tags and "priority" in notes.kept:
        del tags["priority"]
    user = {"ip_address": _ip(fields, report, notes), "username": _username(fields)}
    return Event(
        event_id=event_id(report.project, uid) if uid else report.event_id,
        project=report.project,
        protocol=report.protocol,
        platform="python" if any(raised.frames for raised in exceptions) else None,
        timestamp=_timestamp(fields, received_at, notes),
        received_at=received_at,
        level=level,
        title=headline.title(exceptions, message),
        culprit=headline.culprit(exceptions, ()) or fields.get("url") or None,
        message=message,
        server_name=fields.get("server") or None,
        exceptions=exceptions,
        request=_request(fields, report),
        user={name: value for name, value in user.items() if value},
        tags=tags,
        extra=notes.kept,
        problems=notes.sentences(),
    )


def event_id(project: str, uid: str) -> str:
    """The id derived from the client's own `uid`: a report that is sent twice is one event."""
    return event_ids.derive("arecibo", project, uid)


def _printable(text: str) -> str:
    return "".join(filter(str.isprintable, text))[:100]


def _what_happened(fields: dict[str, str], notes: Notes) -> tuple[tuple[ExceptionInfo, ...], str | None]:
    (module, kind), message, text = _type(fields), fields.get("msg"), fields.get("traceback")
    exceptions = stacktrace.read_python(_with_heading(text), notes, "traceback") if text else ()
    if text and not exceptions:
        notes.keep("traceback", text)
        if not message:
            message = text
    if not exceptions:
        if not kind:
            return (), message or None
        return (ExceptionInfo(type=kind, value=message or None, module=module),), None
    raised = exceptions[-1]
    in_traceback = f"{raised.type}: {raised.value}" if raised.value else raised.type
    if kind and kind not in (raised.type, f"{raised.module}.{raised.type}"):
        raised = replace(raised, type=kind, module=module)
    if message and message != raised.value:
        raised = replace(raised, value=message)
    if in_traceback and raised is not exceptions[-1]:
        notes.keep("traceback_says", in_traceback)
    return (*exceptions[:-1], raised), None


def _type(fields: dict[str, str]) -> tuple[str | None, str | None]:
    """The module and the name of the exception's class."""
    given = fields.get("type")
    printed = _CLASS.fullmatch(given) if given else None
    if printed is None:
        return None, given
    return (None if printed[1] in _BUILT_IN else printed[1]), printed[2]


def _with_heading(text: str) -> str:
    """Bare frames as the traceback that they were taken from."""
    return _HEADING + text.lstrip() if _BARE_FRAME.match(text) else text


def _username(fields: dict[str, str]) -> str | None:
    """The name of the user: ``ada``, or as the tuple that Django's client made of it, ``(u'ada',)``."""
    given = fields.get("username")
    printed = _TUPLE.fullmatch(given) if given else None
    value = python_repr.read(printed["only"]) if printed is not None else None
    if printed is None or value is None or value.kind is not python_repr.Kind.TEXT:
        return given
    if not printed["unicode"]:
        try:
            # Python 2 prints the bytes of UTF-8.
            return value.text.encode("latin-1").decode("utf-8")
        except UnicodeError:
            # It is what it says.
            pass
    return value.text


def _level(fields: dict[str, str], notes: Notes) -> Level:
    value = fields.get("priority")
    if not value:
        return Level.ERROR
    if value in _PRIORITIES:
        return _LEVELS[_PRIORITIES.index(value)]
    notes.odd("priority", value, "1 to 10")
    return Level.ERROR


_PRIORITIES = tuple(str(n) for n in range(1, 11))


def _ip(fields: dict[str, str], report: Report, notes: Notes) -> str:
    value = fields.get("ip")
    if value:
        try:
            return str(ip_address(value))
        except ValueError:
            notes.odd("ip", value, "an IP address")
    return report.remote


def _timestamp(fields: dict[str, str], received_at: datetime, notes: Notes) -> datetime:
    value = fields.get("timestamp")
    if not value:
        return received_at
    moment = timestamps.parse_rfc822(value) or timestamps.parse(value)
    if moment is not None and timestamps.is_plausible(moment, received_at):
        return moment
    notes.odd("timestamp", value, "a time as in e-mails (RFC 822)")
    return received_at


def _request(fields: dict[str, str], report: Report) -> Request:
    user_agent = fields.get("user_agent") or http_head.header(report.head, "user-agent")
    return Request(
        url=fields.get("url") or None,
        headers={"User-Agent": user_agent} if user_agent else {},
        body=fields.get("request") or None,
    )
