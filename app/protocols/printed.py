"""What a program printed, as `main.py run` and `main.py read` send it: a stack trace, or how it ended.

The body is a JSON object, `Printed`. A trace is read by the readers of `stacktrace`. A program that ended
with an error and printed no trace makes an event of its last line. The lines before are its breadcrumbs.
"""

from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from app.model import Breadcrumb, Event, ExceptionInfo, Level, Report, Sdk
from app.protocols import stacktrace
from app.protocols.accept_request import acceptor, in_body
from app.protocols.delivery import Delivery
from app.protocols.event import event_builder, headline, log_line, timestamps
from app.protocols.plain import document
from app.protocols.protocol import Accepted, Answer
from app.protocols.sentry import event as sentry_event
from app.protocols.sentry import repair
from app.protocols.wire import fitting, lenient_json
from app.protocols.wire.notes import Notes

NAME = "printed"
PATH = "arecibo/printed"
CONTEXT = "run"
_SERVICE = "service"
_MOST_BEFORE = 100
_QUIET = frozenset((Level.INFO, Level.DEBUG))
_LONGEST_COMMAND = 200

accept = acceptor(in_body("project"), id_field="event_id")


class PrintedBefore(Struct, frozen=True):
    """A line printed earlier, and when, in seconds since 1970; None where nobody knows."""

    text: str
    at: float | None = None


class Printed(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A stack trace in `text`; or without one, how the program ended, with `text` as its last lines.

    With `hooked` it is neither: that is the Sentry event of a hook in the program (`resources/hooks`).
    `run_key` names the run, as in the paths that its clients send to (`run_path`).

    `at` is in seconds since 1970. `run` is the run's number in the store; `file` and `line` say where in a
    log the trace stands, counted from 1. `exit_code` is None while the program runs, and where a signal ended
    it: `signal` is that one's name, such as SIGSEGV.
    """

    event_id: str
    project: str
    text: str
    at: float | None = None
    before: tuple[PrintedBefore, ...] = ()
    command: tuple[str, ...] = ()
    cwd: str | None = None
    run: int | None = None
    run_key: str | None = None
    hooked: dict[str, Any] | None = None
    service: str | None = None
    file: str | None = None
    line: int | None = None
    exit_code: int | None = None
    signal: str | None = None
    host: str | None = None

    @property
    def has_ended(self) -> bool:
        """Whether it tells of the program's end."""
        return self.exit_code is not None or self.signal is not None


class Origin(Struct, frozen=True):
    """What tells reports of one error apart by where they come from: fields of `Printed`."""

    run_key: str | None = None
    hooked: msgspec.Raw = msgspec.Raw()
    exit_code: int | None = None
    signal: str | None = None

    @property
    def is_hooked(self) -> bool:
        """Whether a hook reported it."""
        return bytes(self.hooked)[:1] == b"{"

    @property
    def has_ended(self) -> bool:
        """Whether it tells of the program's end."""
        return self.exit_code is not None or self.signal is not None


def origin(body: bytes) -> Origin:
    """Where a report comes from; of one that cannot be read, nothing is known."""
    try:
        return _origin(body)
    except msgspec.MsgspecError:
        return Origin()


_origin = msgspec.json.Decoder(Origin).decode


def answer(accepted: Accepted) -> Answer:
    """The event's id."""
    return Answer(200, b"application/json", b'{"id": "%s"}' % accepted.event_id.encode())


def read(report: Report, body: bytes) -> Delivery:
    """The event. Raises nothing."""
    notes = Notes(subject="report")
    try:
        printed = msgspec.json.decode(body, type=Printed)
    except msgspec.MsgspecError as error:
        notes.problem(f"This is not what main.py run sends: {error}.")
        notes.keep("payload", fitting.lenient(body, notes))
        message = "A report of what a program printed that could not be read"
        return Delivery(events=(event_builder.build(report, notes, message=message),))
    if printed.hooked is not None:
        return Delivery(events=(_hooked(report, printed, printed.hooked, notes),))
    record = _record(printed.text)
    if record is None:
        return Delivery(events=(_event(report, printed, notes),))
    event = document.event(report, record, notes, fallback_id=printed.event_id)
    if event.level in _QUIET and not event.exceptions:
        return Delivery(events=(), others={"log": 1})
    return Delivery(events=(_with_circumstances(event, printed),))


def _hooked(report: Report, printed: Printed, event: dict[str, Any], notes: Notes) -> Event:
    """The event of a hook. Its own id is not used: the command may leave there what it likes."""
    wire = repair.decode(msgspec.json.encode(event), notes)
    wire.event_id = printed.event_id
    built = sentry_event.build(wire, report, printed.event_id, notes)
    return replace(_with_circumstances(built, printed), project=printed.project)


def _record(text: str) -> dict[str, Any] | None:
    """The object of a line of JSON that a logger wrote."""
    if text[:1] != "{" or text[-1:] != "}" or "\n" in text:
        return None
    value = fitting.lenient(text.encode("utf-8", "replace"), Notes())
    return value if isinstance(value, dict) else None


def _event(report: Report, printed: Printed, notes: Notes) -> Event:
    text = lenient_json.clean_text(printed.text)
    parsed = stacktrace.read(text, None, notes, "printed")
    if printed.has_ended and not parsed.exceptions:
        exceptions: tuple[ExceptionInfo, ...] = ()
        message, level = _end(printed, text), Level.FATAL if printed.signal else Level.ERROR
        notes.keep("output", text)
    else:
        exceptions = parsed.exceptions
        message = parsed.before if exceptions else text.strip()
        level = log_line.level(message) or Level.ERROR
    event = event_builder.build(
        report,
        notes,
        fallback_id=printed.event_id,
        project=printed.project,
        timestamp=printed.at,
        level=level,
        exceptions=exceptions,
        threads=parsed.threads,
        message=message or None,
        platform=parsed.platform,
    )
    return _with_circumstances(event, printed)


def _with_circumstances(event: Event, printed: Printed) -> Event:
    """The event with what was printed before it, and what ran."""
    return replace(
        event,
        breadcrumbs=event.breadcrumbs or tuple(_crumb(line) for line in printed.before[-_MOST_BEFORE:]),
        tags={**({_SERVICE: printed.service} if printed.service else {}), **event.tags},
        contexts={CONTEXT: _context(printed), **event.contexts},
        server_name=event.server_name or printed.host,
        sdk=event.sdk or Sdk(name="arecibo.run"),
    )


def _end(printed: Printed, text: str) -> str:
    """How the program ended, and the last line that says something."""
    name = headline.first_line(" ".join(printed.command) or printed.project, _LONGEST_COMMAND)
    how = f"ended by {printed.signal}" if printed.signal else f"exited with {printed.exit_code}"
    last = next((line.strip() for line in reversed(text.split("\n")) if line.strip()), "")
    return f"{name} {how}: {last}" if last else f"{name} {how}"


def _crumb(line: PrintedBefore) -> Breadcrumb:
    text = lenient_json.clean_text(line.text)
    named = log_line.level(text)
    return Breadcrumb(
        timestamp=timestamps.parse(line.at) if line.at is not None else None,
        category="console",
        level=None if named is None else named.value,
        message=text,
    )


def _context(printed: Printed) -> dict[str, Any]:
    known = {
        "number": printed.run,
        "command": " ".join(printed.command) or None,
        "cwd": printed.cwd,
        "service": printed.service,
        "file": printed.file,
        "line": printed.line,
        "exit_code": printed.exit_code,
        "signal": printed.signal,
    }
    return {name: value for name, value in known.items() if value is not None}
