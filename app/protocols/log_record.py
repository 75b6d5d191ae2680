"""What `logging.handlers.HTTPHandler` sends: a LogRecord as text, in a form or an address.

See https://docs.python.org/3/library/logging.html#logrecord-attributes. The message comes as a template with
the `repr` of its arguments, an exception as the `repr` of `exc_info`, without its traceback unless
another handler had formatted it before (docs/protocols.md, section 6.9). Warnings and worse are events, and
what was logged with an exception.
"""

import re
from functools import partial
from typing import Any

from msgspec.structs import replace

from app.model import Event, ExceptionInfo, Frame, Level, Report
from app.protocols import stacktrace
from app.protocols.accept_request import acceptor, basic_user, in_path, in_query
from app.protocols.delivery import Delivery
from app.protocols.event import event_builder, in_app, levels, log_location, percent_format
from app.protocols.event.trace_reader import TraceReader
from app.protocols.protocol import Accepted, Answer, HttpRequest, Malformed
from app.protocols.wire import forms, http_head, lenient_json
from app.protocols.wire.notes import Notes
from app.traces import ids
from app.traces.model import Source, Traced

_EXC_INFO = re.compile(
    r"\(<class '(?P<type>[^']+)'>, (?P<raised>.*), (?:<traceback object at 0x[0-9a-fA-F]+>|None)\)", re.DOTALL
)
_RAISED = re.compile(r"[\w.]+\((?P<arguments>.*)\)", re.DOTALL)
_WORTH_SHOWING = frozenset((Level.FATAL, Level.ERROR, Level.WARNING))
_MECHANISM = event_builder.mechanism("logging", handled=True)
# Redundant: the time and the level contain the same.
_REPEATED = ("msecs", "relativeCreated", "levelno")
_IN_LINE = frozenset((*_REPEATED, "msg", "args", "created", "name"))
_PROCESS_FIELDS = ("process", "processName", "thread", "threadName", "taskName")
_ADDRESS_FIELDS = re.compile(rb"(?:^|&)(?:msg|levelname)=")

Exceptions = tuple[ExceptionInfo, ...]

accept = acceptor(in_query("project"), in_path, basic_user)
_accept_address = acceptor(in_query("project"), in_path, basic_user, may_be_empty=True)


def accept_address(http_request: HttpRequest) -> Accepted:
    """Accept a record in the address. Raises `Malformed` without one: a browser opened the address."""
    if _ADDRESS_FIELDS.search(http_request.query) is None:
        raise Malformed("the address holds no log record: msg and levelname are missing", 0)
    return _accept_address(http_request)


def answer(_accepted: Accepted) -> Answer:
    """Any answer will do: HTTPHandler ignores it."""
    return Answer(200, b"text/plain; charset=utf-8", b"ok")


def read(report: Report, body: bytes) -> Delivery:
    """The record in the form, or in the query of the address. Raises nothing."""
    address = report.head.partition(b"\r\n")[0].partition(b"?")[2].rpartition(b" ")[0]
    form = forms.read(body or address, http_head.header(report.head, "content-type"))
    notes = Notes(subject="log record")
    fields = {}
    for name, values in form.items():
        fields[lenient_json.clean_text(name)] = lenient_json.clean_text(values[0])
        for value in values[1:]:
            notes.keep(lenient_json.clean_text(name), lenient_json.clean_text(value))
    if not {"msg", "levelname", "name"} & fields.keys():
        notes.problem("This is no log record; the form is kept in extra.")
    given = {name: value for name, value in fields.items() if value not in ("None", "")}
    level = _level(given)
    if level not in _WORTH_SHOWING and {"exc_info", "exc_text"} & given.keys():
        if "levelname" not in given:
            notes.keep("level", level.value)
        level = levels.of_crash(level)
    if level not in _WORTH_SHOWING:
        return Delivery(others={"log": 1}, traced=partial(_traced, report, given, level))
    return Delivery(events=(_event(report, given, level, notes),))


def _level(given: dict[str, str]) -> Level:
    """The level by its name, or by its number where apps gave it a name of their own, which stays."""
    name, number = given.get("levelname"), given.get("levelno")
    level = levels.find_in_field(name)
    if level is not None:
        del given["levelname"]
        return level
    return Level.ERROR if name is None and number is None else levels.of_log(number)


def _traced(report: Report, given: dict[str, str], level: Level) -> tuple[Traced, ...]:
    """The record as a log line."""
    reader = TraceReader(report)
    fields = {name: value for name, value in given.items() if name not in _IN_LINE}
    trace_id, span_id = ids.in_fields(fields)
    reader.line(
        Source(report.project),
        time=given.get("created"),
        message=_message(dict(given), Notes(subject="log record")),
        level=level,
        logger=given.get("name"),
        trace_id=trace_id,
        span_id=span_id,
        data=fields,
    )
    return reader.traced()


def _event(report: Report, given: dict[str, str], level: Level, notes: Notes) -> Event:
    for name in _REPEATED:
        given.pop(name, None)
    message = _message(given, notes)
    exceptions = _exceptions(given.pop("exc_text", None), given.pop("exc_info", None), notes)
    exceptions, threads = log_location.with_location(
        exceptions, _frame(given, notes), _stack(given, notes), notes
    )
    process = {name: given.pop(name) for name in _PROCESS_FIELDS if name in given}
    logger, created = given.pop("name", None), given.pop("created", None)
    return event_builder.build(
        report,
        notes,
        timestamp=created,
        level=level,
        exceptions=exceptions,
        threads=threads,
        message=message,
        extra=given,
        platform="python",
        logger=logger,
        contexts={"process": process} if process else {},
    )


def _message(given: dict[str, str], notes: Notes) -> str | None:
    template, arguments = given.pop("msg", None), given.pop("args", None)
    if template is None or arguments in (None, "()"):
        return template
    params = percent_format.literal(arguments)
    if isinstance(params, tuple):
        params = [*params]
    if params is None:
        notes.keep("args", arguments)
        return template
    notes.keep("logentry", {"message": template, "params": _plain(params)})
    return lenient_json.clean_text(percent_format.fill(template, params))


def _plain(value: Any) -> Any:
    """Arguments of a template as JSON values; anything that JSON lacks becomes its `repr`."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return lenient_json.clean_text(value)
    if isinstance(value, float):
        return lenient_json.clean(value)
    return value if isinstance(value, (int, bool)) else repr(value)


def _exceptions(text: str | None, exc_info: str | None, notes: Notes) -> Exceptions:
    """The exceptions of the formatted traceback if there is one, else of the `repr` of the exception."""
    if text:
        parsed = stacktrace.read(text, "python", notes, "exc_text")
        if parsed.exceptions:
            raised = replace(parsed.exceptions[-1], mechanism=_MECHANISM)
            return (*parsed.exceptions[:-1], raised)
        notes.keep("exc_text", text)
    if not exc_info or exc_info == "(None, None, None)":
        return ()
    match = _EXC_INFO.fullmatch(exc_info)
    if match is None:
        notes.keep("exc_info", exc_info)
        return ()
    module, _dot, name = match["type"].rpartition(".")
    value = _value(match["raised"], name) or None
    return (ExceptionInfo(type=name, module=module or None, value=value, mechanism=_MECHANISM),)


def _value(raised: str, name: str) -> str:
    """The value in ``ValueError('no')``: no, as `str` would format it."""
    match = _RAISED.fullmatch(raised)
    if match is None:
        return raised
    arguments = percent_format.literal(f"({match['arguments']},)") if match["arguments"] else ()
    if not isinstance(arguments, tuple):
        return match["arguments"]
    if len(arguments) == 1 and name != "KeyError":
        return lenient_json.clean_text(str(arguments[0]))
    return match["arguments"]


def _stack(given: dict[str, str], notes: Notes) -> tuple[Frame, ...]:
    """The stack of the logging call, if the app logged it with `stack_info`."""
    text = given.pop("stack_info", None)
    frames = stacktrace.read(text, "python", notes, "stack_info").frames if text else ()
    if text and not frames:
        notes.keep("stack_info", text)
    return frames


def _frame(given: dict[str, str], notes: Notes) -> Frame | None:
    path, filename, module, function, line = (
        given.pop(name, None) for name in ("pathname", "filename", "module", "funcName", "lineno")
    )
    if path is None and function is None:
        return None
    if line is not None and not (line.isascii() and line.isdigit() and len(line) < 10):
        notes.odd("lineno", line, "a whole number")
        line = None
    return Frame(
        filename=filename or path,
        abs_path=path,
        module=module,
        function=function,
        line=int(line) if line else None,
        in_app=in_app.is_in_app(path or ""),
    )
