"""A pytest that fails as long as the bug is there: from the event's request, or from the locals of its crash.

Outside text stands in string literals only. A name is written as code only if it is a plain identifier, and
nothing of the standard library is ever called: an event can name any function, with any arguments.
"""

import ast
import keyword
import math
import re
import sys
from typing import Any

from app.model import Event, Frame
from app.protocols.event.failing_frame import choice
from app.sharing import words
from app.sharing.http_case import HttpCase
from app.sharing.literals import python as literal

_LONGEST_VALUE = 4_000
_MOST_LOCALS = 100
_DEEPEST = 20
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,79}")
_NOT_IN_NAME = re.compile(r"[^a-z0-9]+")
# Code that runs commands is no part of an app, whatever an event says.
_NEVER = frozenset(sys.stdlib_module_names) | {"pip", "setuptools", "pkg_resources", "sh", "invoke", "fabric"}


def of_request(event: Event, case: HttpCase, framework: str) -> str:
    """A test that sends the request; `framework` is flask, django, fastapi or nothing known."""
    maker = {"flask": _flask, "django": _django, "fastapi": _fastapi}.get(framework, _by_http)
    return maker(event, case)


def of_locals(event: Event) -> str | None:
    """A test that calls the function that failed with its locals; None where it cannot be called by name."""
    raised = words.raised_first(event)
    frame = choice.frame_of(raised[0].exception.frames, event.platform) if raised else None
    if frame is None or not frame.in_app:
        return None
    module, function = _module(frame), frame.function or ""
    if module is None or not _is_name(function):
        return None
    known, unknown = _split(frame.vars)
    lines = [
        *_docstring("Calls the function with the locals that it failed with."),
        "import inspect",
        "",
        f"from {module} import {function}",
        "",
        "# As they were when it failed: an argument may have been changed before that.",
        "LOCALS = {",
        *(f"    {literal(name)}: {value}," for name, value in known),
        "}",
        "# The report has these as text only. Build those that are arguments, and move them into LOCALS.",
        "TO_BUILD = {",
        *(f"    {literal(name)}: {literal(text)}," for name, text in unknown),
        "}",
        "",
        "",
        *_definition(event),
        f'    assert "-packages" not in inspect.getfile({function}), "This is a library\'s, not the app\'s."',
        f"    names = inspect.signature({function}).parameters",
        "    missing = {name: text for name, text in TO_BUILD.items() if name in names}",
        '    assert not missing, f"Build these arguments first: {missing}"',
        f"    {function}(**{{name: value for name, value in LOCALS.items() if name in names}})",
    ]
    return "\n".join(lines) + "\n"


def _docstring(what: str) -> list[str]:
    return [
        '"""Fails as long as the bug is there. Read it before you run it: its values came with the report.',
        "",
        what,
        '"""',
        "",
    ]


def _definition(event: Event) -> list[str]:
    """The test's first line, and what was reported as its docstring."""
    return [f"def test_{_slug(event)}():", f"    {literal(words.value_line(words.title(event), 200))}"]


def _flask(event: Event, case: HttpCase) -> str:
    lines = [
        *_docstring("Sends the request to the Flask app, which lets the exception through."),
        f"from {_app_module(event)} import app  # where the app is: correct it if it is elsewhere",
        "",
        "",
        *_definition(event),
        "    app.config.update(TESTING=True)",
        "    response = app.test_client().open(",
        f"        {literal(case.target)},",
        f"        method={literal(case.method)},",
        *_headers(case, 8),
        *([f"        data={literal(case.body)}.encode(),"] if case.body else []),
        *([f"        content_type={literal(case.content_type)},"] if case.content_type else []),
        "    )",
        "    assert response.status_code < 500",
    ]
    return "\n".join(lines) + "\n"


def _django(event: Event, case: HttpCase) -> str:
    content_type = case.content_type or "application/octet-stream"
    lines = [
        *_docstring("Sends the request to the Django project, which lets the exception through."),
        "import django",
        "import pytest",
        "from django.test import Client",
        "",
        "django.setup()  # DJANGO_SETTINGS_MODULE names the project's settings",
        "",
        "",
        "@pytest.mark.django_db",
        *_definition(event),
        "    response = Client(raise_request_exception=True).generic(",
        f"        {literal(case.method)},",
        f"        {literal(case.target)},",
        f"        {literal(case.body)}.encode(),",
        f"        {literal(content_type)},",
        *_headers(case, 8),
        "    )",
        "    assert response.status_code < 500",
    ]
    return "\n".join(lines) + "\n"


def _fastapi(event: Event, case: HttpCase) -> str:
    headers = {**case.headers, **({"content-type": case.content_type} if case.content_type else {})}
    lines = [
        *_docstring("Sends the request to the app, which lets the exception through."),
        "from fastapi.testclient import TestClient",
        "",
        f"from {_app_module(event)} import app  # where the app is: correct it if it is elsewhere",
        "",
        "",
        *_definition(event),
        "    response = TestClient(app).request(",
        f"        {literal(case.method)},",
        f"        {literal(case.target)},",
        *_mapping("headers", headers, 8),
        *([f"        content={literal(case.body)}.encode(),"] if case.body else []),
        "    )",
        "    assert response.status_code < 500",
    ]
    return "\n".join(lines) + "\n"


def _by_http(event: Event, case: HttpCase) -> str:
    headers = {**case.headers, **({"content-type": case.content_type} if case.content_type else {})}
    data = f"{literal(case.body)}.encode()" if case.body else "None"
    lines = [
        *_docstring("Sends the request to the app that runs at BASE: an answer of 500 or more fails."),
        "import urllib.request",
        "",
        f"BASE = {literal(case.base)}",
        "",
        "",
        *_definition(event),
        "    request = urllib.request.Request(",
        f"        BASE + {literal(case.target)},",
        f"        method={literal(case.method)},",
        f"        data={data},",
        *_mapping("headers", headers, 8),
        "    )",
        "    with urllib.request.urlopen(request, timeout=30) as response:",
        "        assert response.status < 500",
    ]
    return "\n".join(lines) + "\n"


def _headers(case: HttpCase, indent: int) -> list[str]:
    return _mapping("headers", case.headers, indent)


def _mapping(name: str, values: dict[str, str], indent: int) -> list[str]:
    pad = " " * indent
    if not values:
        return []
    return [
        f"{pad}{name}={{",
        *(f"{pad}    {literal(key)}: {literal(value)}," for key, value in values.items()),
        f"{pad}}},",
    ]


def _slug(event: Event) -> str:
    raised = event.exceptions[-1].type if event.exceptions else None
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", (raised or event.title)[:60]).lower()
    return _NOT_IN_NAME.sub("_", spaced).strip("_")[:60] or "the_error"


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None and not keyword.iskeyword(text) and not text.startswith("__")


def _module(frame: Frame) -> str | None:
    """The module to import from, by the frame's own word for it, or by its file."""
    name = frame.module or (frame.filename or "").removesuffix(".py").replace("/", ".").strip(".")
    parts = name.split(".")
    if not all(_NAME.fullmatch(part) and not keyword.iskeyword(part) for part in parts):
        return None
    return None if parts[0] in _NEVER or parts[0].startswith("__") else name


def _app_module(event: Event) -> str:
    frames = [frame for raised in event.exceptions for frame in raised.frames if frame.in_app]
    return next(filter(None, map(_module, frames)), None) or "app"


def _split(values: dict[str, Any]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    known, unknown = [], []
    for name, value in list(values.items())[:_MOST_LOCALS]:
        if not _is_name(name):
            continue
        written = _as_literal(value)
        if written is None:
            unknown.append((name, words.value_line(value, 300)))
        else:
            known.append((name, written))
    return known, unknown


def _as_literal(value: Any) -> str | None:
    """Python's own spelling of what a client sent, often by its `repr`; None where it is no value."""
    if isinstance(value, str):
        if len(value) > _LONGEST_VALUE:
            return None
        try:
            value = ast.literal_eval(value.strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
            return None
    return _written(value, _DEEPEST)


def _written(value: Any, depth: int) -> str | None:
    if value is None or isinstance(value, (bool, int, bytes)):
        try:
            return repr(value)
        except ValueError:  # an integer of more digits than Python is willing to write
            return None
    if isinstance(value, str):
        return literal(value)
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else f"float({str(value)!r})"
    if depth == 0 or not isinstance(value, (list, tuple, dict, set)):
        return None
    if isinstance(value, dict):
        pairs = [(_written(key, depth - 1), _written(each, depth - 1)) for key, each in value.items()]
        if any(key is None or each is None for key, each in pairs):
            return None
        return "{" + ", ".join(f"{key}: {each}" for key, each in pairs) + "}"
    items = [_written(each, depth - 1) for each in value]
    if any(item is None for item in items):
        return None
    inside = ", ".join(item for item in items if item is not None)
    if isinstance(value, tuple):
        return f"({inside},)" if len(items) == 1 else f"({inside})"
    if isinstance(value, set):
        return "{" + inside + "}" if items else "set()"
    return f"[{inside}]"


def of_nothing(event: Event) -> str:
    """A test that says what to call, where the event names nothing that can be called."""
    raised = words.raised_first(event)
    frame = choice.frame_of(raised[0].exception.frames, event.platform) if raised else None
    place = f"{words.function(frame)} in {words.where(frame)}" if frame is not None else words.title(event)
    lines = [
        *_docstring("Says what failed: call that here."),
        "",
        *_definition(event),
        f"    raise AssertionError({literal(f'Call what failed: {place}')})",
    ]
    return "\n".join(lines) + "\n"
