"""Reads a resource: the app that sent a record, its release, the machine, and the client."""

import re
from typing import Any

from msgspec import Struct

from app.model import Report, Sdk
from app.protocols.otlp import schema, values
from app.protocols.otlp.conventions import platform, text_of
from app.protocols.wire import fitting, http_head
from app.protocols.wire.notes import Notes

# ``OTel-OTLP-Exporter-JavaScript/0.223.1``
_EXPORTER = re.compile(r"(?P<name>OTel[\w .-]*?[ -](?P<language>\w+))/(?P<version>\S+)")
# No browser lets a page change its User-Agent, so it is Node that says so.
_LANGUAGES = {"javascript": "nodejs", "net": "dotnet"}
_UNKNOWN = "unknown_service"


class Source(Struct, frozen=True):
    """The app that a record comes from. `contexts` has what has no field of its own.

    `tags` has the service's name where the address names another project.
    """

    project: str | None
    release: str | None
    environment: str | None
    server_name: str | None
    platform: str | None
    sdk: Sdk | None
    contexts: dict[str, Any]
    tags: dict[str, str]


def project(wire: dict[str, Any]) -> str | None:
    """The name of the service; None for an unnamed one, which is called ``unknown_service:python``."""
    name = values.attributes(_fitted(wire, Notes()).attributes, Notes()).get("service.name")
    return name if isinstance(name, str) and name and not name.startswith(_UNKNOWN) else None


def source(wire: dict[str, Any], report: Report, notes: Notes) -> Source:
    """The source that the resource names; the SDK may be known from the client's User-Agent only."""
    resource = _fitted(wire, notes)
    given = values.attributes(resource.attributes, notes)
    if resource.dropped_attributes_count:
        notes.keep("resource.droppedAttributesCount", resource.dropped_attributes_count)
    if resource.entity_refs:
        notes.keep("resource.entityRefs", resource.entity_refs)
    exporter = _EXPORTER.match(http_head.header(report.head, "user-agent"))
    language = text_of(given, "telemetry.sdk.language")
    if language is None and exporter is not None:
        name_in_agent = exporter["language"].lower()
        language = _LANGUAGES.get(name_in_agent, name_in_agent)
    name, version = text_of(given, "telemetry.sdk.name"), text_of(given, "telemetry.sdk.version")
    if name is None and exporter is not None:
        name, version = exporter["name"], exporter["version"]
    service = _named(text_of(given, "service.name"), given)
    return Source(
        project=service,
        release=text_of(given, "service.version"),
        environment=text_of(given, "deployment.environment.name", "deployment.environment"),
        server_name=text_of(given, "host.name"),
        platform=platform(language),
        sdk=Sdk(name=name, version=version) if name else None,
        contexts=_contexts(given),
        tags={"service.name": service} if service and report.project not in ("", service) else {},
    )


def _named(name: str | None, given: dict[str, Any]) -> str | None:
    if name and name.startswith(_UNKNOWN):
        given["service.name"] = name
        return None
    return name


def _fitted(wire: dict[str, Any], notes: Notes) -> schema.Resource:
    return fitting.fit(wire, schema.Resource, "resource.", notes)


def _contexts(given: dict[str, Any]) -> dict[str, Any]:
    runtime = {
        "name": text_of(given, "process.runtime.name"),
        "version": text_of(given, "process.runtime.version"),
        "description": text_of(given, "process.runtime.description"),
    }
    system = {
        "name": text_of(given, "os.name", "os.type"),
        "version": text_of(given, "os.version"),
        "description": text_of(given, "os.description"),
    }
    found = {"runtime": runtime, "os": system, "resource": given}
    said = {
        name: {key: value for key, value in part.items() if value is not None} for name, part in found.items()
    }
    return {name: part for name, part in said.items() if part}
