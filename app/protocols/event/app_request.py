"""The web request that an app was serving, built from the parts that its client sends."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from app.model import Request
from app.protocols.event import http_request
from app.protocols.wire import lenient_json

_NOTHING = Request()
_EMPTY: tuple[Any, ...] = (None, "", {}, [])


def build(
    *,
    method: str | None = None,
    url: str | None = None,
    query: str | Mapping[str, Any] | None = None,
    headers: Mapping[str, Any] | None = None,
    user_agent: str | None = None,
    body: Any = None,
    cookies: Any = None,
    env: Mapping[str, Any] | None = None,
) -> Request | None:
    """The request; None where nothing is known of it.

    `query` is text or parameters; parameters that only repeat the query of `url` are left out. `user_agent`
    is for clients that send it apart from the headers.
    """
    lines = http_request.header_lines(headers or {})
    if user_agent and not any(name.lower() == "user-agent" for name in lines):
        lines["User-Agent"] = user_agent
    in_url = http_request.query_text(None, url)
    if isinstance(query, Mapping) and repeats(query, in_url):
        query = in_url
    request = Request(
        method=method or None,
        url=url or None,
        query=http_request.query_text(query, url),
        headers=lines,
        body=None if body in _EMPTY else body,
        cookies=None if cookies in _EMPTY else cookies,
        env=dict(env or {}),
    )
    return None if request == _NOTHING else request


def repeats(parameters: Mapping[str, Any], query: str | None) -> bool:
    """Whether `parameters` say nothing that is not in `query`; several values of one name are a list."""
    said = parse_qs(query or "", keep_blank_values=True)
    return all(
        lenient_json.as_text(value) in said.get(name, ())
        for name, values in parameters.items()
        for value in (values if isinstance(values, list) else [values])
    )


def take(parts: dict[str, Any], *names: str, kinds: tuple[type, ...] = (str,)) -> Any:
    """The first of `names` whose value is of one of these kinds, taken out of `parts`; None without one."""
    for name in names:
        if name in parts and isinstance(parts[name], kinds):
            return parts.pop(name)
    return None


def without_empty(parts: Mapping[str, Any]) -> dict[str, Any]:
    """`parts` that say something."""
    return {name: value for name, value in parts.items() if value not in _EMPTY}
