"""A notice of Airbrake's second API, XML, as the one of the third that says the same.

Hoptoad's and Airbrake's clients up to 2015, and what was made for Errbit, send it. The parameters of the
request become its body there, `cgi-data` its environment, and a class before the message, as Ruby's client
wrote it, goes.
Source: Airbrake's schema of versions 2.0 to 2.4, as their clients write it.
"""

import codecs
import re
from typing import Any
from urllib.parse import unquote_plus

from app.protocols.wire import forms, http_head, safe_xml
from app.protocols.wire.notes import Notes
from app.protocols.wire.safe_xml import Element

_KEY = re.compile(rb"<api-key>\s*([^<>\s]{1,200})\s*</api-key>")
_MOST_CAUSES = 20
_USER = {"username": "username", "name": "name", "email": "email", "id": "id"}


def key_in(body: bytes) -> str:
    """The key of the project, found without reading the notice; also in a form or an address that has one."""
    if not _begins_as_xml(body):
        body = unquote_plus(body.decode("latin-1")).encode("latin-1", "replace")
    found = _KEY.search(body)
    return found[1].decode("utf-8", "replace") if found else ""


def xml_of(head: bytes, body: bytes) -> bytes:
    """The XML in a report: its body, or the parameter `data` of a form or of the address."""
    if _begins_as_xml(body):
        return body
    given = forms.read(body, http_head.header(head, "content-type")).get("data")
    return "".join(given or [http_head.query(head).get("data", "")]).encode("utf-8", "replace") or body


def _begins_as_xml(body: bytes) -> bool:
    return body.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<")


def read(body: bytes, notes: Notes) -> dict[str, Any]:
    """The notice as JSON has it. What is wrong with the XML is noted, and what stands before that counts."""
    notice, problem = safe_xml.read(body)
    if problem is not None:
        notes.problem(f"The notice is not all XML: {problem}; what stands before it was read.")
    if notice is None or notice.name != "notice":
        notes.keep("payload", body.decode("utf-8", "replace"))
        if problem is None:
            notes.problem("The XML is no notice; it is kept in extra as payload.")
        return {}
    request = notice.child("request") or Element("request")
    errors = [error for each in notice.children if each.name == "error" for error in _with_causes(each)]
    said = {
        "errors": errors,
        "context": _context(notice, request),
        "params": {"request": _request(request)},
        "session": _variables(request.child("session")),
    }
    _keep_others(notice, notes)
    return {name: part for name, part in said.items() if part}


def _with_causes(error: Element) -> list[dict[str, Any]]:
    """An error and its causes, the raised one first."""
    found, within = list[dict[str, Any]](), error
    while len(found) < _MOST_CAUSES:
        found.append(_error(within))
        cause = within.child("cause")
        if cause is None:
            break
        within = cause.child("error") or cause
    return found


def _error(error: Element) -> dict[str, Any]:
    kind, message = error.said("class"), error.said("message")
    if kind and message and message.startswith(f"{kind}: "):
        message = message[len(kind) + 2 :]
    lines = (error.child("backtrace") or Element("backtrace")).children
    frames = [_frame(line.attributes) for line in lines if line.name == "line"]
    return {"type": kind, "message": message, "backtrace": frames}


def _frame(said: dict[str, str]) -> dict[str, Any]:
    return {
        "file": said.get("file"),
        "function": said.get("method"),
        "line": _number(said.get("number")),
        "column": _number(said.get("column")),
    }


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdecimal() and len(said) < 10 else None


def _context(notice: Element, request: Element) -> dict[str, Any]:
    user = notice.child("current-user") or notice.child("user") or Element("user")
    framework, _colon, version = (notice.said("framework") or "").partition(":")
    found = {
        "notifier": {part: notice.said("notifier", part) for part in ("name", "version")},
        "environment": notice.said("server-environment", "environment-name"),
        "version": notice.said("server-environment", "app-version"),
        "hostname": notice.said("server-environment", "hostname"),
        "rootDirectory": notice.said("server-environment", "project-root"),
        "url": request.said("url"),
        "component": request.said("component") or request.said("controller"),
        "action": request.said("action"),
        "user": {name: value for tag, name in _USER.items() if (value := user.said(tag))},
        "versions": {framework: version.strip()} if framework else None,
    }
    return {name: value for name, value in found.items() if value}


def _request(request: Element) -> dict[str, Any]:
    """The request's parts, as `event_context` takes them."""
    found = {
        "environ": _variables(request.child("cgi-data")),
        "data": _variables(request.child("params")),
    }
    return {name: part for name, part in found.items() if part}


def _variables(element: Element | None) -> dict[str, Any]:
    """``<var key="a">b</var>``, nested and not."""
    if element is None:
        return {}
    return {
        each.attributes.get("key", each.name): _variables(each) if each.children else each.text
        for each in element.children
    }


_KNOWN = frozenset(
    ("api-key", "notifier", "error", "request", "server-environment", "framework", "current-user", "user")
)


def _keep_others(notice: Element, notes: Notes) -> None:
    for each in notice.children:
        if each.name not in _KNOWN:
            notes.keep(each.name, _variables(each) if each.children else each.text.strip())
