"""Hides secrets in events: clients put environments, locals, headers and cookies on the wire unasked.

See docs/protocols.md, section 1, rule 14. A name gives a secret away (`password`, `api_key`, `Cookie`), or
the form of a text does (`://user:word@host`, `token=…`). Names stay, so that one sees what was there; the
report itself stays as it came, in the store and in the window's raw view.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from app.model import Breadcrumb, Event, ExceptionInfo, Frame, Request, Thread

FILTERED = "[Filtered]"
_LONGEST_KEY = 200
_DEEPEST = 64

_SECRET = re.compile(
    r"""
      passw(?:or)?d | passphrase | passwd | ^pwd$ | secret | credential
    | (?:api|access|private|secret|signing|encryption|auth|license|account|master|session)key
    | token$ | ^auth$ | authorization | ^cookies?$ | setcookie | csrf | xsrf
    | ^sid$ | sessionid | sessid$ | ^session$ | ^bearer$
    | creditcard | cardnumber | ^cvv$ | ^cvc$ | ^ssn$ | ^pin$
    """,
    re.VERBOSE,
)
_NO_LETTERS = re.compile(r"[^a-z0-9]+")
_IN_TEXT = re.compile(
    r"""
      (?P<url>://[^/\s:@'"]{0,200}:)[^/\s@'"]{1,500}(?=@)
    | (?P<named>\b[\w-]{0,40}(?:password|passwd|secret|token|api[_-]?key|authorization)
        \\?['"]?\s{0,3}[:=]\s{0,3})
      (?P<quote>\\?['"]?)(?:(?:Bearer|Basic|Token)\s+)?[^\s'",;&)}\]\\]{3,}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SIGNS = re.compile(r"://[^/\s]*@|passw|secret|token|api[_-]?key|authorization", re.IGNORECASE)
_SCHEME = re.compile(r"(?i)(?:basic|bearer|token|digest|apikey)\s+(?=\S)")
_COOKIE = re.compile(r"([^=;]+)=[^;]*")
# What hides nothing: an absent value, and words such as "Bearer".
_HARMLESS = (None, True, False, "", FILTERED)


def scrub(event: Event) -> Event:
    """`event` with every secret replaced by ``[Filtered]``, wherever a person would see it."""
    return replace(
        outline(event),
        exceptions=tuple(_exception(raised) for raised in event.exceptions),
        threads=tuple(_thread(thread) for thread in event.threads),
        breadcrumbs=tuple(_crumb(crumb) for crumb in event.breadcrumbs),
        request=_request(event.request) if event.request else None,
        contexts=_mapping(event.contexts),
        extra=_mapping(event.extra),
        user=_mapping(event.user),
    )


def outline(event: Event) -> Event:
    """The same for what an event is filed and searched by: its tags, and the address of its request."""
    for name in event.tags:
        if is_secret(name):
            event = replace(event, tags=_mapping(event.tags))
            break
    request = event.request
    if request is not None and request.url and ("=" in request.url or "@" in request.url):
        event = replace(event, request=replace(request, url=text(request.url)))
    return event


@lru_cache(maxsize=8192)
def is_secret(name: str) -> bool:
    """Whether what goes by this name is nobody's business."""
    return _SECRET.search(_NO_LETTERS.sub("", name[-_LONGEST_KEY:].lower())) is not None


def text(value: str) -> str:
    """`value` without the secrets that its form gives away."""
    return _IN_TEXT.sub(_hidden, value) if _SIGNS.search(value) else value


def head(lines: str) -> str:
    """The head of a request, as `Name: value` lines behind the request line, without its secrets."""
    first, *headers = lines.replace("\r\n", "\n").split("\n")
    return "\n".join([text(first), *map(_header_line, headers)])


def _header_line(line: str) -> str:
    name, colon, value = line.partition(":")
    return f"{name}: {_header(name.strip(), value.strip())}" if colon else text(line)


def _hidden(match: re.Match[str]) -> str:
    return f"{match['url'] or match['named'] + match['quote']}{FILTERED}"


def _exception(raised: ExceptionInfo) -> ExceptionInfo:
    return replace(raised, frames=tuple(_frame(frame) for frame in raised.frames))


def _thread(thread: Thread) -> Thread:
    return replace(thread, frames=tuple(_frame(frame) for frame in thread.frames))


def _frame(frame: Frame) -> Frame:
    return replace(frame, vars=_mapping(frame.vars)) if frame.vars else frame


def _crumb(crumb: Breadcrumb) -> Breadcrumb:
    return replace(crumb, data=_mapping(crumb.data), message=text(crumb.message) if crumb.message else None)


def _request(request: Request) -> Request:
    return replace(
        request,
        url=text(request.url) if request.url else None,
        query=text(request.query) if request.query else None,
        headers={name: _header(name, value) for name, value in request.headers.items()},
        cookies=_cookies(request.cookies),
        env=_mapping(request.env),
        body=_value(request.body),
    )


def _header(name: str, value: str) -> str:
    if not is_secret(name):
        return text(value)
    if "cookie" in name.lower():
        return _cookies_in(value)
    scheme = _SCHEME.match(value)
    return f"{scheme[0]}{FILTERED}" if scheme else FILTERED


def _cookies(value: Any) -> Any:
    if isinstance(value, dict):
        return dict.fromkeys(value, FILTERED)
    return _cookies_in(value) if isinstance(value, str) else _value(value)


def _cookies_in(line: str) -> str:
    return _COOKIE.sub(rf"\1={FILTERED}", line) if "=" in line else FILTERED


def _mapping(values: Mapping[str, Any], depth: int = _DEEPEST) -> dict[str, Any]:
    return {
        name: FILTERED if is_secret(name) and not _is_harmless(value) else _value(value, depth)
        for name, value in values.items()
    }


def _is_harmless(value: Any) -> bool:
    # A flag or a missing value tells nothing; an object has names of its own that decide.
    return isinstance(value, dict) or (not isinstance(value, list) and value in _HARMLESS)


def _value(value: Any, depth: int = _DEEPEST) -> Any:
    if isinstance(value, str):
        return text(value)
    if depth == 0:
        return value
    if isinstance(value, dict):
        return _mapping(value, depth - 1)
    if isinstance(value, list):
        return [_value(item, depth - 1) for item in value]
    return value
