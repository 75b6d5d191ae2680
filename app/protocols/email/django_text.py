"""Reads what Django mails to the admins when a request fails, and to the managers when a link is broken.

See `AdminEmailHandler` in django/utils/log.py and django/views/templates/technical_500.txt: the log message,
what was raised, the versions, the traceback, the request, the settings. Its tracebacks are Python's but for
the links between causes, which name the cause's words and not its class.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from app.model import ExceptionInfo, Frame, Request
from app.protocols import stacktrace
from app.protocols.email import django_page
from app.protocols.event import event_builder, percent_format
from app.protocols.wire import lenient_json
from app.protocols.wire.notes import Notes

# What follows upon the log message: the class, the words, and then one of these.
_HEADING = re.compile(r"\n\n(?P<type>[^\s]+)(?: at (?P<path>[^\n]*))?\n(?P<value>.*)", re.DOTALL)
_AFTER_HEADING = ("\n\nRequest Method: ", "\n\nDjango Version: ")
_TRACEBACK = "\nTraceback (most recent call last):\n"
_RAISED = re.compile(
    r"\nException Type: (?P<type>[^\n]*?)(?: at (?P<path>[^\n]*))?\n(?:Exception Value: (?P<value>.*?)\n)?"
    r"\n*(?:Raised during: |Request information:\n|Request data not supplied)",
    re.DOTALL,
)
_LINK = re.compile(
    r"^(?:The above exception \((?P<direct>.{0,1000}?)\) was the direct cause of the following exception"
    r"|During handling of the above exception \((?P<during>.{0,1000}?)\), another exception occurred):\n",
    re.DOTALL | re.MULTILINE,
)
_NAMED = re.compile(
    r"^(Request Method|Request URL|Django Version|Python Executable|Python Version|Python Path|Server time"
    r"|Raised during|USER): (.*)$",
    re.MULTILINE,
)
_SECTION = re.compile(r"(GET|POST|FILES|COOKIES|META|Settings):(?: No .*)?")
_ITEM = re.compile(r"([^\s=][^=\n]*?) = ?(.*)")
_BROKEN_LINK = re.compile(r"Referrer: (.*)\nRequested URL: (.*)\nUser agent: (.*)\nIP address: (.*)")
_NO_USER = ("", "[unable to retrieve the current user]", "AnonymousUser", "[no user]")
_OLD_META = re.compile(r"""'([\w.]{1,100})': u?(?:'([^'\n]*)'|"([^"\n]*)")""")
_LONGEST = 1_000_000
_LONGEST_HEADING = 8000


class DjangoMail(Struct):
    """What such a mail says. `message` is that of the log record; `settings` are Django's."""

    message: str
    exceptions: tuple[ExceptionInfo, ...] = ()
    request: Request | None = None
    user: dict[str, Any] = field(default_factory=dict)
    transaction: str | None = None
    server_name: str | None = None
    version: str | None = None
    python: str | None = None
    more: dict[str, Any] = field(default_factory=dict)
    is_crash: bool = False


def of(text: str, page: str, notes: Notes) -> DjangoMail | None:
    """What a mail with this text and page says; None where Django did not write it."""
    text = text[:_LONGEST]
    heading = _heading(text)
    if heading is None:
        return None
    message, value = heading
    named: dict[str, str] = dict(reversed(_NAMED.findall(text)))
    sections = _sections(text)
    meta = sections.pop("META", {})
    is_crash = message.startswith("Internal Server Error: ")
    settings = sections.pop("Settings", {})
    user = {"username": named["USER"]} if named.get("USER", "") not in _NO_USER else {}
    address = meta.get("REMOTE_ADDR")
    names = ("Python Executable", "Python Path", "Server time")
    more: dict[str, Any] = {name: named[name] for name in names if name in named}
    if settings:
        more["settings"] = settings
    if sections.get("FILES"):
        more["files"] = sections["FILES"]
    return DjangoMail(
        message=message or value,
        exceptions=_exceptions(text, page, is_crash, notes),
        request=_request(named, sections, meta),
        user={**user, **({"ip_address": address} if address else {})},
        transaction=named.get("Raised during"),
        server_name=meta.get("SERVER_NAME"),
        version=named.get("Django Version"),
        python=named.get("Python Version"),
        more=more,
        is_crash=is_crash,
    )


def _heading(text: str) -> tuple[str, str] | None:
    """The message of the log record, and the words of what was raised."""
    ends = [at for mark in _AFTER_HEADING if (at := text.find(mark)) >= 0]
    if not ends:
        return None
    end = min(ends)
    start = max(0, end - _LONGEST_HEADING)
    # The record may be empty, the words of the exception may have several lines.
    match = _HEADING.search(f"\n\n{text[start:end]}" if start == 0 else text[start:end])
    if match is None:
        return None
    offset = start - 2 if start == 0 else start
    return text[: max(0, match.start() + offset)].strip(), match["value"].strip()


def broken_link(text: str) -> Request | None:
    """The request of a mail about a broken link; None where it is no such mail."""
    match = _BROKEN_LINK.match(text)
    if match is None:
        return None
    referrer, url, agent, address = (part.strip() for part in match.groups())
    headers = {"Referer": referrer, "User-Agent": agent if agent != "<none>" else ""}
    return Request(
        method="GET",
        url=url,
        headers={name: value for name, value in headers.items() if value},
        env={"REMOTE_ADDR": address} if address != "<none>" else {},
    )


def old_request(text: str) -> tuple[str, Request | None]:
    """The text before the request that Django wrote behind the traceback until 1.3, and that request."""
    before, mark, rest = text[:_LONGEST].partition("\n<WSGIRequest\n")
    if not mark:
        return text, None
    meta = {name: words or more for name, words, more in _OLD_META.findall(rest.partition("META:{")[2])}
    path, host = meta.get("PATH_INFO"), meta.get("HTTP_HOST")
    named = {"Request URL": f"{meta.get('wsgi.url_scheme', 'http')}://{host}{path}"} if host and path else {}
    return before, _request(named, {"COOKIES": {}, "POST": {"as it was": f"<WSGIRequest\n{rest}"}}, meta)


def _exceptions(text: str, page: str, is_crash: bool, notes: Notes) -> tuple[ExceptionInfo, ...]:
    at = text.find(_TRACEBACK)
    end = text.find("\nException Type: ", max(0, at))
    raised = _RAISED.match(text, end) if 0 <= at < end else None
    if raised is None:
        return ()
    chain: list[ExceptionInfo] = []
    start = at + len(_TRACEBACK)
    for link in _LINK.finditer(text, start, raised.start()):
        words = link["direct"] if link["direct"] is not None else link["during"]
        chain.append(ExceptionInfo(value=words or None, frames=_frames(text[start : link.start()], notes)))
        start = link.end()
    module, _dot, name = raised["type"].rpartition(".")
    last = ExceptionInfo(
        type=name or None,
        value=(raised["value"] or "").strip() or None,
        module=module or None,
        mechanism=event_builder.mechanism("django", handled=not is_crash),
        frames=_frames(text[start : raised.start()], notes),
    )
    return _with_page((*chain, last), django_page.frames(page))


def _frames(text: str, notes: Notes) -> tuple[Frame, ...]:
    return stacktrace.read(f"{_TRACEBACK.strip()}\n{text}", "python", notes, "traceback").frames


def _with_page(
    exceptions: tuple[ExceptionInfo, ...], shown: Sequence[django_page.PageFrame]
) -> tuple[ExceptionInfo, ...]:
    """With the locals of the page, where its frames are those of the text."""
    if sum(len(raised.frames) for raised in exceptions) != len(shown):
        return exceptions
    rest = iter(shown)
    return tuple(
        replace(raised, frames=tuple(_with_locals(frame, next(rest)) for frame in raised.frames))
        for raised in exceptions
    )


def _with_locals(frame: Frame, shown: django_page.PageFrame) -> Frame:
    if (frame.line, frame.function) != (shown.line, shown.function):
        return frame
    source = tuple((line, text.partition("\n")[0]) for line, text in shown.context)
    return replace(frame, vars=dict(shown.vars), context=source or frame.context)


def _sections(text: str) -> dict[str, dict[str, str]]:
    """``GET:``, ``META:`` and so on, each with its values as they were before their `repr`."""
    found: dict[str, dict[str, str]] = {}
    current: dict[str, str] | None = None
    last = ""
    _before, _mark, rest = text.partition("\nRequest information:\n")
    for line in (rest or text[text.rfind("\nSettings:\n") :]).split("\n"):
        section = _SECTION.fullmatch(line)
        item = _ITEM.fullmatch(line) if current is not None else None
        if section is not None:
            current = found.setdefault(section[1], {})
        elif current is not None and item is not None:
            last = item[1]
            current[last] = item[2]
        elif current is not None and line and last in current:
            current[last] += f"\n{line}"
    return {name: {key: _unquoted(value) for key, value in values.items()} for name, values in found.items()}


def _unquoted(value: str) -> str:
    said = percent_format.literal(value) if value[:1] in "'\"" else None
    return lenient_json.clean_text(said) if isinstance(said, str) else value


def _request(
    named: Mapping[str, str], sections: Mapping[str, Mapping[str, str]], meta: Mapping[str, str]
) -> Request | None:
    if not meta and "Request URL" not in named:
        return None
    headers = {
        "-".join(word.capitalize() for word in name.removeprefix("HTTP_").split("_")): value
        for name, value in meta.items()
        if name.startswith("HTTP_") or (name in ("CONTENT_TYPE", "CONTENT_LENGTH") and value)
    }
    return Request(
        method=named.get("Request Method") or meta.get("REQUEST_METHOD"),
        url=named.get("Request URL"),
        query=meta.get("QUERY_STRING") or None,
        headers=headers,
        body=dict(sections.get("POST", {})) or None,
        cookies=dict(sections.get("COOKIES", {})) or None,
        env={name: value for name, value in meta.items() if not name.startswith(("HTTP_", "CONTENT_"))},
    )
