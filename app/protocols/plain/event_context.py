"""The context of an error: the level, the time, the place, the request, the user and the tags."""

from collections.abc import Mapping
from typing import Any

from app.model import Frame, Level, Report, Request
from app.protocols.event import in_app, levels
from app.protocols.plain import field_names, frames
from app.protocols.wire import http_head, lenient_json
from app.protocols.wire.notes import Notes

# pino's and bunyan's, and what apps put between them; Python's numbers are known to `levels`.
_OF_NODE = ((60, Level.FATAL), (50, Level.ERROR), (40, Level.WARNING), (30, Level.INFO), (8, Level.DEBUG))
_MODULE = tuple("module modulename class classname".split())
_FUNCTION = tuple("function functionname funcname func".split())
_ORIGIN = tuple("caller source logorigin reportlocation origin".split())
_METHODS = frozenset("GET POST PUT PATCH DELETE HEAD OPTIONS".split())
_HEADERS = ("headers", "header")
_COOKIES = ("cookies",)
_BODY = tuple("body data payload form params post".split())
_QUERY = tuple("querystring query search".split())
_ADDRESS = tuple("ipaddress ip remoteaddr remoteip clientip userip".split())


def level(fields: field_names.Fields, notes: Notes, *, is_log: bool = False) -> Level | None:
    """The level, from a word or the numbers of some logger; None where there is none.

    Of several the first that is known counts. One that nobody knows is noted, and taken for an error; in the
    line of a log (`is_log`), or where it is a word of loggers, it is left where it stands, for information.
    """
    unknown = []
    for holder, name, value in fields.each(field_names.LEVEL, str, int, float):
        found = _level(name, value, fields)
        if found is not None:
            holder.take((name,), str, int, float)
            return found
        unknown.append((holder, name, value))
    if not unknown:
        return None
    holder, name, value = unknown[0]
    if is_log or levels.is_loggers(value):
        return Level.INFO
    holder.take((name,), str, int, float)
    return levels.read(value, notes)


def _level(name: str, value: str | float, fields: field_names.Fields) -> Level | None:
    if isinstance(value, str):
        if not (value.isascii() and value.isdigit() and len(value) < 4):
            return levels.find_in_field(value)
        value = int(value)
    number = int(value) if abs(value) < 1000 else 0
    if name == "severitynumber":
        return levels.opentelemetry(number)
    of_node = fields.has(("pid", "hostname", "v")) or (fields.has(("time",)) and fields.has(("msg",)))
    if of_node and number >= _OF_NODE[-1][0]:
        return next(level for least, level in _OF_NODE if number >= least)
    found = levels.find(number)
    return levels.syslog(int(value)) if found is None and 0 <= value < 8 else found


def time(fields: field_names.Fields) -> str | float | None:
    """The time, as it was written."""
    instant = fields.take(("instant",), dict)
    if instant is not None and isinstance(instant.get("epochSecond"), int):
        # log4j's JsonLayout
        nanos = instant.get("nanoOfSecond")
        return float(instant["epochSecond"]) + (nanos / 1e9 if isinstance(nanos, int) else 0)
    value: str | float | None = fields.take(field_names.TIME, str, int, float)
    return value


def place(fields: field_names.Fields) -> Frame | None:
    """The file and line of an error without a stack trace, from the object itself or its `source`."""
    origin = fields.take(_ORIGIN, dict)
    inner = field_names.Fields(origin) if origin is not None else fields
    caller = fields.text(("caller",)) if origin is None else None
    found = frames.place(caller) if caller is not None else None
    if found is not None:
        return found
    if caller is not None:
        fields.put("caller", caller)
    line, column = inner.whole(field_names.LINE), inner.whole(field_names.COLUMN)
    function = inner.text(_FUNCTION)
    if line is None and function is None:
        return None
    file, module = inner.text(field_names.FILE), inner.text(_MODULE)
    return Frame(
        filename=file if file is None or "://" in file else file.replace("\\", "/").rpartition("/")[2],
        abs_path=file,
        module=module,
        function=function,
        line=line,
        column=column,
        in_app=in_app.is_in_app_code(file, module, function, None),
    )


def request(fields: field_names.Fields, agent: str, referrer: str) -> Request | None:
    """The page or the request. `agent` and `referrer` are of the browser that sent the report, or empty."""
    inside = fields.take(field_names.REQUEST, dict, deep=True)
    inner = field_names.Fields(inside, behind=fields) if inside is not None else fields
    url = inner.text(field_names.URL) or fields.text(field_names.URL, deep=True) or referrer or None
    if inside is None:
        method, query = _method(fields), None
    else:
        method, query = inner.text(field_names.METHOD), inner.text(_QUERY)
    headers = inner.take(_HEADERS, dict)
    cookies = inner.take(_COOKIES, dict, str) if inside is not None else None
    body = inner.take(_BODY, dict, list, str) if inside is not None else None
    own_agent = inner.text(field_names.USER_AGENT) or fields.text(field_names.USER_AGENT, deep=True)
    if inside is not None and inner.left:
        fields.put("request", inner.left)
    named = as_texts(headers or {})
    if (own_agent or agent) and not any(name.lower() == "user-agent" for name in named):
        named["User-Agent"] = own_agent or agent
    if not (url or named or cookies or body or method or query):
        return None
    return Request(url=url, method=method, query=query, headers=named, cookies=cookies, body=body)


def browser(report: Report) -> tuple[str, str]:
    """User agent and page of a browser that sent the report itself; empty for an app's HTTP library."""
    agent = http_head.header(report.head, "user-agent")
    if not agent.startswith("Mozilla/"):
        return "", ""
    return agent, http_head.header(report.head, "referer")


def _method(fields: field_names.Fields) -> str | None:
    """The method of HTTP; without an object for the request, `method` may be that of a class."""
    value = fields.left.get("method")
    if isinstance(value, str) and value.upper() in _METHODS:
        return str(fields.left.pop("method"))
    return fields.text(("httpmethod", "requestmethod", "httprequestmethod"))


def user(fields: field_names.Fields) -> dict[str, Any]:
    """The user, in Sentry's words where they are the client's, too."""
    value = fields.take(("user", "person"), dict, deep=True)
    found: dict[str, Any] = dict(value) if value is not None else {}
    for name, words in (
        ("id", ("userid",)),
        ("email", ("useremail", "email")),
        ("username", ("username", "user")),
    ):
        said = fields.text(words, deep=True)
        if said is not None and name not in found:
            found["email" if "@" in said and name == "username" and "email" not in found else name] = said
    address = fields.text(_ADDRESS, deep=True)
    if address is not None:
        found.setdefault("ip_address", address)
    return found


def tags(fields: field_names.Fields) -> dict[str, str]:
    """Tags, whether they come as an object, as pairs, or as words."""
    value = fields.take(field_names.TAGS, dict, list, str)
    if isinstance(value, dict):
        return as_texts(value)
    if isinstance(value, str):
        return {word.strip(): "true" for word in value.split(",") if word.strip()}
    found: dict[str, str] = {}
    odd: list[Any] = []
    for item in value or ():
        match item:
            case [str(name), part] | {"key": str(name), "value": part} | {"name": str(name), "value": part}:
                found[name] = lenient_json.as_text(part)
            case str():
                name, colon, said = item.partition(":")
                found[name] = said if colon else "true"
            case _:
                odd.append(item)
    if odd:
        fields.put("tags", odd)
    return found


def as_texts(values: Mapping[str, Any]) -> dict[str, str]:
    """Every value as text."""
    return {name: lenient_json.as_text(value) for name, value in values.items() if value is not None}
