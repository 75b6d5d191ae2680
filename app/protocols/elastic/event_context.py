"""The context of an error: the request or the page, the user, labels, and the service itself."""

from collections.abc import Mapping
from typing import Any

from app.model import Report, Request, Sdk
from app.protocols.elastic import rum, schema
from app.protocols.event import http_request
from app.protocols.wire import http_head, lenient_json
from app.protocols.wire.notes import Notes

# By the agent's name, and else by the language, in Sentry's words.
_PLATFORMS = {
    "python": "python",
    "nodejs": "node",
    "java": "java",
    "ruby": "ruby",
    "go": "go",
    "dotnet": "csharp",
    "php": "php",
    "ios/swift": "cocoa",
    "android/java": "java",
    **dict.fromkeys(rum.AGENTS, "javascript"),
}
_LANGUAGES = {"c#": "csharp", "kotlin": "java", "scala": "java", "swift": "cocoa"}


def platform(service: schema.Service) -> str | None:
    """The platform that the service runs on."""
    agent = ((service.agent and service.agent.name) or "").lower()
    language = ((service.language and service.language.name) or "").lower()
    return _PLATFORMS.get(agent) or _LANGUAGES.get(language, language) or None


def sdk(service: schema.Service) -> Sdk | None:
    """The agent."""
    agent = service.agent
    return Sdk(name=agent.name, version=agent.version) if agent is not None else None


def request(context: schema.ElasticContext, report: Report, notes: Notes) -> Request | None:
    """The request that the service was answering, or the page that the browser was on."""
    wire = context.request
    if wire is None:
        return _page(context.page, report) if context.page is not None else None
    if context.page is not None:
        notes.keep("context.page", _given(context.page))
    env = dict(wire.env or {})
    if wire.http_version:
        env.setdefault("HTTP_VERSION", wire.http_version)
    if wire.socket is not None:
        if wire.socket.remote_address:
            env.setdefault("REMOTE_ADDR", wire.socket.remote_address)
        if wire.socket.encrypted is not None:
            notes.keep("context.request.socket.encrypted", wire.socket.encrypted)
    url, query = _address(wire.url)
    return Request(
        method=wire.method,
        url=url,
        query=query,
        headers=http_request.header_lines(wire.headers or {}),
        body=wire.body,
        cookies=wire.cookies,
        env=env,
    )


def _page(page: schema.Page, report: Report) -> Request:
    """The page; its browser is the one that sent the report."""
    agent = http_head.header(report.head, "user-agent")
    headers = {"User-Agent": agent, "Referer": page.referer}
    return Request(url=page.url, headers={name: text for name, text in headers.items() if text})


def _address(url: schema.Url | str | None) -> tuple[str | None, str | None]:
    if url is None or isinstance(url, str):
        return url, http_request.query_text(None, url)
    query = http_request.query_text(url.search, url.full or url.raw)
    if url.full or not url.hostname:
        return url.full or url.raw or url.pathname, query
    port = f":{url.port}" if url.port else ""
    fragment = f"#{url.hash.removeprefix('#')}" if url.hash else ""
    search = f"?{query}" if query else ""
    scheme = (url.protocol or "http").rstrip(":/")
    return f"{scheme}://{url.hostname}{port}{url.pathname or '/'}{search}{fragment}", query


def user(*given: schema.Mapping | None) -> dict[str, Any]:
    """The user: the first of `given` that has a value."""
    return next(filter(None, map(_said, given)), {})


def tags(*given: schema.Mapping | None) -> dict[str, str]:
    """The labels, as text; the last to name one counts."""
    return {
        name: lenient_json.as_text(value)
        for labels in given
        for name, value in (labels or {}).items()
        if value is not None
    }


def service_tag(report: Report, name: str | None) -> dict[str, Any]:
    """The service's name as a tag, where the address names the project, and not the service."""
    return {"service.name": name} if name and report.project not in ("", name) else {}


def server_name(system: schema.System) -> str | None:
    """The machine's name; the one that a person gave it goes first."""
    return system.configured_hostname or system.detected_hostname or system.hostname or None


def contexts(
    wire: schema.ElasticError, context: schema.ElasticContext, metadata: schema.Metadata
) -> dict[str, Any]:
    """The trace, the runtime, the machine, and what else describes the service."""
    service = metadata.service or schema.Service()
    system = _given(metadata.system)
    transaction = wire.transaction or schema.ElasticTransaction()
    agent = {name: value for name, value in _given(service.agent).items() if name not in {"name", "version"}}
    found = {
        "trace": {
            "trace_id": wire.trace_id,
            "span_id": wire.parent_id,
            "transaction_id": wire.transaction_id,
            "op": transaction.type,
            "sampled": transaction.sampled,
        },
        "response": context.response,
        "message": context.message,
        "runtime": _given(service.runtime),
        "framework": _given(service.framework),
        "language": _given(service.language),
        "node": service.node,
        "agent": agent,
        "os": {"name": system.pop("platform", None)},
        "system": system,
        "process": metadata.process,
        "cloud": metadata.cloud,
        "network": metadata.network,
    }
    said = {name: _said(value) for name, value in found.items()}
    return {name: value for name, value in said.items() if value}


def _given(wire: Any) -> dict[str, Any]:
    """The fields of a wire's struct that have a value."""
    if wire is None:
        return {}
    return _said({name: getattr(wire, name) for name in wire.__struct_fields__})


def _said(value: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: part for name, part in (value or {}).items() if part is not None}
