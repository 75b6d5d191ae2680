"""A breadcrumb made readable: its kind, and what it says on one line.

Kinds are Sentry's types and categories (https://develop.sentry.dev/sdk/data-model/event-payloads/breadcrumbs/),
and what the other clients call the same things.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from app.event_parts.pieces import Line, Piece, Role
from app.model import Breadcrumb
from app.plain_text import one_line

LONGEST_LINE = 1_000
_MOST_VALUES = 12
_LONGEST_VALUE = 120


class Kind(StrEnum):
    """What happened; the value is what a person reads."""

    HTTP = "HTTP"
    QUERY = "queries"
    NAVIGATION = "navigation"
    USER = "user"
    LOG = "log"
    ERROR = "errors"
    TRANSACTION = "transactions"
    SYSTEM = "system"
    OTHER = "other"


_BY_WORD = {
    **dict.fromkeys(
        ("http", "httplib", "fetch", "xhr", "request", "requests", "httpx", "aiohttp"), Kind.HTTP
    ),
    **dict.fromkeys(
        ("urllib", "urllib3", "curl", "net", "graphql", "websocket", "beacon", "ajax"), Kind.HTTP
    ),
    **dict.fromkeys(("query", "sql", "db", "database", "redis", "mongodb", "mongo", "cache"), Kind.QUERY),
    **dict.fromkeys(("active_record", "sqlalchemy", "elasticsearch", "prisma"), Kind.QUERY),
    **dict.fromkeys(("navigation", "route", "router", "ui.lifecycle", "screen", "state"), Kind.NAVIGATION),
    **dict.fromkeys(
        ("user", "ui", "click", "touch", "tap", "gesture", "input", "dom", "user-event"), Kind.USER
    ),
    **dict.fromkeys(("console", "log", "debug", "info", "logging", "logger", "monolog"), Kind.LOG),
    **dict.fromkeys(("error", "exception", "sentry.event", "sentry"), Kind.ERROR),
    **dict.fromkeys(
        ("transaction", "sentry.transaction", "job", "task", "celery", "queue"), Kind.TRANSACTION
    ),
    **dict.fromkeys(("system", "device", "app", "battery", "subprocess", "process", "session"), Kind.SYSTEM),
}
_SQL = re.compile(
    r"[\s(]*(?:/\*.{0,200}?\*/\s*)?(?:select|insert|update|delete|with|create|alter|drop|begin|commit|rollback|savepoint"
    r"|release|pragma|explain|merge|replace|truncate|call|declare|grant|values|lock|vacuum|analyze|start)\b",
    re.IGNORECASE | re.DOTALL,
)
_STATUS = ("status_code", "statusCode", "status", "http.response.status_code", "http.status_code", "code")
_MS = ("duration_ms", "durationMs", "elapsed_ms", "duration", "elapsed", "took", "responseTime")
_FAILED = 400


def kind_of(crumb: Breadcrumb) -> Kind:
    """What kind of thing the breadcrumb says, by its type, its category, and then its data."""
    for word in (crumb.type, crumb.category):
        if word and word != "default":
            lowered = word[:64].lower()
            found = _BY_WORD.get(lowered) or _BY_WORD.get(lowered.split(".", 1)[0])
            if found is not None:
                return found
    data = crumb.data
    if "url" in data and ("method" in data or "status_code" in data):
        return Kind.HTTP
    if "from" in data and "to" in data:
        return Kind.NAVIGATION
    return Kind.OTHER


def is_sql_text(text: str) -> bool:
    """Whether the text of a query begins as a statement of SQL does."""
    return _SQL.match(text[:400]) is not None


def summary(crumb: Breadcrumb) -> str:
    """What the breadcrumb says, as text on one line."""
    return "".join(piece.text for piece in line(crumb))


def line(crumb: Breadcrumb) -> Line:
    """What the breadcrumb says, in pieces, at most some `LONGEST_LINE` characters of it."""
    kind, data = kind_of(crumb), crumb.data
    if kind is Kind.HTTP and (url := _word(data, "url", "http.url", "to")):
        return _http(crumb, url)
    if kind is Kind.NAVIGATION and data.get("to") not in (None, ""):
        start = f"{_short(data['from'])} " if data.get("from") not in (None, "") else ""
        return (Piece(f"{start}→ ", Role.QUIET), Piece(_short(data["to"])))
    if crumb.message:
        pieces = [Piece(one_line(crumb.message, LONGEST_LINE))]
        if kind is Kind.QUERY and (took := _took(data)):
            pieces.append(Piece(f"  {took}", Role.QUIET))
        return tuple(pieces)
    return _values(data)


def _http(crumb: Breadcrumb, url: str) -> Line:
    """`GET 200 /path 35 ms`, the host before the path where there is one."""
    data = crumb.data
    pieces = []
    if method := _word(data, "method", "http.request.method", "http.method", "request_method"):
        pieces.append(Piece(f"{method[:16].upper()} "))
    status = _word(data, *_STATUS)
    if status:
        pieces.append(Piece(f"{status[:24]} ", _status_role(status)))
    pieces += _address(url, _word(data, "http.query", "query"))
    if reason := _word(data, "reason", "error"):
        pieces.append(Piece(f"  {one_line(reason, 80)}", Role.BAD if not status else Role.QUIET))
    if took := _took(data):
        pieces.append(Piece(f"  {took}", Role.QUIET))
    if crumb.message and url not in crumb.message:
        pieces.append(Piece(f"  {one_line(crumb.message, 200)}", Role.QUIET))
    return tuple(pieces)


def _address(url: str, query: str) -> Iterable[Piece]:
    url = one_line(url, LONGEST_LINE)
    try:
        parts = urlsplit(url)
    except ValueError:
        return [Piece(url)]
    if not parts.netloc:
        return [Piece(url)]
    found = [Piece(parts.netloc, Role.QUIET), Piece(parts.path or "/")]
    query = one_line(parts.query or query, 200)
    return [*found, Piece(f"?{query.removeprefix('?')}", Role.QUIET)] if query else found


def _status_role(status: str) -> Role:
    if not status.isascii() or not status.isdigit():
        return Role.QUIET
    number = int(status[:6])
    if number >= _FAILED or number == 0:
        return Role.BAD
    return Role.GOOD if number < 300 else Role.QUIET


def _took(data: dict[str, Any]) -> str:
    """How long it took. Numbers are milliseconds, as the clients mean them."""
    for name in _MS:
        value = data.get(name)
        if isinstance(value, bool) or value in (None, ""):
            continue
        if isinstance(value, (int, float)) and 0 <= value < 1e9:
            return f"{value / 1000:.1f} s" if value >= 1000 else f"{value:.3g} ms"
        if isinstance(value, str):
            return one_line(value, 20)
    return ""


def _values(data: dict[str, Any]) -> Line:
    """`name: value, name: value` of the first values; of a single one the value alone."""
    shown = [(name, value) for name, value in list(data.items())[:_MOST_VALUES] if value not in (None, "")]
    if len(shown) == 1:
        return (Piece(_short(shown[0][1])),)
    pieces: list[Piece] = []
    for name, value in shown:
        before = ", " if pieces else ""
        pieces += (Piece(f"{before}{one_line(str(name), 60)}: ", Role.QUIET), Piece(_short(value)))
    return tuple(pieces)


def _word(data: dict[str, Any], *names: str) -> str:
    for name in names:
        value = data.get(name)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool) and value != "":
            return str(value)
    return ""


def _short(value: Any) -> str:
    if isinstance(value, str):
        return one_line(value, _LONGEST_VALUE * 3)
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{len(value)}]" if value else "[]"
    return one_line(str(value), _LONGEST_VALUE) if not isinstance(value, bool) else str(value).lower()
