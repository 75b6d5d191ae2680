"""Hides secrets in events: clients put environments, locals, headers and cookies on the wire unasked.

See docs/protocols.md, section 1, rule 14. A secret is recognized by its name (`password`, `api_key`,
`Cookie`) or by the form of a text (`app.secrets_in_text`). Names stay, so that one sees what was there; the
report itself stays unchanged in the store.

The text that an event is listed and grouped by is cleaned before that: two events that differ only in a
password are one issue.
"""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from app.model import Breadcrumb, Event, ExceptionInfo, Frame, Request, Thread
from app.secret_names import cookies_in, header, is_harmless
from app.secret_names import head as head
from app.secret_names import is_secret as is_secret
from app.secrets_in_text import FILTERED as FILTERED
from app.secrets_in_text import has_signs, hide, hide_in_code

_DEEPEST = 64


def scrub(event: Event) -> Event:
    """`event` with every secret replaced by ``[Filtered]``, wherever a person would see it."""
    event = outline(event)
    return replace(
        event,
        exceptions=tuple(_exception(raised) for raised in event.exceptions),
        threads=tuple(_thread(thread) for thread in event.threads),
        breadcrumbs=tuple(_crumb(crumb) for crumb in event.breadcrumbs),
        request=_request(event.request) if event.request else None,
        contexts=_mapping(event.contexts),
        extra=_mapping(event.extra),
        user=_mapping(event.user),
        problems=tuple(hide(problem) for problem in event.problems),
    )


def value(found: Any) -> Any:
    """A value of JSON without its secrets, by the names and the forms of what is in it."""
    return _value(found)


def outline(event: Event) -> Event:
    """The same for what an event is filed, grouped and searched by: its text, tags and URL."""
    for name in event.tags:
        if is_secret(name):
            event = replace(event, tags=_mapping(event.tags))
            break
    if has_signs(_filed_text(event)):
        event = _without_secrets_in_text(event)
    return event


def _filed_text(event: Event) -> str:
    """All that is filed as one text: a single search is faster than many."""
    parts = [event.title, event.message, event.culprit, event.transaction, event.logger, event.release]
    parts += (event.environment, event.server_name, *event.tags.values())
    for raised in event.exceptions:
        parts += (raised.value, raised.type)
    if event.request is not None:
        parts.append(event.request.url)
    return "\n".join([part for part in parts if part])


def _without_secrets_in_text(event: Event) -> Event:
    request = event.request
    if request is not None and request.url:
        request = replace(request, url=hide(request.url))
    return replace(
        event,
        title=hide(event.title),
        message=_hidden(event.message),
        culprit=_hidden(event.culprit),
        transaction=_hidden(event.transaction),
        logger=_hidden(event.logger),
        release=_hidden(event.release),
        environment=_hidden(event.environment),
        server_name=_hidden(event.server_name),
        exceptions=tuple(
            replace(raised, type=_hidden(raised.type), value=_hidden(raised.value))
            for raised in event.exceptions
        ),
        tags={name: hide(value) for name, value in event.tags.items()},
        request=request,
    )


def _hidden(text: str | None) -> str | None:
    return hide(text) if text else text


def values(given: Mapping[str, Any]) -> dict[str, Any]:
    """Values by name, without those whose name or form says that they are secret."""
    return _mapping(given)


def _exception(raised: ExceptionInfo) -> ExceptionInfo:
    mechanism = None if raised.mechanism is None else _mapping(raised.mechanism)
    return replace(raised, frames=tuple(_frame(frame) for frame in raised.frames), mechanism=mechanism)


def _thread(thread: Thread) -> Thread:
    return replace(thread, frames=tuple(_frame(frame) for frame in thread.frames))


def _frame(frame: Frame) -> Frame:
    context = tuple((line, hide_in_code(source)) for line, source in frame.context)
    return replace(frame, vars=_mapping(frame.vars) if frame.vars else frame.vars, context=context)


def _crumb(crumb: Breadcrumb) -> Breadcrumb:
    return replace(crumb, data=_mapping(crumb.data), message=hide(crumb.message) if crumb.message else None)


def _request(request: Request) -> Request:
    return replace(
        request,
        url=hide(request.url) if request.url else None,
        query=hide(request.query) if request.query else None,
        headers={name: header(name, value) for name, value in request.headers.items()},
        cookies=_cookies(request.cookies),
        env=_mapping(request.env),
        body=_value(request.body),
    )


def _cookies(value: Any) -> Any:
    if isinstance(value, dict):
        return dict.fromkeys(value, FILTERED)
    return cookies_in(value) if isinstance(value, str) else _value(value)


def _mapping(values: Mapping[str, Any], depth: int = _DEEPEST) -> dict[str, Any]:
    return {
        name: FILTERED if is_secret(name) and not is_harmless(value) else _value(value, depth)
        for name, value in values.items()
    }


def _value(value: Any, depth: int = _DEEPEST) -> Any:
    if isinstance(value, str):
        return hide(value)
    if depth == 0:
        return value
    if isinstance(value, dict):
        return _mapping(value, depth - 1)
    if isinstance(value, list):
        return [_value(item, depth - 1) for item in value]
    return value
